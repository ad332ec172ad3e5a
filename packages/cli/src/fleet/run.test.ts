import { expect, onTestFinished, test } from 'vitest';
import { isMissing, isRecentNode, runFleet } from './run.js';

test.each([
  ['20.19.5', false],
  ['21.99.0', false],
  ['22.11.9', false],
  ['22.12.0', true],
  ['22.13.1', true],
  ['23.0.0', true],
  ['24.1.0', true],
])('Node %s: %s', (version, is) => expect(isRecentNode(version)).toBe(is));

test('an older Node is bad usage, before anything is loaded', async () => {
  const { versions } = process;
  Object.defineProperty(process, 'versions', { configurable: true, value: { ...versions, node: '22.11.9' } });
  onTestFinished(() => void Object.defineProperty(process, 'versions', { value: versions }));
  await expect(runFleet('worker', {})).rejects.toThrow('worker needs Node 22.12 or later; this is 22.11.9');
});

test.each([
  [Object.assign(new Error('a'), { code: 'ERR_MODULE_NOT_FOUND' }), true],
  [Object.assign(new Error('a'), { code: 'MODULE_NOT_FOUND' }), true],
  [Object.assign(new Error('a'), { code: 'ERR_REQUIRE_ESM' }), false],
  [new Error('a'), false],
  [{ code: 'MODULE_NOT_FOUND' }, false],
  ['MODULE_NOT_FOUND', false],
])('%o says that a package is not there: %s', (error, is) => expect(isMissing(error)).toBe(is));
