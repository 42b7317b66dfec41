import { getPrimaryFieldOfPrimaryKey, getSchemaByObjectPath } from 'rxdb';
import { orderKey } from './order-key.ts';
import type { PlainDocument, StoredDocument, StoredSchema } from './stored-document.ts';

export type ColumnValue = string | number | null;

export type TableLayout = {
  primaryPath: string;
  /** SQL column of a document path, or undefined when the path has no column of its own. */
  columnOf(path: string): string | undefined;
  /** Own columns (besides r, id, rev, del, lwt, data), in order. */
  columns: string[];
  /** Column lists of the indexes. */
  indexes: string[][];
  /** The values of `columns` for one document. */
  valuesOf(document: PlainDocument): ColumnValue[];
};

const builtIn = new Set(['_deleted', '_meta.lwt']);

/** Which columns and indexes a collection's table has: one real column per field that an index of the schema names. */
export function layoutOf(schema: StoredSchema): TableLayout {
  const primaryPath = getPrimaryFieldOfPrimaryKey<StoredDocument>(schema.primaryKey);
  const indexes = (schema.indexes ?? []).map((index) => (typeof index === 'string' ? [index] : [...index]));
  const paths = [...new Set(indexes.flat())].filter((path) => !builtIn.has(path) && path !== primaryPath);
  const columnByPath = new Map<string, string>([
    ['_deleted', 'del'],
    ['_meta.lwt', 'lwt'],
    [primaryPath, 'id'],
    ...paths.map((path, position): [string, string] => [path, `c${position}`]),
  ]);
  const columnOf = (path: string): string | undefined => columnByPath.get(path);
  const steps = paths.map((path) => path.split('.'));
  return {
    primaryPath,
    columnOf,
    columns: paths.map((path) => columnOf(path) ?? ''),
    indexes: withoutDoubles(indexes.map((index) => indexColumns(index, schema, primaryPath, columnOf))),
    valuesOf: (document) => steps.map((path) => columnValue(document, path)),
  };
}

/**
 * An index ends with the id, so that equal keys come sorted. Where the last field is nearly unique (instants, names: long
 * strings) the id is left out: it would triple the index pages that a commit dirties, and SQLite sorts the few ties.
 */
function indexColumns(
  index: string[],
  schema: StoredSchema,
  primaryPath: string,
  columnOf: (path: string) => string | undefined,
): string[] {
  const last = index.at(-2);
  const field = last === undefined || builtIn.has(last) ? undefined : getSchemaByObjectPath(schema, last);
  const isNearlyUnique = field?.type === 'string' && !field.enum && (field.maxLength ?? 0) >= 20;
  const paths = index.length > 2 && index.at(-1) === primaryPath && isNearlyUnique ? index.slice(0, -1) : index;
  return paths.map((path) => columnOf(path) ?? '');
}

function withoutDoubles(indexes: string[][]): string[][] {
  const byText = new Map(indexes.map((columns) => [columns.join(), columns]));
  byText.delete('id'); // the unique constraint is that index
  return [...byText.values()];
}

function columnValue(document: PlainDocument, path: string[]): ColumnValue {
  let value: unknown = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as PlainDocument)[key];
  }
  if (typeof value === 'string') return orderKey(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  // JSON has no NaN or Infinity either.
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
