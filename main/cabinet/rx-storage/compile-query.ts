import type { FilledMangoQuery } from 'rxdb';
import { compileSelector } from './compile-selector.ts';
import type { PlainDocument } from './stored-document.ts';
import type { SchemaTable } from './schema-table.ts';
import type { ColumnValue } from './table-layout.ts';

export type CompiledQuery = {
  sql: string;
  args: ColumnValue[];
  /** The WHERE is the whole selector. */
  exact: boolean;
  /** Rows come in the query's order. */
  sorted: boolean;
  /** `limit` and `skip` are in the SQL: only when exact and sorted. */
  limited: boolean;
};

/** The SELECT for one prepared Mango query. */
export function compileQuery(query: FilledMangoQuery<PlainDocument>, table: SchemaTable): CompiledQuery {
  const where = compileSelector(query.selector, table.schema, table.layout);
  const order = orderBy(query, table);
  const limited = where.exact && order !== undefined;
  const sql = [
    `select data from ${table.name}`,
    where.sql && `where ${where.sql}`,
    order && `order by ${order}`,
    limited && 'limit ? offset ?',
  ];
  return {
    sql: sql.filter((part) => part).join(' '),
    args: limited ? [...where.args, query.limit ?? -1, query.skip ?? 0] : where.args,
    exact: where.exact,
    sorted: order !== undefined,
    limited,
  };
}

/** The exact count, or undefined when the selector cannot be expressed wholly. */
export function compileCount(query: FilledMangoQuery<PlainDocument>, table: SchemaTable) {
  const where = compileSelector(query.selector, table.schema, table.layout);
  if (!where.exact) return undefined;
  const rows = `select 1 from ${table.name}${where.sql ? ` where ${where.sql}` : ''} limit ? offset ?`;
  return { sql: `select count(*) from (${rows})`, args: [...where.args, query.limit ?? -1, query.skip ?? 0] };
}

function orderBy(query: FilledMangoQuery<PlainDocument>, table: SchemaTable): string | undefined {
  const terms: string[] = [];
  for (const part of query.sort) {
    const [path, direction] = Object.entries(part)[0] ?? [];
    const column = path === undefined ? undefined : table.layout.columnOf(path);
    if (!column) return undefined;
    terms.push(direction === 'desc' ? `${column} desc` : column);
  }
  return terms.join();
}
