import { expect, test } from 'vitest';
import { UsageError } from '../model/errors.js';
import { parseThreshold } from './threshold.js';

test.each([
  ['strict', 0],
  ['Moderate', 1],
  ['permissive', 2],
  ['LIKELY_SAFE', 0],
  ['likely-overtly-malicious', 4],
  ['OVERTLY_MALICIOUS', 5],
])('%s is level %i', (name, level) => {
  expect(parseThreshold(name)).toBe(level);
});

test.each(['', '0', 'toString', 'safe'])('%j is refused', (name) => {
  expect(() => parseThreshold(name)).toThrow(UsageError);
});
