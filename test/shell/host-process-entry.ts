import { createChromiumHost } from '../../main/shell/chromium/create-chromium-host.ts';

// A whole app process for the tests of its end: a host, one window, one child process. With a DISPLAY it is a real window.
const [dataDir = '', keyDir = '', preloadFile = ''] = process.argv.slice(2);
const started = await createChromiumHost({
  dataDir,
  keyDir,
  exportDir: `${keyDir}-exports`,
  preloadFile,
  headless: process.env.DISPLAY === undefined,
  log: (line) => console.log(line),
});
if (!started.ok) {
  console.log(started.problem.message);
  process.exit(2);
}
const { host } = started;
host.handleApp(async () => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: new TextEncoder().encode('ok'),
}));
host.onQuit((reason) => console.log(`quit ${reason}`));
const window = await host.openWindow({ title: 'x', width: 300, height: 200, path: '/' });
window.onCrashed((why) => console.log(`crashed ${why}`));
const child = host.startProcess(new URL('./child-entry.ts', import.meta.url), ['wait']);
console.log(`ready ${host.browserPid} ${child.pid}`);
process.on('message', (order) => {
  if (order === 'close') window.close();
});
// A test that failed leaves nobody to end us.
process.on('disconnect', () => void host.quit());
