import type { DesktopHost, HostWindow } from '../../main/shell/desktop-host.ts';

/** What a test script finds in a page. Scripts run inside the page: they must use nothing from outside themselves. */
export type PageApi = {
  praxis: {
    request(channel: string, payload: unknown): Promise<unknown>;
    on(push: string, listener: (payload: unknown) => void): () => void;
  };
  fetch: (path: string, init?: { method?: 'GET' | 'HEAD'; headers?: Record<string, string> }) => Promise<Response>;
};

/** Any value of a page: main's types know no DOM, so a test script names what it uses by this. */
// oxlint-disable-next-line typescript/no-explicit-any -- stands for the whole DOM
export type Dom = any;

/** A shell under test and the levers on its pages. */
export type Harness = {
  host: DesktopHost;
  /** Runs a script in the window's main world, outside any debugger call, and gives its JSON result. */
  inPage<Result, Argument = undefined>(
    window: HostWindow,
    script: (page: PageApi, argument: Argument) => Promise<Result> | Result,
    argument?: Argument,
  ): Promise<Result>;
  /** What was saved, by the path that `saveFile` gave; and all names in the folder, to see that nothing else is there. */
  savedBytes(path: string): Promise<Uint8Array>;
  savedNames(): Promise<string[]>;
  /** Sets a printer up, or takes it away; and what the last paper was. */
  setPrinter(name: string | null): Promise<void>;
  printedBytes(): Promise<Uint8Array>;
  /** Sends a request as a sub-frame's preload world would; gives the refusal's message, or what it got. */
  askFromSubFrame(window: HostWindow, channel: string): Promise<string>;
};

/** One promise of the port; `browser` cases need a real page. */
export type ContractCase = { name: string; browser?: boolean; run(harness: Harness): Promise<void> };

/** Opens a window of the test app. */
export const openTestWindow = (harness: Harness): Promise<HostWindow> =>
  harness.host.openWindow({ title: 'contract', width: 900, height: 600, path: '/' });
