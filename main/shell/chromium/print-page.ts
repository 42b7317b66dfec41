import type { CdpPipe } from './cdp-pipe.ts';

const a4Inches = { paperWidth: 8.27, paperHeight: 11.69 };

/** PDF of what a page shows, A4 unless its CSS names a page size; read as a stream, so that no size ends the pipe. */
export const printPage = async (cdp: CdpPipe, sessionId: string): Promise<Uint8Array> => {
  const settings = { ...a4Inches, printBackground: true, preferCSSPageSize: true, transferMode: 'ReturnAsStream' };
  const { stream } = await cdp.send<{ stream: string }>('Page.printToPDF', settings, sessionId);
  const parts: Buffer[] = [];
  for (let eof = false; !eof; ) {
    const part = await cdp.send<{ data: string; eof: boolean; base64Encoded?: boolean }>(
      'IO.read',
      { handle: stream, size: 4 * 1024 * 1024 },
      sessionId,
    );
    parts.push(Buffer.from(part.data, part.base64Encoded === true ? 'base64' : 'latin1'));
    eof = part.eof;
  }
  await cdp.send('IO.close', { handle: stream }, sessionId);
  return new Uint8Array(Buffer.concat(parts));
};
