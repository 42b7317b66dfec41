import type { ChannelTable } from '../channel-answers.ts';
import type { HostWindow, WindowOptions } from '../desktop-host.ts';
import type { CdpEvent, CdpPipe } from './cdp-pipe.ts';
import { makeInjectedScripts, nodeBytesAsText, preloadWorldName } from './injected-scripts.ts';
import { createFrameJoiner, cutFrames, maxFrameChars } from './message-frames.ts';
import { printPage } from './print-page.ts';
import { browserOrigin } from './request-gate.ts';
import { createWireCodec } from './wire-codec.ts';

type WindowParts = {
  cdp: CdpPipe;
  windowId: number;
  targetId: string;
  sessionId: string;
  options: WindowOptions;
  preloadSource: string;
  table: ChannelTable;
  log(line: string): void;
};

type WorldContext = { id: number; origin: string; name: string; auxData?: { frameId?: string; type?: string } };

const loadLimitMs = 30_000;

/** The window behind the port, and what the host tells it: an event of its session, and its end. */
export type AppWindow = {
  window: HostWindow;
  onCdpEvent(event: CdpEvent): void;
  ended(): void;
  crashed(why: string): void;
};

/**
 * Makes a blank page one of our windows: preload in its isolated world, sender checks, guards against leaving; resolves
 * when the page has loaded. Rejects when it does not load within 30 s.
 */
