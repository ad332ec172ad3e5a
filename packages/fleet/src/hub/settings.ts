import { MAX_HUB_COPIES_BYTES } from '../limits.js';
import type { HubGateOptions } from './gate.js';

/** What the environment says of the gate is none of what it can say. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly code = 'setting';
}

type Settings = Required<Pick<HubGateOptions, 'refusesIncomplete' | 'takesIn' | 'waitMs'>> & {
  readonly copiesBytes: number;
};

const GB = 2 ** 30;

/**
 * How the gate decides, from the environment of the service:
 *
 * - `SENTINEL_GATE_INCOMPLETE`: `refuse` (the default) or `serve` revisions whose analysis is incomplete.
 * - `SENTINEL_GATE_UNKNOWN`: `take-in` (the default) or `refuse` revisions that nobody has taken in.
 * - `SENTINEL_GATE_WAIT`: seconds for which an answer waits for an analysis; 8 unless set.
 * - `SENTINEL_GATE_COPIES`: gigabytes of checked copies on disk; 50 unless set.
 */
export function hubSettings(variable: (name: string) => string | undefined): Settings {
  const word = (name: string, words: readonly [string, string]): boolean => {
    const value = variable(name) ?? words[0];
    if (!words.includes(value)) throw new SettingError(`${name} is ${words.join(' or ')}, not "${value.slice(0, 40)}"`);
    return value === words[0];
  };
  const number = (name: string, most: number, otherwise: number): number => {
    const value = variable(name);
    if (value === undefined) return otherwise;
    if (!/^\d{1,6}$/.test(value) || Number(value) > most)
      throw new SettingError(`${name} is a number from 0 to ${most}, not "${value.slice(0, 40)}"`);
    return Number(value);
  };
  return {
    refusesIncomplete: word('SENTINEL_GATE_INCOMPLETE', ['refuse', 'serve']),
    takesIn: word('SENTINEL_GATE_UNKNOWN', ['take-in', 'refuse']),
    waitMs: number('SENTINEL_GATE_WAIT', 300, 8) * 1000,
    copiesBytes: number('SENTINEL_GATE_COPIES', 100_000, MAX_HUB_COPIES_BYTES / GB) * GB,
  };
}
