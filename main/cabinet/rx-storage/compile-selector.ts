import { getSchemaByObjectPath } from 'rxdb';
import { orderKey } from './order-key.ts';
import type { ColumnValue, TableLayout } from './table-layout.ts';
import type { StoredSchema } from './stored-document.ts';

/** A WHERE text with its arguments. When not `exact` it lets too many rows through and each has to be matched again. */
export type CompiledSelector = { sql: string; args: ColumnValue[]; exact: boolean };

type Target = { expression: string; type: ScalarType; column: string | undefined; path: string };
type ScalarType = 'string' | 'number' | 'integer' | 'boolean';

const scalarTypes: ReadonlySet<unknown> = new Set<ScalarType>(['string', 'number', 'integer', 'boolean']);
const comparisons: Readonly<Record<string, string>> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };
const inListAtMost = 500;
const nothing: CompiledSelector = { sql: '', args: [], exact: false };

/**
 * Translates a Mango selector. Only scalar paths typed by the schema are expressed, and only literals of the schema's type
 * (Mango's `$gt: 5` never matches a string, SQL's does); everything else is left to RxDB's own matcher.
 */
export function compileSelector(selector: unknown, schema: StoredSchema, layout: TableLayout): CompiledSelector {
  if (typeof selector !== 'object' || selector === null) return nothing;
  const parts = Object.entries(selector).map(([key, value]) => {
    if (key === '$and' || key === '$or') return compileLogic(key, value, schema, layout);
    const target = key.startsWith('$') ? undefined : targetOf(key, schema, layout);
    return target ? compileField(target, value) : nothing;
  });
  return joined(parts, ' and ');
}

function joined(parts: CompiledSelector[], by: ' and ' | ' or '): CompiledSelector {
  const withText = parts.filter((part) => part.sql !== '');
  return {
    sql: withText.map((part) => (withText.length > 1 ? `(${part.sql})` : part.sql)).join(by),
    args: withText.flatMap((part) => part.args),
    exact: parts.every((part) => part.exact),
  };
}

function compileLogic(key: '$and' | '$or', value: unknown, schema: StoredSchema, layout: TableLayout) {
  if (!Array.isArray(value) || value.length === 0) return nothing;
  const branches = value.map((branch) => compileSelector(branch, schema, layout));
  // A branch without text lets every row through, and so does the whole `$or`.
  if (key === '$or' && branches.some((branch) => branch.sql === '')) {
    return { sql: '', args: [], exact: branches.some((branch) => branch.sql === '' && branch.exact) };
  }
  return joined(branches, key === '$and' ? ' and ' : ' or ');
}

function targetOf(path: string, schema: StoredSchema, layout: TableLayout): Target | undefined {
  const type = getSchemaByObjectPath(schema, path)?.type;
  if (!scalarTypes.has(type)) return undefined;
  const column = layout.columnOf(path);
  const isPlain = path.split('.').every((step) => /^[A-Za-z_]\w*$/.test(step));
  if (!column && !isPlain) return undefined;
  return { path, column, type: type as ScalarType, expression: column ?? `(data->>'$.${path}')` };
}

function compileField(target: Target, matcher: unknown): CompiledSelector {
  if (typeof matcher !== 'object' || matcher === null) return nothing;
  const operators = Object.entries(matcher);
  // An empty matcher matches nothing; no text would let everything through as if exact.
  if (operators.length === 0) return nothing;
  return joined(
    operators.map(([operator, value]) => compileOperator(target, operator, value)),
    ' and ',
  );
}

function compileOperator(target: Target, operator: string, value: unknown): CompiledSelector {
  const x = target.expression;
  if (operator === '$eq' && value === null) return exact(`${x} is null`);
  if (operator === '$ne' && value === null) return exact(`${x} is not null`);
  if (operator === '$in') return compileIn(target, value);
  const literal = literalOf(target, value, operator in comparisons);
  if (literal === undefined) return nothing;
  if (operator === '$eq') return exact(`${x}=?`, literal);
  // `is not` also lets missing fields through, as Mango does.
  if (operator === '$ne') return exact(`${x} is not ?`, literal);
  const comparison = comparisons[operator];
  return comparison ? exact(`${x}${comparison}?`, literal) : nothing;
}

function compileIn(target: Target, value: unknown): CompiledSelector {
  if (!Array.isArray(value) || value.length > inListAtMost) return nothing;
  const literals = value.map((item) => literalOf(target, item, false));
  if (literals.some((literal) => literal === undefined)) return nothing;
  if (literals.length === 0) return exact('0');
  const marks = literals.map(() => '?').join();
  return exact(`${target.expression} in (${marks})`, ...literals.filter((literal) => literal !== undefined));
}

const exact = (sql: string, ...args: ColumnValue[]): CompiledSelector => ({ sql, args, exact: true });

/** The value as bound, or undefined when SQL would compare it otherwise than JavaScript does. */
function literalOf(target: Target, value: unknown, isRange: boolean): ColumnValue | undefined {
  if (target.type === 'boolean') {
    if (typeof value !== 'boolean') return undefined;
    return value ? 1 : 0;
  }
  if (target.type !== 'string') return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (target.column) return orderKey(value);
  // Texts inside the JSON are not order keys (see order-key.ts), and SQL ends them at a NUL.
  const isDoubtful = isRange ? /[\0\ud7ff-\uffff]/.test(value) : /[\0\ud800-\udfff]/.test(value);
  return isDoubtful ? undefined : value;
}
