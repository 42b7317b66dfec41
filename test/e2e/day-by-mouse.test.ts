import { describe } from 'vitest';
import { walkTheDay } from './day/walk-the-day.ts';

describe('the day on the screens, with a mouse', () => walkTheDay('mouse'));
