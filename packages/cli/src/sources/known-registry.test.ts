import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { isKnownRegistry } from './known-registry.js';

afterEach(() => vi.unstubAllEnvs());

const DIGEST = `sha256:${'a1'.repeat(32)}`;

test.each([
  [`oci://registry.example.org/org/model@${DIGEST}`, true],
  [`oci://registry.example.org/org/model@sha512:${'a1'.repeat(64)}`, true],
  // Another one, and one whose tag can move.
  [`oci://other.example.org/org/model@${DIGEST}`, false],
  ['oci://registry.example.org/org/model:latest', false],
  ['oci://registry.example.org/org/model', false],
  ['https://registry.example.org/m.pkl', false],
  [`https://registry.example.org/m@${DIGEST}`, false],
])('the user is logged in to the registry of %s: %s', (address, is) => {
  const folder = folderOfTest('sentinel-registry-');
  const auth = Buffer.from('me:secret').toString('base64');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { 'registry.example.org': { auth } } }));
  vi.stubEnv('DOCKER_CONFIG', folder);
  expect(isKnownRegistry(address)).toBe(is);
});
