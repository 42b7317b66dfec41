/** Indexes of a stack from the shown one outward: 5, 6, 4, 7, 3, … */
export function outwardFrom(shown: number, count: number): number[] {
  const order: number[] = [];
  for (let distance = 0; distance < count; distance++) {
    for (const index of distance === 0 ? [shown] : [shown + distance, shown - distance])
      if (index >= 0 && index < count) order.push(index);
  }
  return order;
}

/**
 * Loads a stack outward from the slice that is shown, a few at a time; showing another one turns the order round at once. A
 * slice that failed is asked for again only when it is shown.
 */
export function createStackLoader(options: {
  count: number;
  load: (index: number) => Promise<unknown>;
  onChanged?: (loaded: number) => void;
  atOnce?: number;
}) {
  const state = new Map<number, 'running' | 'done' | 'failed'>();
  let shown = 0;
  let stopped = false;
  let running = 0;
  const next = (): number | undefined => outwardFrom(shown, options.count).find((index) => !state.has(index));
  const pump = (): void => {
    if (stopped) return;
    while (running < (options.atOnce ?? 4)) {
      const index = next();
      if (index === undefined) return;
      running += 1;
      state.set(index, 'running');
      const settle = (to: 'done' | 'failed') => (): void => {
        running -= 1;
        state.set(index, to);
        if (stopped) return;
        options.onChanged?.([...state.values()].filter((one) => one === 'done').length);
        pump();
      };
      options.load(index).then(settle('done'), settle('failed'));
    }
  };
  return {
    /** What is looked at now. */
    show: (index: number): void => {
      shown = index;
      if (state.get(index) === 'failed') state.delete(index);
      pump();
    },
    stop: (): void => {
      stopped = true;
    },
  };
}
