/** S1's list conventions: `page` and `limit` clamped (S1-12), `sort=a,-b` over an allow-list (S1-14, S1-15). */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);

/** Page from 1 and rows per page; what is out of range is brought into it. */
export function pageOf(query: Readonly<Record<string, string>>): { page: number; limit: number } {
  return {
    page: clamp(Number(query['page'] ?? 1), 1, 1_000_000),
    limit: clamp(Number(query['limit'] ?? DEFAULT_LIMIT), 1, MAX_LIMIT),
  };
}

type Sortable = Readonly<Record<string, string>>;

/** A comparison by the fields of `sort`, in code unit order; undefined when one of them is not on the list. */
export function sortOf(
  sort: string | undefined,
  allowed: readonly string[],
): ((a: Sortable, b: Sortable) => number) | undefined {
  const fields = (sort ?? '').split(',').filter((field) => field !== '');
  const parsed = fields.map((field) => ({ name: field.replace(/^-/, ''), sign: field.startsWith('-') ? -1 : 1 }));
  if (parsed.some((field) => !allowed.includes(field.name))) return undefined;
  return (a, b) => {
    for (const { name, sign } of parsed) {
      const [left, right] = [a[name] ?? '', b[name] ?? ''];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  };
}
