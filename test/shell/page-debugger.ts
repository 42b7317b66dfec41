/**
 * A page's debugger, by a socket of its own. Playwright attaches to every new page and lets it wait; a stranger's page that the shell closes
 * just then keeps the page that opened it waiting for good.
 */
import { z } from 'zod';

const pageSchema = z.object({ id: z.string(), type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() });
const messageSchema = z.object({
  id: z.number().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const valueSchema = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ exception: z.object({ description: z.string().optional() }).optional() }).optional(),
});

export type PageDebugger = {
  send: (method: string, params?: Record<string, unknown>) => Promise<unknown>;
  /** The JSON value of an expression, waited for. Throws what it throws. */
  evaluate: (expression: string, contextId?: number) => Promise<unknown>;
};

/** The pages of the browser whose own debugger is at `browserUrl` (ws://…). */
export async function listPages(browserUrl: string): Promise<z.infer<typeof pageSchema>[]> {
  const answer = await fetch(`http://${new URL(browserUrl).host}/json/list`);
  return z
    .array(pageSchema)
    .parse(await answer.json())
    .filter((one) => one.type === 'page');
}

export async function attachTo(url: string): Promise<PageDebugger> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the page’s debugger does not answer')), { once: true });
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = messageSchema.parse(JSON.parse(String(data)));
    const one = waiting.get(id ?? 0);
    if (error) one?.reject(new Error(error.message));
    else one?.resolve(result);
  });
  socket.addEventListener('close', () => {
    for (const one of waiting.values()) one.reject(new Error('the page is gone'));
  });
  let lastId = 0;
  const send = (method: string, params: Record<string, unknown> = {}): Promise<unknown> => {
    const id = ++lastId;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    socket.send(JSON.stringify({ id, method, params }));
    return answer.promise.finally(() => waiting.delete(id));
  };
  const evaluate = async (expression: string, contextId?: number): Promise<unknown> => {
    const params = { expression, awaitPromise: true, returnByValue: true, ...(contextId ? { contextId } : {}) };
    const { result, exceptionDetails } = valueSchema.parse(await send('Runtime.evaluate', params));
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'the page threw');
    return result.value;
  };
  return { send, evaluate };
}
