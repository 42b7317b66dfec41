import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { StationRequest } from '../../shared/ipc/contract.ts';
import { useServices } from './bridge-context.tsx';
import { ask, BridgeProblem } from './praxis-bridge.ts';
import {
  checkAnswerSchema,
  echoAnswerSchema,
  newCodeSchema,
  revokedSchema,
  startAnswerSchema,
  stationSettingsSchema,
  type StationSettings,
} from './station-answers.ts';

/** What this machine can be asked. Every call rejects with a `BridgeProblem` when the answer is missing or malformed. */
export function useStation() {
  const { bridge } = useServices();
  const send = useCallback(
    async <T>(request: StationRequest, schema: z.ZodType<T>): Promise<T> => {
      const answer = schema.safeParse(await ask(bridge, 'station', request));
      if (!answer.success) throw new BridgeProblem('malformed');
      return answer.data;
    },
    [bridge],
  );
  return {
    syncNow: async (): Promise<void> => {
      await ask(bridge, 'station', { do: 'syncNow' });
    },
    echo: (deviceId: string) => send({ do: 'echo', deviceId }, echoAnswerSchema),
    check: () => send({ do: 'check' }, checkAnswerSchema),
    newEnrolCode: (locationId: string, password: string) =>
      send({ do: 'newEnrolCode', locationId, password }, newCodeSchema),
    revokeStation: (stationId: string, reason: string, password: string) =>
      send({ do: 'revokeStation', stationId, reason, password }, revokedSchema),
    setUp: (request: Extract<StationRequest, { do: 'setUp' }>) => send(request, startAnswerSchema),
    enrol: (request: Extract<StationRequest, { do: 'enrol' }>) => send(request, startAnswerSchema),
  };
}

/** What is in force here, asked again each time a screen that shows it opens and every half minute while it is open. */
export function useStationSettings(): { value: StationSettings | null; failed: boolean } {
  const { bridge } = useServices();
  const query = useQuery({
    queryKey: ['station', 'settings'],
    staleTime: 5_000,
    refetchInterval: 30_000,
    queryFn: async () => stationSettingsSchema.parse(await ask(bridge, 'station', { do: 'settings' })),
  });
  return { value: query.data ?? null, failed: query.isError };
}
