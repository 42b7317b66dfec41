import { setTimeout as sleep } from 'node:timers/promises';
import { type ReadyMessage, type Service, type ServiceCommand, type ServiceExit, startService } from './child.ts';

export type Plan = {
  /** Started in this order, each once the one before is ready; stopped in the opposite order. */
  services: readonly ((before: ReadonlyMap<string, ReadyMessage>) => ServiceCommand)[];
  /** A service that is not ready by then is taken for hung. */
  readyWithinMs: number;
  /** From SIGTERM to SIGKILL. */
  graceMs: number;
};

export type Terminal = { out: (line: string) => void; err: (line: string) => void };

const isReady = (answer: ReadyMessage | ServiceExit): answer is ReadyMessage => 'ready' in answer;

const describe = (exit: ServiceExit): string => (exit.signal ? `ended by ${exit.signal}` : `exit code ${exit.code}`);

/** A service that ends by itself with success (its last window was closed) ends the rest in peace, save the server, which never should. */
const exitCodeOf = (exit: ServiceExit): number => exit.code || (exit.signal ? 1 : 0);

/**
 * Runs the services until one ends or `stop` is called, and leaves no process behind. Prints what they print, the lines of their
 * ready messages, and `praxis ready` last.
 *
 * @returns `stop`, which may be called at any time and any number of times, and `done`, which gives the exit code: 0 after `stop` or
 * when the last service ended with success, else the code of the service that ended.
 */
export function supervise(plan: Plan, terminal: Terminal): { stop: () => void; done: Promise<number> } {
  const running: Service[] = [];
  const stopAsked = Promise.withResolvers<'stop'>();
  let isStopping = false;
  const stop = (): void => {
    isStopping = true;
    stopAsked.resolve('stop');
  };
  const relay = (line: string, stream: 'out' | 'err'): void =>
    stream === 'out' ? terminal.out(line) : terminal.err(line);

  const endedEarly = (service: Service, exit: ServiceExit): number => {
    if (!service.hasComplained()) terminal.err(`praxis: ${service.name} ended before it was ready (${describe(exit)})`);
    return exitCodeOf(exit) || 1;
  };

  const startAll = async (): Promise<number | undefined> => {
    const readyByName = new Map<string, ReadyMessage>();
    for (const commandFor of plan.services) {
      const service = startService(commandFor(readyByName), relay);
      running.push(service);
      const timeout = new AbortController();
      const tooLate = sleep(plan.readyWithinMs, 'late' as const, { signal: timeout.signal }).catch(
        () => 'late' as const,
      );
      const answer = await Promise.race([service.ready, stopAsked.promise, firstToEnd(running), tooLate]);
      timeout.abort();
      if (answer === 'stop') return 0;
      if (answer === 'late') {
        terminal.err(`praxis: ${service.name} was not ready within ${Math.round(plan.readyWithinMs / 1000)} s`);
        return 1;
      }
      if ('service' in answer) return endedEarly(answer.service, answer.exit);
      if (!isReady(answer)) return endedEarly(service, answer);
      // What the service printed before its message may still be on its way through the other pipe.
      await sleep(50);
      for (const line of answer.lines) terminal.out(line);
      readyByName.set(service.name, answer);
    }
    return undefined;
  };

  const watch = async (): Promise<number> => {
    const first = await Promise.race([stopAsked.promise, firstToEnd(running)]);
    if (first === 'stop') return 0;
    const isLast = first.service === running.at(-1);
    if (isLast && exitCodeOf(first.exit) === 0) return 0;
    if (!isStopping) terminal.err(`praxis: ${first.service.name} ended (${describe(first.exit)}); stopping the rest`);
    return exitCodeOf(first.exit) || 1;
  };

  const run = async (): Promise<number> => {
    let code = await startAll();
    if (code === undefined) {
      terminal.out('praxis ready');
      code = await watch();
    }
    for (const service of running.toReversed()) await service.stop(plan.graceMs);
    return code;
  };
  return { stop, done: run() };
}

function firstToEnd(services: readonly Service[]): Promise<{ service: Service; exit: ServiceExit }> {
  return Promise.race(services.map(async (service) => ({ service, exit: await service.exited })));
}
