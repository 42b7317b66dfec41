import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { useServices } from '../bridge/bridge-context.tsx';
import { ask } from '../bridge/praxis-bridge.ts';

/** `station` / `deviceLog`: what a scanner last asked and sent, and who was refused. */
export const deviceLogSchema = z.object({
  lastQuery: z
    .object({
      atUtc: z.string(),
      keys: z.record(z.string(), z.string()),
      answeredStepIds: z.array(z.string()),
    })
    .nullable()
    .default(null),
  lastImageAtUtc: z.string().nullable().default(null),
  refusals: z
    .array(z.object({ atUtc: z.string(), why: z.string(), callingAeTitle: z.string().default('') }))
    .default([]),
  diskFreeBytes: z.number().nullable().default(null),
});
export type DeviceLog = z.infer<typeof deviceLogSchema>;

/** Asked again every ten seconds while it is shown; null until it was answered once. */
export function useDeviceLog(deviceId: string | null): DeviceLog | null {
  const { bridge } = useServices();
  const query = useQuery({
    queryKey: ['station', 'deviceLog', deviceId],
    enabled: deviceId !== null,
    staleTime: 5_000,
    refetchInterval: 10_000,
    queryFn: async () => deviceLogSchema.parse(await ask(bridge, 'station', { do: 'deviceLog', deviceId })),
  });
  return query.data ?? null;
}
