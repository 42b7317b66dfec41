/** Milliseconds of processor time that a piece of work takes: on a busy machine it takes longer, but no more of these. */
export async function cpuMsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
