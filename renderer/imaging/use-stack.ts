import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { loadImage } from './cornerstone.ts';
import { type FetchProblem, ObjectProblem } from './fetch-object.ts';
import { createStackLoader } from './load-order.ts';
import type { Slice } from './slices.ts';
import { createStackView, type StackState, type StackView } from './stack-view.ts';

const problemOf = (error: unknown): FetchProblem => (error instanceof ObjectProblem ? error.problem : 'failed');

/** A stack of slices on an element: shows the wished one, loads its neighbours, and says what is on the screen now. */
export function useStack(id: string, slices: readonly Slice[], index: number) {
  const [view, setView] = useState<StackView | null>(null);
  const [state, setState] = useState<StackState | null>(null);
  const [problem, setProblem] = useState<{ imageId: string; problem: FetchProblem } | null>(null);
  const [loaded, setLoaded] = useState(0);
  const loader = useRef<ReturnType<typeof createStackLoader> | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const imageIds = useMemo(() => slices.flatMap(({ imageId }) => (imageId === null ? [] : [imageId])), [slices]);
  // A view that is told again brings the same pictures in a new array: the stack stays what it is.
  const stackKey = imageIds.join('\n');
  const stack = useMemo(() => stackKey.split('\n').filter((one) => one !== ''), [stackKey]);
  const imageId = slices[index]?.imageId ?? null;

  useEffect(() => {
    if (!element.current) return undefined;
    const made = createStackView(id, element.current, setState);
    setView(made);
    return () => {
      made.close();
      setView(null);
    };
  }, [id]);

  useEffect(() => {
    setLoaded(0);
    const mine = createStackLoader({
      count: stack.length,
      load: (at) => loadImage(stack[at] ?? ''),
      onChanged: setLoaded,
    });
    loader.current = mine;
    return mine.stop;
  }, [stack]);

  const show = useCallback(() => {
    const at = imageId === null ? -1 : stack.indexOf(imageId);
    if (!view || imageId === null || at < 0) return;
    loader.current?.show(at);
    view.show(stack, at).then(
      () => setProblem((before) => (before?.imageId === imageId ? null : before)),
      (error: unknown) => setProblem({ imageId, problem: problemOf(error) }),
    );
  }, [view, stack, imageId]);
  useEffect(show, [show]);

  return {
    element,
    view,
    state,
    /** Why the wished picture is not there. */
    problem: problem !== null && problem.imageId === imageId ? problem.problem : null,
    /** The wished picture is the one on the screen. */
    isShown: imageId !== null && state?.imageId === imageId,
    loadedShare: stack.length === 0 ? 1 : loaded / stack.length,
  };
}
