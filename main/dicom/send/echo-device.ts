import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type * as Dimse from 'dcmjs-dimse';

// The package's module entry has its names on a default export that its types don't know.
const { Client, constants, log, requests } = createRequire(import.meta.url)('dcmjs-dimse') as typeof Dimse;
// At its own level it writes associations to the console.
log.setLevel('silent');

export type EchoResult =
  | { ok: true; durationMs: number }
  /** `why` is a sentence for the person who set the device up. */
  | {
      ok: false;
      code:
        | 'unreachable'
        | 'no_answer'
        | 'calling_unknown'
        | 'called_unknown'
        | 'busy'
        | 'rejected'
        | 'closed'
        | 'status';
      why: string;
    };

export type EchoOptions = {
  host: string;
  port: number;
  callingAeTitle: string;
  calledAeTitle: string;
  /** For connecting, association and answer together. */
  timeoutMs: number;
};

type Rejection = { result: number; source: number; reason: number };

/** Asks a device for C-ECHO (PS3.4 annex A). Never rejects: what went wrong is in the result. */
export function echoDevice(options: EchoOptions): Promise<EchoResult> {
  return new Promise((resolve) => {
    const startedMs = performance.now();
    const client = new Client();
    const socketOf = (): Socket | undefined => (client as unknown as { network?: { socket?: Socket } }).network?.socket;
    let isConnected = false;
    const settle = (result: EchoResult): void => {
      clearTimeout(timer);
      resolve(result);
    };
    const fail = (code: Exclude<EchoResult, { ok: true }>['code'], why: string): void =>
      settle({ ok: false, code, why });
    const timer = setTimeout(() => {
      socketOf()?.destroy();
      if (isConnected) fail('no_answer', 'The device was reached but did not answer DICOM in time.');
      else fail('unreachable', `Nothing answers at ${options.host}:${options.port}.`);
    }, options.timeoutMs);

    const request = new requests.CEchoRequest();
    request.on('response', (response) => {
      const status = response.getStatus();
      if (status === constants.Status.Pending) return;
      if (status === constants.Status.Success) settle({ ok: true, durationMs: performance.now() - startedMs });
      else fail('status', `The device answered with status ${status.toString(16).padStart(4, '0')}.`);
    });
    client.on('connected', () => {
      isConnected = true;
      // Otherwise each answer waits for the peer's delayed acknowledgement, 40 ms and more.
      socketOf()?.setNoDelay(true);
    });
    client.on('associationRejected', (rejection: Rejection) => settle(rejectionResult(rejection, options)));
    client.on('networkError', (error: Error & { code?: string }) => {
      if (isConnected) fail('closed', 'The connection broke before the device answered.');
      else
        fail('unreachable', `Nothing answers at ${options.host}:${options.port} (${error.code ?? 'no connection'}).`);
    });
    client.on('closed', () => fail('closed', 'The device closed the connection without an answer.'));
    client.addRequest(request);
    const { timeoutMs } = options;
    client.send(options.host, options.port, options.callingAeTitle, options.calledAeTitle, {
      connectTimeout: timeoutMs,
      associationTimeout: timeoutMs,
      pduTimeout: timeoutMs,
      associationLingerTimeout: 0,
    });
  });
}

/** PS3.8 table 9-21 in words. */
function rejectionResult({ result, source, reason }: Rejection, options: EchoOptions): EchoResult {
  const refused = (code: 'calling_unknown' | 'called_unknown' | 'busy' | 'rejected', why: string): EchoResult => ({
    ok: false,
    code,
    why,
  });
  if (source === 1 && reason === 3) {
    return refused('calling_unknown', `The device does not know our AE title "${options.callingAeTitle}".`);
  }
  if (source === 1 && reason === 7) {
    return refused('called_unknown', `The device does not go by the AE title "${options.calledAeTitle}".`);
  }
  if (result === 2) return refused('busy', 'The device is busy; try again later.');
  return refused('rejected', `The device refused the association (${result}, ${source}, ${reason}).`);
}
