/** Numbers in [0, 1) that follow from a seed (a 32-bit counter, mixed): the same seed gives the same clinic. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export type Dice = {
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  digits(count: number): string;
  /** The same entries in another order. */
  shuffled<T>(list: readonly T[]): T[];
};

/** What is drawn from a source of numbers in [0, 1). */
export function createDice(random: () => number): Dice {
  const int = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  return {
    int,
    pick: (list) => {
      const one = list[int(0, list.length - 1)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
    chance: (probability) => random() < probability,
    digits: (count) => Array.from({ length: count }, () => int(0, 9)).join(''),
    shuffled: (list) =>
      list
        .map((one) => ({ one, order: random() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ one }) => one),
  };
}
