import { expect, test } from 'vitest';
import { collectOptions } from './collect-options.js';
import type { WorkerSetup } from './messages.js';

const SETUP: WorkerSetup = {
  limits: {},
  runDeadline: null,
  digests: false,
  identities: true,
  hashWhere: [],
  sources: [],
  repositories: false,
  roots: ['models'],
};

test('files around an artifact are looked for where sources or repositories are analysed, and nowhere else', () => {
  expect(Object.keys(collectOptions(SETUP))).not.toContain('neighbours');
  expect(collectOptions({ ...SETUP, repositories: true }).neighbours).toBeDefined();
  expect(collectOptions({ ...SETUP, sources: ['source.call'] }).neighbours).toBeDefined();
});
