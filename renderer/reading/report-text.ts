import type { Report } from '../../shared/reports/schema.ts';

export const reportFields = ['technique', 'findings', 'impression'] as const;
export type ReportField = (typeof reportFields)[number];

/** What a report says, as it is typed; the input of its commands. */
export type ReportText = Pick<Report, 'technique' | 'findings' | 'impression' | 'measurements' | 'keyInstanceIds'> & {
  keyPictures: NonNullable<Report['keyPictures']>;
};

export const emptyText: ReportText = {
  technique: '',
  findings: '',
  impression: '',
  measurements: [],
  keyInstanceIds: [],
  keyPictures: [],
};

export function textOf(report: Report): ReportText {
  const { technique, findings, impression, measurements, keyInstanceIds, keyPictures = [] } = report;
  return { technique, findings, impression, measurements, keyInstanceIds, keyPictures };
}

/** The text without a key image and its picture. */
export function withoutKeyImage(text: ReportText, instanceId: string): Partial<ReportText> {
  return {
    keyInstanceIds: text.keyInstanceIds.filter((one) => one !== instanceId),
    keyPictures: text.keyPictures.filter((one) => one.instanceId !== instanceId),
  };
}

export const saysNothing = (text: ReportText): boolean => text.findings.trim() === '' && text.impression.trim() === '';

/** Puts words at the cursor with a blank on either side where there is none; answers the text and where the cursor is then. */
export function insertAt(text: string, at: number, words: string): { text: string; at: number } {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const lead = before === '' || /\s$/.test(before) ? '' : ' ';
  const tail = after === '' || /^[\s.,;:)]/.test(after) ? '' : ' ';
  const put = `${lead}${words}${tail}`;
  return { text: before + put + after, at: at + put.length };
}

/** Replaces `.us` and a blank just before the cursor by its snippet; undefined where there is none. */
export function expandSnippet(
  text: string,
  at: number,
  snippets: Readonly<Record<string, string>>,
): { text: string; at: number } | undefined {
  const match = /(?:^|\s)\.([\p{L}\d-]{1,20})[ \n]$/u.exec(text.slice(0, at));
  const name = match?.[1]?.toLowerCase() ?? '';
  const words = Object.hasOwn(snippets, name) ? snippets[name] : undefined;
  if (words === undefined) return undefined;
  const start = at - name.length - 2;
  return { text: text.slice(0, start) + words + text.slice(at), at: start + words.length };
}
