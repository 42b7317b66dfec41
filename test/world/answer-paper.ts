/** The `document` channel of a workstation with a printer: what a screen hears where no store stands behind it. */
export function answerPaper(request: Record<string, unknown>): unknown {
  if (request['do'] === 'make')
    return { ok: true, url: `/documents/${'0'.repeat(64)}`, sha256: '0'.repeat(64), pages: 1 };
  if (request['do'] === 'keepPicture') return { ok: true, sha256: '1'.repeat(64) };
  if (request['do'] === 'print') return { ok: true, did: 'printed', printer: 'Front-Desk' };
  const fileName = request['do'] === 'save' ? 'report-00000000.pdf' : 'image-1.dcm';
  return { ok: true, did: 'saved', fileName, folder: '/home/clinic/Downloads' };
}
