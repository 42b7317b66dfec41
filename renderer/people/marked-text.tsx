import styles from './people.module.css';

/** A text with the matched letters underlined as well as coloured. `parts` stand in it as written. */
export function MarkedText({ text, parts }: { text: string; parts: readonly string[] }) {
  const at = parts
    .map((part) => ({ part, from: text.indexOf(part) }))
    .filter((one) => one.from >= 0 && one.part !== '')
    .toSorted((a, b) => a.from - b.from || b.part.length - a.part.length);
  const pieces: Array<{ text: string; hit: boolean }> = [];
  let end = 0;
  for (const { part, from } of at) {
    if (from < end) continue;
    pieces.push({ text: text.slice(end, from), hit: false }, { text: part, hit: true });
    end = from + part.length;
  }
  pieces.push({ text: text.slice(end), hit: false });
  return (
    <bdi>
      {pieces.map((piece, i) =>
        piece.hit ? (
          <mark key={i} className={styles.mark}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}
