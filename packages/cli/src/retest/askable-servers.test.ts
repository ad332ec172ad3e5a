import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { askableServers } from './askable-servers.js';

afterEach(() => vi.unstubAllEnvs());

/** Of these scanned paths, those whose servers may be asked. */
async function askable(paths: readonly string[], ...allowed: string[]): Promise<readonly string[]> {
  const mayAsk = await askableServers(paths, allowed);
  return paths.filter(mayAsk);
}

test('the servers of the environment are asked, whatever else the report names', async () => {
  const own = ['hf://org/m', 'HF://org/m', 'hf-cache:org/m', 's3://b/m.pkl', 'gs://b/m.pkl'];
  expect(await askable([...own, 'https://example.org/m.pkl', 'models'])).toEqual(own);
  expect(await askable(own.slice(0, 1))).toEqual(['hf://org/m']);
});

test('another one is asked where it is allowed, with its port, in capitals or not', async () => {
  const paths = [
    'https://example.org/m.pkl',
    'HTTPS://Example.org?m',
    'https://example.org#m',
    'https://example.org',
    'https://example.org:8443/m.pkl',
    'https://sub.example.org/m.pkl',
    'oci://example.org/org/m:latest',
  ];
  expect(await askable(paths)).toEqual([]);
  const named = ['HTTPS://Example.org?m', 'https://example.org#m', 'https://example.org'];
  expect(await askable(paths, 'EXAMPLE.ORG')).toEqual([paths[0], ...named, paths[6]]);
  expect(await askable(paths.slice(0, 1), 'example.org')).toEqual(paths.slice(0, 1));
  expect(await askable(paths, 'example.org:8443', 'sub.example.org')).toEqual([paths[4], paths[5]]);
});

test('an address with a user, a backslash or no server has none that is allowed', async () => {
  const paths = ['https://example.org@evil.org/m', 'https://evil.org\\@example.org/m', 'https:///m'];
  expect(await askable(paths, 'example.org', 'evil.org', 'example.org@evil.org', '')).toEqual([]);
});

test('an address that the report does not scan is not asked', async () => {
  const mayAsk = await askableServers(['https://example.org/m.pkl'], ['example.org']);
  expect(mayAsk('https://example.org/other.pkl')).toBe(false);
});

test('a registry is asked where the user is logged in to it', async () => {
  const folder = folderOfTest('sentinel-askable-');
  const auth = Buffer.from('me:secret').toString('base64');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { 'registry.example.org': { auth } } }));
  vi.stubEnv('DOCKER_CONFIG', folder);
  const at = `@sha256:${'a1'.repeat(32)}`;
  const paths = [`oci://registry.example.org/m${at}`, `oci://other.example.org/m${at}`];
  expect(await askable(paths)).toEqual(paths.slice(0, 1));
});
