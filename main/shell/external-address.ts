/** The address as the browser may get it, or undefined: https only, with a host, without a name or password in it. */
export const externalAddress = (address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const plain = url.username === '' && url.password === '' && url.hostname !== '';
  return url.protocol === 'https:' && plain ? url.href : undefined;
};
