import { z } from 'zod';

/**
 * Why a command was not allowed. `law` is the number in the area's README (`SCHED-3`); `code` names the sentence that a screen
 * or an API shows, `params` fill it. `overridableBy` names the permission that may set the law aside with a reason.
 */
export const violationSchema = z.strictObject({
  law: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  field: z.string().optional(),
  overridableBy: z.string().optional(),
});
export type Violation = z.infer<typeof violationSchema>;

export function violation(law: string, code: string, extra: Omit<Violation, 'law' | 'code'> = {}): Violation {
  return { law, code, ...extra };
}
