import { expect, test } from 'vitest';
import { isRecentNode } from './run.js';

test.each([
  ['20.19.5', false],
  ['21.99.0', false],
  ['22.11.9', false],
  ['22.12.0', true],
  ['22.13.1', true],
  ['23.0.0', true],
  ['24.1.0', true],
])('Node %s: %s', (version, is) => expect(isRecentNode(version)).toBe(is));
