import { randomInt } from 'node:crypto';
import { type GroupsMistake, readGroups, writeGroups } from '../../../shared/kernel/checked-groups.ts';
import type { Result } from '../../../shared/kernel/result.ts';

/** 240 random bits. */
export const RECOVERY_KEY_GROUPS = 24;

/** A new random recovery key, as shown once: groups separated by `-`. */
export const createRecoveryKey = (): string =>
  writeGroups(Array.from({ length: RECOVERY_KEY_GROUPS }, () => randomInt(1024)));

/** The canonical form of what was typed. */
export const parseRecoveryKey = (typed: string): Result<string, GroupsMistake> =>
  readGroups(typed, RECOVERY_KEY_GROUPS);
