import { describe, expect, test } from 'vitest';
import { check, structFact } from '../../../test/fact-kit.js';
import { STRUCT_SIGNALS } from '../../model/fact.js';
import { STRUCT_TABLE } from './struct-signals.js';
import rule from './struct.js';

describe('PICKLE-STRUCT', () => {
  test('every signal has its row and a sentence without a full stop', () => {
    expect(Object.keys(STRUCT_TABLE).sort()).toEqual([...STRUCT_SIGNALS].sort());
    for (const row of Object.values(STRUCT_TABLE)) expect(row.sentence).toMatch(/^[A-Z].*[^.]$/);
  });

  test('the code is the signal; detail and count stand in the message', () => {
    const match = check(rule, structFact('memo-rewritten', { detail: "slot 3: 'os' becomes 'sys'", count: 4 }));
    expect(match).toMatchObject({ signal: 'memo-rewritten', call: null, level: 3 });
    expect(match?.message).toMatch(/ \(slot 3: 'os' becomes 'sys'; 4 times, the first one here\)\.$/);
    expect(match).not.toHaveProperty('quiet');
  });

  test.each(['trailing-bytes', 'proto-missing'] as const)('is quiet on %s: it only raises the level', (signal) => {
    expect(check(rule, structFact(signal))).toMatchObject({ quiet: true, level: 1 });
  });
});
