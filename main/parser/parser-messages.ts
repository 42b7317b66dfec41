import { z } from 'zod';
import { instanceHeaderSchema } from '../../shared/imaging/instance-header.ts';

/** One object to read. The key travels as text, so that any message channel carries it; it is never logged. */
export const parserJobSchema = z.strictObject({
  jobId: z.number().int(),
  objectPath: z.string(),
  keyBase64: z.string(),
  transferSyntaxUid: z.string(),
});
export type ParserJob = z.infer<typeof parserJobSchema>;

/** What the child says. It has read hostile bytes: the parent checks every answer. */
export const parserAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ jobId: z.number().int(), ok: z.literal(true), header: instanceHeaderSchema }),
  z.strictObject({ jobId: z.number().int(), ok: z.literal(false) }),
]);
export type ParserAnswer = z.infer<typeof parserAnswerSchema>;
