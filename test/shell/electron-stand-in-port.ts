/** Loaded before a helper process of the stand-in: its line to the parent is `process.parentPort`, as in a utility process. */
const parentPort = {
  postMessage: (message: unknown): void => void process.send?.(message),
  on: (_event: 'message', listener: (event: { data: unknown }) => void): void =>
    void process.on('message', (data) => listener({ data })),
};
Object.defineProperty(process, 'parentPort', { value: parentPort });
// Electron ends its utility processes with the app.
process.on('disconnect', () => process.exit(0));