export const openAppWindow = async (parts: WindowParts): Promise<AppWindow> => {
  const { cdp, windowId, targetId, sessionId, options, table } = parts;
  const scripts = makeInjectedScripts(parts.preloadSource);
  const codec = createWireCodec(nodeBytesAsText);
  const startUrl = `${browserOrigin}${options.path}`;
  const closedListeners: (() => void)[] = [];
  const crashedListeners: ((why: string) => void)[] = [];
  let joiner = createFrameJoiner(32, 256);
  const contexts = new Map<number, WorldContext>();
  let preloadContext: number | undefined;
  let open = true;
  let lastMessageId = 0;
  const loadedDocuments = new Set<string>();
  let onLoaded = (): void => undefined;

  const call = (method: string, params: object = {}): Promise<unknown> => cdp.send(method, params, sessionId);
  const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

  const sendText = (contextId: number, text: string): void => {
    for (const frame of cutFrames(++lastMessageId, text, maxFrameChars)) {
      const functionDeclaration = `function (frame) { globalThis[${JSON.stringify(scripts.receiverName)}](frame); }`;
      quietly(
        call('Runtime.callFunctionOn', {
          functionDeclaration,
          executionContextId: contextId,
          arguments: [{ value: frame }],
          silent: true,
          returnByValue: true,
        }),
      );
    }
  };

  /** Only the main frame's preload world on our origin may ask: the page itself has no way to the binding. */
  const isOurs = (context: WorldContext | undefined): boolean =>
    context?.auxData?.frameId === targetId && context.name === preloadWorldName && context.origin === browserOrigin;

  const receive = async (contextId: number, frame: string): Promise<void> => {
    const trusted = isOurs(contexts.get(contextId));
    // A stranger's frames never reach the joiner: they could break a message of ours.
    const text = trusted ? joiner.join(frame) : createFrameJoiner(1, 1).join(frame);
    if (text === undefined) return;
    const message = codec.decode(text) as { i: number; c: string; p: unknown };
    const answer = await table.answer(message.c, message.p, trusted ? { windowId } : undefined);
    let reply: string;
    try {
      reply = codec.encode({ i: message.i, r: answer });
    } catch (error) {
      reply = codec.encode({ i: message.i, r: { ok: false, message: (error as Error).message } });
    }
    if (open) sendText(contextId, reply);
  };

  const forget = (contextId: number): void => {
    contexts.delete(contextId);
    if (preloadContext === contextId) preloadContext = undefined;
  };

  const handlers: Record<string, (params: never) => void> = {
    'Runtime.executionContextCreated': (params: { context: WorldContext }) => {
      contexts.set(params.context.id, params.context);
      if (!isOurs(params.context)) return;
      preloadContext = params.context.id;
      joiner = createFrameJoiner(32, 256);
    },
    'Runtime.executionContextDestroyed': (params: { executionContextId: number }) => forget(params.executionContextId),
    'Runtime.executionContextsCleared': () => [...contexts.keys()].forEach(forget),
    'Runtime.bindingCalled': (params: { name: string; payload: string; executionContextId: number }) => {
      if (params.name !== scripts.bindingName) return;
      receive(params.executionContextId, params.payload).catch(() => parts.log('shell: a message could not be read'));
    },
    'Page.lifecycleEvent': (params: { name: string; loaderId: string }) => {
      if (params.name !== 'load') return;
      loadedDocuments.add(params.loaderId);
      onLoaded();
    },
    'Page.frameNavigated': (params: { frame: { parentId?: string; url: string } }) => {
      const away = params.frame.parentId === undefined && !params.frame.url.startsWith(`${browserOrigin}/`);
      if (!away || params.frame.url === 'about:blank') return;
      // Blob and data documents ask nobody before they load, so the way back is the guard here.
      parts.log('shell: a window left the app and was brought back');
      quietly(call('Page.navigate', { url: startUrl }));
    },
    'Page.javascriptDialogOpening': (params: { type: string; hasBrowserHandler: boolean }) => {
      if (!params.hasBrowserHandler)
        quietly(call('Page.handleJavaScriptDialog', { accept: params.type === 'beforeunload' }));
    },
  };

  const load = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    let loaderId: string | undefined;
    const done = new Promise<void>((resolve, reject) => {
      // By document: the blank page's own load event may come late and must not count.
      onLoaded = () => void (loaderId !== undefined && loadedDocuments.has(loaderId) && resolve());
      closedListeners.push(() => reject(new Error('The window closed while it loaded')));
      timer = setTimeout(() => reject(new Error('The window did not load within 30 s')), loadLimitMs);
    });
    done.catch(() => undefined);
    const navigation = (await call('Page.navigate', { url: startUrl })) as { errorText?: string; loaderId?: string };
    loaderId = navigation.loaderId;
    onLoaded();
    try {
      if (navigation.errorText !== undefined) throw new Error(`The window did not load: ${navigation.errorText}`);
      await done;
    } finally {
      clearTimeout(timer);
      onLoaded = () => undefined;
      loadedDocuments.clear();
    }
  };

  const window: HostWindow = {
    windowId,
    send: (channel, payload) => {
      if (!open || preloadContext === undefined) return false;
      sendText(preloadContext, codec.encode({ e: channel, p: payload }));
      return true;
    },
    printToPdf: () => (open ? printPage(cdp, sessionId) : Promise.reject(new Error('The window is closed'))),
    focus: () => quietly(call('Page.bringToFront')),
    reload: () => quietly(call('Page.reload')),
    close: () => quietly(cdp.send('Target.closeTarget', { targetId })),
    onClosed: (listener) => void closedListeners.push(listener),
    onCrashed: (listener) => void crashedListeners.push(listener),
  };
  const appWindow: AppWindow = {
    window,
    onCdpEvent: (event) => handlers[event.method]?.(event.params as never),
    ended: () => {
      if (!open) return;
      open = false;
      preloadContext = undefined;
      for (const listener of closedListeners) listener();
    },
    crashed: (why) => {
      if (open) for (const listener of crashedListeners) listener(why);
    },
  };
  const stop = cdp.onEvent((event) => void (event.sessionId === sessionId && appWindow.onCdpEvent(event)));
  closedListeners.push(stop);
  await call('Page.enable');
  await call('Page.setLifecycleEventsEnabled', { enabled: true });
  await call('Runtime.enable');
  await call('Runtime.addBinding', { name: scripts.bindingName, executionContextName: preloadWorldName });
  // The main world's half first: it must listen when the preload announces its functions.
  await call('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main });
  await call('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: preloadWorldName });
  await load();
  return appWindow;
};
