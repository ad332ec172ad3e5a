import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LOGIN, RegistryDouble } from '../../sources/test/registry-double.js';
import { KEY_ID, S3Double, SECRET } from '../../sources/test/s3-double.js';
import { Cli, PICKLES } from './kit.js';

const cli = new Cli();
const ALLOW = '--allow-private';
let bucket: S3Double;
let registry: RegistryDouble;

beforeAll(async () => {
  [bucket, registry] = await Promise.all([S3Double.start(), RegistryDouble.start()]);
});
beforeEach(() => {
  bucket.reset();
  registry.reset();
});
afterAll(() => Promise.all([bucket.close(), registry.close()]));

const environment = (): Record<string, string> => ({
  AWS_ENDPOINT_URL_S3: bucket.endpoint,
  AWS_ACCESS_KEY_ID: KEY_ID,
  AWS_SECRET_ACCESS_KEY: SECRET,
});

interface Retested {
  readonly code: number | null;
  readonly stderr: string;
  /** Status of each finding, and where it is now. */
  readonly found: readonly (readonly [string, string | null])[];
}

/** A folder with the report on an address. */
async function scanned(address: string, env: Readonly<Record<string, string>>): Promise<string> {
  const folder = cli.folder({});
  const { code } = await cli.runBeside(folder, ['artifact', address, ALLOW, '-f', 'json=report.json', '-q'], env);
  expect(code).toBe(1);
  return folder;
}

const pathsOf = (folder: string): readonly string[] | undefined =>
  (JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report).run?.paths;

async function retest(
  folder: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Retested> {
  const run = await cli.runBeside(folder, ['retest', 'report.json', ALLOW, '-f', 'json', '-q', ...args], env);
  if (!run.stdout.startsWith('{')) return { ...run, found: [] };
  const { findings } = JSON.parse(run.stdout) as { findings: { status: string; after: { path: string } | null }[] };
  return { ...run, found: findings.map(({ status, after }) => [status, after?.path ?? null]) };
}

test('an object of a bucket with versions is retested in the version of the report', async () => {
  bucket.versioned = true;
  bucket.put('a.pkl', PICKLES.system);
  const folder = await scanned('s3://models/a.pkl', environment());
  expect(pathsOf(folder)).toEqual(['s3://models/a.pkl?versionId=v1']);
  bucket.put('a.pkl', PICKLES.clean);
  expect(await retest(folder, environment())).toMatchObject({
    code: 1,
    found: [['open', 's3://models/a.pkl?versionId=v1']],
  });
  expect(await retest(folder, environment(), 's3://models/a.pkl')).toMatchObject({
    code: 0,
    found: [['closed', 's3://models/a.pkl?versionId=v2']],
  });
});

test('a prefix, and an object of a bucket without versions, are retested as they are now', async () => {
  for (const address of ['s3://models/x/', 's3://models/x/a.pkl']) {
    bucket.put('x/a.pkl', PICKLES.system);
    const folder = await scanned(address, environment());
    expect(pathsOf(folder)).toEqual([address]);
    expect((await retest(folder, environment())).found).toEqual([['open', 's3://models/x/a.pkl']]);
    bucket.put('x/a.pkl', PICKLES.clean);
    expect((await retest(folder, environment())).found).toEqual([['closed', 's3://models/x/a.pkl']]);
  }
});

test('a registry is asked where the user is logged in, or allows it, at the digest of the report', async () => {
  const digest = registry.push('v1', [{ bytes: PICKLES.system, title: 'a.pkl' }]);
  const { host } = registry;
  const address = `oci://${host}/org/model`;
  const folder = await scanned(`${address}:v1`, {});
  expect(pathsOf(folder)).toEqual([`${address}@${digest}`]);
  registry.push('v1', [{ bytes: PICKLES.clean, title: 'a.pkl' }]);
  registry.asked.length = 0;
  for (const args of [[], ['--allow-host', 'registry.example.org']]) {
    const refused = await retest(folder, {}, ...args);
    expect([refused.code, refused.found]).toEqual([2, []]);
    expect(refused.stderr).toMatch(/a report sends no request to a server that it names; .* --allow-host/);
  }
  expect(registry.asked).toEqual([]);
  const open = { code: 1, found: [['open', `${address}@${digest}/a.pkl`]] };
  expect(await retest(folder, {}, '--allow-host', host)).toMatchObject(open);
  const auths = { [host]: { auth: Buffer.from(LOGIN).toString('base64') } };
  const home = cli.folder({ 'config.json': JSON.stringify({ auths }) });
  expect(await retest(folder, { DOCKER_CONFIG: home })).toMatchObject(open);
  const other = cli.folder({ 'config.json': JSON.stringify({ auths: { 'registry.example.org': auths[host] } }) });
  expect((await retest(folder, { DOCKER_CONFIG: other })).code).toBe(2);
});
