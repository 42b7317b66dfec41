import { expect, test } from 'vitest';
import { commandTable } from './command-table.ts';
import { openLawClinic } from './law-clinic.ts';

test('docs/commands.md says what becomes of every command', async () => {
  const clinic = await openLawClinic(5);
  try {
    await expect(await commandTable(clinic)).toMatchFileSnapshot('../../docs/commands.md');
  } finally {
    await clinic.close();
  }
}, 240_000);
