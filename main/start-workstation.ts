import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { echoDevice } from './dicom/send/echo-device.ts';
import type { WorkstationConfig } from './config.ts';
import { die, failureLines } from './die.ts';
import { createDoorLink } from './ipc/door-link.ts';
import { createFirstRun } from './ipc/first-run.ts';
import { createFileSources, serveFiles } from './ipc/serve-files.ts';
import { serveWindows } from './ipc/serve-windows.ts';
import { createStoreLink } from './ipc/store-link.ts';
import { createTakeOut } from './ipc/take-out.ts';
import { openStationKey, sealForEscrow } from './station/keys/open-station-key.ts';
import type { Log } from './log.ts';
import { createParser } from './parser/pool.ts';
import { createAppProtocol } from './shell/app-protocol/app-protocol.ts';
import { readRendererBuild } from './shell/app-protocol/renderer-build.ts';
import { recover } from './station/keys/recover.ts';
import type { SecretBackend } from './shell/desktop-host.ts';
import { createHost } from './shell/create-host.ts';
import type { StoreConfig } from './station/messages.ts';
import { shutDown } from './shut-down.ts';
import { deriveSubKey } from './station/keys/station-key.ts';

function storeConfigOf(
  config: WorkstationConfig,
  keys: { database: Buffer; objects: Buffer },
  stateFile: string,
  backend: SecretBackend,
): StoreConfig {
  return {
    dataDir: config.dataDir,
    stateFile,
    databaseKeyHex: keys.database.toString('hex'),
    objectKeyBase64: keys.objects.toString('base64'),
    serverUrl: config.serverUrl,
    stationName: config.stationName,
    doorHost: config.dicomHost,
    doorPort: config.dicomPort,
    aeTitle: config.aeTitle,
    journalFile: join(config.dataDir, 'door.journal'),
    objectFolder: join(config.dataDir, 'objects'),
    resourcesDir: null,
    keys: { backend: backend.name, strong: backend.strong, note: backend.note },
    settings: {
      server: config.serverUrl,
      'data folder': config.dataDir,
      'key folder': config.keyDir,
      'log folder': config.logDir,
      'export folder': config.exportDir,
      dicom: `${config.aeTitle} ${config.dicomHost}:${config.dicomPort}`,
      machine: hostname(),
    },
  };
}

/**
 * The start-up sequence: host, key, store, window, DICOM door. The store process holds cabinet, desk and postman; the door and the
 * parser are processes of their own. Resolves when the workstation works; ends the process with one line where it can't.
 */
export async function startWorkstation(config: WorkstationConfig, keyFolder: string, log: Log): Promise<void> {
  const distDir = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../dist/' : '../', import.meta.url));
  const made = await createHost({ config, keyFolder, preloadFile: join(distDir, 'preload', 'preload.cjs'), log });
  if (!made.ok) die(made.line);
  const { host } = made;
  if (config.recover) {
    const done = await recover(host.secrets, keyFolder, config.dataDir);
    if (!done.ok) die(done.error);
    const { recoveryKey } = done.value;
    const shown = recoveryKey ? `recovery key (shown once, keep it on paper): ${recoveryKey}\n` : '';
    process.stdout.write(`praxis: the key is back; start the workstation as usual\n${shown}`, () => process.exit(0));
    return;
  }
  const key = await openStationKey(host.secrets, keyFolder, config.dataDir);
  if (!key.ok) die(key.error);
  const objects = deriveSubKey(key.value.stationKey, 'objects');
  const storeConfig = storeConfigOf(
    config,
    { database: deriveSubKey(key.value.stationKey, 'database'), objects },
    key.value.stateFile,
    await host.secrets.backend(),
  );

  const parser = createParser({ startProcess: (...args) => host.startProcess(...args) });
  const firstRun: { current: ReturnType<typeof createFirstRun> | undefined } = { current: undefined };
  const ready = Promise.withResolvers<number>();
  const link = createStoreLink({
    host,
    config: storeConfig,
    log,
    toDoor: (message) => door.send(message),
    push: (windowId, channel, payload) => windows.push(windowId, channel, payload),
    sealForEscrow: (serverPublicKey) => sealForEscrow(key.value, config.dataDir, serverPublicKey),
    answerAsk: (ask) =>
      ask.what === 'parse'
        ? parser.parse({ objectPath: ask.objectPath, key: objects, transferSyntaxUid: ask.transferSyntaxUid })
        : echoDevice({
            host: ask.host,
            port: ask.port,
            callingAeTitle: config.aeTitle,
            calledAeTitle: ask.calledAeTitle,
            timeoutMs: 5000,
          }),
  });
  const door = createDoorLink({
    host,
    log,
    toStore: (message) => link.tell({ type: 'door', message }),
    onListening: (port) => ready.resolve(port),
    onFailed: (why) => die(`DICOM ${config.dicomHost}:${config.dicomPort}: ${why}`),
  });
  const files = createFileSources(link, config.dataDir, objects);
  const windows = serveWindows({ host, link, log, takeOut: createTakeOut(host, files, log), firstRun });

  if (config.check) return reportCheck(await link.check());
  const opened = await link.open();
  if (!opened.ok) die(failureLines[opened.code] ?? opened.code);
  host.onQuit(() => shutDown({ store: link, door, parser }));
  host.onPower((event) => event !== 'resume' && link.tell({ type: 'lockAll' }));

  const lines: string[] = [];
  if (!opened.enrolled && config.enrolCode) {
    await link.enrol(config.enrolCode, config.stationName, config.profile).catch((error: unknown) => {
      die(`enrolment: ${error instanceof Error ? error.message : 'failed'}`);
    });
    if (key.value.recoveryKey) lines.push(`recovery key (shown once, keep it on paper): ${key.value.recoveryKey}`);
  } else if (!opened.enrolled) {
    if (!config.window) die('this station is not enrolled: start it with a window, or with --enrol CODE');
    firstRun.current = createFirstRun({
      link,
      serverUrl: config.serverUrl,
      recoveryKey: key.value.recoveryKey,
      onEnrolled: () => {
        firstRun.current = undefined;
        void windows.announce();
      },
    });
  }
  if (config.window) {
    const protocol = createAppProtocol(await readRendererBuild(join(distDir, 'renderer')));
    serveFiles(protocol, files);
    host.handleApp(protocol.handle);
    await windows.open('Praxis', '/');
  }
  if (firstRun.current) lines.push('workstation waits in its window for the first set-up');
  else lines.push(`dicom ${config.aeTitle} ${config.dicomHost}:${await ready.promise}`);
  lines.push(`workstation ${config.dataDir}`);
  // To whoever started us: by message where there is a channel, else on the terminal.
  if (process.send) process.send({ ready: true, lines });
  else for (const line of lines) process.stdout.write(`praxis: ${line}\n`);
  process.on('disconnect', () => void host.quit());
}

function reportCheck(result: { report: unknown } | { code: string }): void {
  if ('code' in result) die(failureLines[result.code] ?? result.code);
  const { problems } = result.report as { problems: string[] };
  // A pipe takes the report in pieces: exiting before it has all of it would cut it.
  process.stdout.write(`${JSON.stringify(result.report)}\n`, () => process.exit(problems.length > 0 ? 1 : 0));
}
