import type { Platform } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { nodePlatform, withNode } from './platform.js';

test('what Node brings stands behind what the caller brings', () => {
  const now = (): number => 7;
  const options: { readonly today: string; readonly platform?: Partial<Platform> } = { today: '2026-06-01' };
  expect(withNode(options)).toEqual({ ...options, platform: nodePlatform });
  expect(withNode({ platform: { now } })).toEqual({ platform: { ...nodePlatform, now } });
});

test.each([[null], [undefined], ['text'], [7]])('options that are %j are left for the core to refuse', (options) => {
  expect(withNode(options as never)).toBe(options);
});

test.each([[null], ['text'], [7]])('a platform that is %j is left for the core to refuse', (platform) => {
  const options = { platform } as never;
  expect(withNode(options)).toBe(options);
});
