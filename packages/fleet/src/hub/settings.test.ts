import { expect, test } from 'vitest';
import { hubSettings, SettingError } from './settings.js';

const of = (variables: Readonly<Record<string, string>>) => hubSettings((name) => variables[name]);

test('denies by default', () => {
  expect(of({})).toEqual({ refusesIncomplete: true, takesIn: true, waitMs: 8_000, copiesBytes: 50 * 2 ** 30 });
});

test('says otherwise where it is told', () => {
  const set = {
    SENTINEL_GATE_INCOMPLETE: 'serve',
    SENTINEL_GATE_UNKNOWN: 'refuse',
    SENTINEL_GATE_WAIT: '0',
    SENTINEL_GATE_COPIES: '1',
  };
  expect(of(set)).toEqual({ refusesIncomplete: false, takesIn: false, waitMs: 0, copiesBytes: 2 ** 30 });
});

test.each([
  ['SENTINEL_GATE_INCOMPLETE', 'yes'],
  ['SENTINEL_GATE_INCOMPLETE', ''],
  ['SENTINEL_GATE_UNKNOWN', 'serve'],
  ['SENTINEL_GATE_WAIT', '-1'],
  ['SENTINEL_GATE_WAIT', '301'],
  ['SENTINEL_GATE_COPIES', '1e3'],
])('%s=%s is none', (name, value) => expect(() => of({ [name]: value })).toThrow(SettingError));
