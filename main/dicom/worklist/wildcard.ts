/**
 * Wildcard matching of PS3.4 C.2.2.2.4: `*` stands for any characters, none included, `?` for exactly one. Case counts. Works in
 * time of pattern × value, whatever the pattern.
 */
export function matchesWildcard(pattern: string, value: string): boolean {
  const wanted = Array.from(pattern);
  const given = Array.from(value);
  let at = 0;
  let star = -1;
  let starAt = 0;
  let index = 0;
  while (index < given.length) {
    if (wanted[at] === '*') {
      star = at;
      starAt = index;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = star + 1;
      index = starAt;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}

/** A key that asks for everything: empty, or stars alone. */
export function isUniversal(key: string): boolean {
  return /^\**$/.test(key);
}
