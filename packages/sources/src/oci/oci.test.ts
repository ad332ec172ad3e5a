import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { scan, type Report } from '@artifact-sentinel/core/node';
import type { ScanInput } from '@artifact-sentinel/core/internal';
import { HttpClient, openSource, type SourceContext } from '@artifact-sentinel/sources';
import { nodeTransport } from '@artifact-sentinel/sources/node';
import { MAX_LISTED } from '../model/limits.js';
import { checkRealm, readChallenge } from './challenge.js';
import { digestOf, LOGIN, RegistryDouble } from '../../test/registry-double.js';
import { CLEAN, sourceErrorOf, SYSTEM } from '../../test/source-kit.js';

let double: RegistryDouble;
const clients: HttpClient[] = [];

beforeAll(async () => {
  double = await RegistryDouble.start();
});
beforeEach(() => double.reset());
afterAll(async () => {
  for (const client of clients) client.close();
  await double.close();
});

function context(files: Readonly<Record<string, string>> = {}): SourceContext {
  const variable = (name: string): string | undefined => (name === 'HOME' ? '/home/someone' : undefined);
  const client = new HttpClient({
    transport: nodeTransport({ variable }),
    addresses: 'any',
    backOffMs: 1,
    idleMs: 2_000,
  });
  clients.push(client);
  return { client, variable, readText: (path) => files[path] ?? null, signal: new AbortController().signal };
}

/** The file that `docker login` writes. */
function login(entry: Readonly<Record<string, unknown>> = { auth: btoa(LOGIN) }): Record<string, string> {
  return { '/home/someone/.docker/config.json': JSON.stringify({ auths: { [double.host]: entry } }) };
}

const address = (behind = ':v1'): string => `oci://${double.host}/org/model${behind}`;

async function* inputs(named: string, given: SourceContext): AsyncGenerator<ScanInput> {
  const source = await openSource(named, given);
  for await (const entry of source.list(given.signal)) {
    if (entry.kind === 'file') yield await entry.open(given.signal);
    else yield { path: entry.name, source: null, size: 0, problem: { cause: 'unreadable', reason: entry.reason } };
  }
}

function report(named = address(), given = context()): Promise<Report> {
  return scan(inputs(named, given), { today: '2026-11-23' });
}

function found({ findings }: Report): string[] {
  return findings.map(({ artifact, location }) => location.path.slice(Math.max(0, artifact.lastIndexOf('@') + 72)));
}

/** One file in a tar archive. */
function tar(name: string, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('ustar\x0000', 257, 'latin1');
  header.write('0', 156);
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512), Buffer.alloc(1024)]);
}

describe('layers', () => {
  test('every layer is looked at, whatever its media type says', async () => {
    double.push('v1', [
      { bytes: SYSTEM, title: 'weights/model.pkl', mediaType: 'application/vnd.cncf.model.weight.v1.raw' },
      { bytes: SYSTEM.subarray(0), title: 'README.md', mediaType: 'text/markdown' },
      { bytes: tar('in.pkl', SYSTEM), mediaType: 'application/vnd.cncf.model.weight.v1.tar' },
      { bytes: gzipSync(tar('packed.pkl', SYSTEM)), mediaType: 'application/vnd.kitops.modelkit.model.v1.tar+gzip' },
      { bytes: gzipSync(tar('lied.pkl', SYSTEM)), title: 'data', mediaType: 'application/vnd.docker.ai.safetensors' },
    ]);
    const { findings, incomplete } = await report();
    expect(incomplete).toEqual([]);
    const paths = findings.map(({ location }) => location.path);
    for (const name of ['/weights/model.pkl', '/README.md', '!in.pkl', '!packed.pkl', '!lied.pkl'])
      expect(paths.some((path) => path.endsWith(name))).toBe(true);
  });

  test('reports name the digest of the manifest, and one file is scanned by that name', async () => {
    const digest = double.push('v1', [
      { bytes: SYSTEM, title: 'a.pkl' },
      { bytes: CLEAN, title: 'b.pkl' },
    ]);
    const all = await report();
    expect(all.artifacts.map(({ path }) => path)).toContain(`oci://${double.host}/org/model@${digest}/b.pkl`);
    const [first] = all.findings;
    const again = await report(first?.artifact ?? '');
    expect(again.findings.map(({ fingerprint }) => fingerprint)).toEqual([first?.fingerprint]);
    expect(again.artifacts.map(({ path }) => path)).toEqual([first?.artifact]);
    expect((await sourceErrorOf(report(address(`@${digest}/c.pkl`)))).code).toBe('not-found');
  });

  test('an index is looked at with the manifests of all platforms', async () => {
    double.push('amd64', [{ bytes: CLEAN, title: 'model.pkl' }]);
    double.push('arm64', [{ bytes: SYSTEM, title: 'model.pkl' }]);
    const inner = double.put('inner', { schemaVersion: 2, manifests: [double.manifest('arm64')] });
    double.put('v1', {
      schemaVersion: 2,
      manifests: [
        { ...double.manifest('amd64'), platform: { os: 'linux' } },
        { ...double.manifest('inner'), digest: inner },
      ],
    });
    const { findings, incomplete } = await report();
    expect(incomplete).toEqual([]);
    expect(findings.map(({ artifact }) => artifact)).toEqual([
      expect.stringContaining(`/${double.manifest('arm64').digest.replace(':', '-')}/model.pkl`),
    ]);
  });

  test('two files of one name are both looked at', async () => {
    double.push('v1', [
      { bytes: SYSTEM, title: 'model.pkl' },
      { bytes: CLEAN, title: 'model.pkl' },
      { bytes: CLEAN, title: `model.pkl@${double.manifest('none').digest}` },
    ]);
    const { artifacts, findings } = await report();
    expect(new Set(artifacts.map(({ path }) => path)).size).toBe(artifacts.length);
    expect(artifacts.filter(({ path }) => path.includes('/model.pkl'))).toHaveLength(3);
    expect(findings).toHaveLength(1);
  });

  test('a config is looked at', async () => {
    double.push('other', [{ bytes: SYSTEM, title: 'x' }]);
    const config = {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: digestOf(SYSTEM),
      size: SYSTEM.length,
    };
    double.put('v1', { schemaVersion: 2, config, layers: [] });
    expect((await report()).findings.map(({ ruleId }) => ruleId)).toEqual(['PICKLE-EXEC']);
  });
});

describe('what does not fit', () => {
  const good = (): readonly { bytes: Uint8Array; title: string }[] => [{ bytes: SYSTEM, title: 'a.pkl' }];

  test('a manifest with other bytes than its digest is refused', async () => {
    const digest = double.push('v1', good());
    double.fault = ({ path }, response) => {
      if (!path.includes('/manifests/')) return false;
      response.writeHead(200).end('{"schemaVersion":2,"layers":[]}');
      return true;
    };
    const error = await sourceErrorOf(report(address(`@${digest}`)));
    expect(error.message).toContain('not those of its digest');
  });

  test('a tag whose answer names another digest is refused', async () => {
    double.push('v1', good());
    double.fault = ({ path }, response) => {
      if (!path.includes('/manifests/')) return false;
      response.writeHead(200, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end('{"layers":[]}');
      return true;
    };
    expect((await sourceErrorOf(report())).code).toBe('bad-answer');
  });

  test.each([
    ['an index that is a manifest too', { manifests: [], layers: [] }],
    ['schema version 1', { schemaVersion: 1, fsLayers: [], history: [] }],
    ['a list', []],
  ])('%s is refused', async (_what, document) => {
    double.put('v1', document);
    expect((await sourceErrorOf(report())).code).toBe('bad-answer');
  });

  test('a manifest of an index that cannot be read makes the run incomplete; the others are looked at', async () => {
    double.push('one', good());
    const gone = { mediaType: 'x', digest: `sha256:${'1'.repeat(64)}`, size: 100 };
    double.put('v1', { manifests: [gone, double.manifest('one')] });
    const given = context();
    const source = await openSource(address(), given);
    const names: string[] = [];
    const list = async (): Promise<void> => {
      for await (const entry of source.list(given.signal)) names.push(entry.name);
    };
    expect((await sourceErrorOf(list())).message).toContain('MANIFEST_UNKNOWN');
    expect(names.some((name) => name.endsWith('/a.pkl'))).toBe(true);
  });

  test('the size of a descriptor counts, before anything is read of a manifest and with a blob', async () => {
    double.push('one', good());
    double.put('v1', { manifests: [{ ...double.manifest('one'), size: 2 ** 52 }] });
    expect((await sourceErrorOf(report())).code).toBe('limit');
    expect(double.asked.filter(({ path }) => path.includes('sha256'))).toEqual([]);
    double.push('v2', [{ bytes: SYSTEM, title: 'a.pkl', more: { size: 7 } }]);
    expect((await report(address(':v2'))).incomplete[0]?.reason).toContain('changed');
  });

  test('indexes in indexes end', async () => {
    double.push('0', good());
    for (let i = 1; i < 8; i += 1) double.put(String(i), { manifests: [double.manifest(String(i - 1))] });
    double.put('v1', { manifests: [double.manifest('7')] });
    expect((await sourceErrorOf(report())).code).toBe('limit');
    // Four below the first one are looked at.
    double.put('v2', { manifests: [double.manifest('3')] });
    expect(found(await report(address(':v2')))).toHaveLength(1);
    double.put('v3', { manifests: [double.manifest('4')] });
    expect((await sourceErrorOf(report(address(':v3')))).code).toBe('limit');
  });

  test('more layers than are listed are said, and as many are not too many', async () => {
    const listed = async (count: number): Promise<number> => {
      double.put('v1', { layers: Array.from({ length: count }, () => 0) });
      const given = context();
      let problems = 0;
      for await (const { kind } of (await openSource(address(), given)).list(given.signal))
        problems += kind === 'problem' ? 1 : 0;
      return problems;
    };
    expect(await listed(MAX_LISTED)).toBe(MAX_LISTED);
    expect((await sourceErrorOf(listed(MAX_LISTED + 1))).code).toBe('limit');
  });

  test('a bad descriptor of an index is a problem, and the others are looked at', async () => {
    double.push('one', good());
    double.put('v1', { manifests: [{ digest: 'md5:00', size: 1 }, double.manifest('one')] });
    const all = await report();
    expect(all.incomplete.map(({ reason }) => reason)).toEqual([expect.stringContaining('without a digest')]);
    expect(found(all)).toHaveLength(1);
  });

  test.each([401, 403])('status %i is that access is refused', async (status) => {
    double.fault = (_asked, response) => {
      response.writeHead(status).end('{"errors": [{"code": "DENIED", "message": "no"}]}');
      return true;
    };
    const error = await sourceErrorOf(report());
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain(`access is refused (${status})`);
  });

  test('bad descriptors are problems', async () => {
    double.push('v1', [
      { bytes: SYSTEM, title: 'a.pkl' },
      { bytes: CLEAN, title: 'b.pkl', more: { digest: 'md5:00' } },
      { bytes: CLEAN, title: 'c.pkl', more: { size: -1 } },
      { bytes: CLEAN, title: 'd.pkl', more: { data: btoa('other bytes') } },
      { bytes: CLEAN, title: 'e.pkl', more: { data: CLEAN.toString('base64') } },
      { bytes: CLEAN, title: 'f.pkl', more: { data: Buffer.alloc(CLEAN.length, 'x').toString('base64') } },
    ]);
    const { incomplete, verdict } = await report();
    expect(verdict).toBe('fail');
    expect(incomplete.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('without a digest'),
      expect.stringContaining('without a size'),
      expect.stringContaining('carries other bytes'),
      expect.stringContaining('carries other bytes'),
    ]);
  });

  test('a blob that is not there is incomplete', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl', more: { digest: `sha256:${'2'.repeat(64)}` } }]);
    expect((await report()).incomplete[0]?.reason).toContain('BLOB_UNKNOWN');
  });
});

describe('who asks', () => {
  test('a token is asked for without a login, for reading and nothing else', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'bearer';
    expect(found(await report())).toHaveLength(1);
    const tokens = double.asked.filter(({ origin }) => origin === 'tokens');
    expect(tokens.map(({ query }) => [query.get('scope'), query.get('service')])).toEqual([
      ['repository:org/model:pull', 'the double'],
    ]);
  });

  test.each([
    ['a password', () => login()],
    ['a refresh token', () => login({ identitytoken: 'identity-of-someone' })],
  ])('%s of docker login gets a token', async (_what, files) => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'bearer';
    double.needsLogin = true;
    expect(found(await report(address(), context(files())))).toHaveLength(1);
    expect((await sourceErrorOf(report())).code).toBe('unauthorized');
  });

  test('a registry that wants a password gets it, and a redirect does not', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'basic';
    double.redirects = true;
    expect(found(await report(address(), context(login())))).toHaveLength(1);
    const stored = double.asked.filter(({ origin }) => origin === 'storage');
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect((await sourceErrorOf(report())).message).toContain('asks for a password');
  });

  test('a token stays with the registry, behind redirects too', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'bearer';
    double.redirects = true;
    expect(found(await report(address(), context(login())))).toHaveLength(1);
    const stored = double.asked.filter(({ origin }) => origin === 'storage');
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('a challenge is answered where the registry itself refuses, and nowhere else', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    const challenge = { 'www-authenticate': `Bearer realm="${double.origin('tokens')}/token"` };
    double.redirects = true;
    double.fault = ({ origin }, response) => {
      if (origin === 'storage') response.writeHead(401, challenge).end('no');
      // What is given needs no token, whatever else it says.
      else response.setHeader('www-authenticate', challenge['www-authenticate']);
      return origin === 'storage';
    };
    expect((await report(address(), context(login()))).incomplete.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('access is refused (401)'),
      expect.stringContaining('access is refused (401)'),
    ]);
    expect(double.asked.filter(({ origin }) => origin === 'tokens')).toEqual([]);
  });

  test('a realm on another host that speaks http is refused, and nothing is sent there', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'bearer';
    double.realm = `${double.origin('tokens').replace('127.0.0.1', 'localhost')}/token`;
    const error = await sourceErrorOf(report(address(), context(login())));
    expect(error.message).toContain('does not speak https');
    expect(double.asked.filter(({ origin }) => origin === 'tokens')).toEqual([]);
  });

  test('a server of tokens that redirects is not followed', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'bearer';
    double.fault = ({ origin }, response) => {
      if (origin !== 'tokens') return false;
      response.writeHead(302, { location: `${double.origin('storage')}/token` }).end();
      return true;
    };
    expect((await sourceErrorOf(report(address(), context(login())))).code).toBe('unauthorized');
    expect(double.asked.filter(({ origin }) => origin === 'storage')).toEqual([]);
  });

  test('a token that no header can hold is refused', async () => {
    double.push('v1', [{ bytes: SYSTEM, title: 'a.pkl' }]);
    double.auth = 'bearer';
    double.fault = ({ origin }, response) => {
      if (origin === 'tokens') response.writeHead(200).end('{"token":"a\\r\\nX-Evil: 1"}');
      return origin === 'tokens';
    };
    expect((await sourceErrorOf(report())).code).toBe('bad-answer');
  });

  test('a login with a helper program is named, and nothing is started', async () => {
    double.auth = 'basic';
    const files = { '/home/someone/.docker/config.json': '{"credsStore":"desktop"}' };
    expect((await sourceErrorOf(report(address(), context(files)))).message).toContain('docker-credential-desktop');
    // Nothing is said of a login that there is not.
    expect((await sourceErrorOf(report())).message).not.toContain('login');
  });
});

describe('realms', () => {
  const https = new URL('https://registry.example.com');
  test.each([
    ['https://registry.example.com/token', true],
    ['https://auth.example.com/token', true],
    ['https://registry.example.com:8443/token', true],
    ['https://auth.example.org/token', false],
    ['https://example.com.evil.net/', false],
  ])('%s: trusted %s', (realm, isTrusted) => {
    expect(checkRealm('oci://x', https, realm).isTrusted).toBe(isTrusted);
  });

  test.each([
    'http://registry.example.com/token',
    'https://169.254.169.254/latest',
    'https://[::1]/token',
    'https://user:pw@registry.example.com/',
    'ftp://registry.example.com/',
    'no address',
  ])('%s is refused', (realm) => {
    expect(() => checkRealm('oci://x', https, realm)).toThrow(/server of tokens/);
  });

  test.each([
    'https://me@auth.example.com/',
    'https://:secret@auth.example.com/',
    'https://me:secret@auth.example.com/',
  ])('the realm %s has a password, or a name for one', (realm) => {
    expect(() => checkRealm('oci://x', https, realm)).toThrow('with a password in its address');
  });

  test('owners below a public suffix are not one owner', () => {
    const registry = new URL('https://registry.one.co.uk');
    expect(checkRealm('x', registry, 'https://auth.two.co.uk/').isTrusted).toBe(false);
    expect(checkRealm('x', registry, 'https://auth.one.co.uk/').isTrusted).toBe(true);
  });

  test('challenges are read by their grammar', () => {
    expect(readChallenge('Negotiate, Bearer service="a\\"b, c" , realm="https://x/y?z=1"')).toEqual({
      scheme: 'bearer',
      realm: 'https://x/y?z=1',
      service: 'a"b, c',
    });
    expect(readChallenge('Basic realm="x"')).toEqual({ scheme: 'basic' });
    expect(readChallenge('Bearer')).toBeNull();
    expect(readChallenge('"'.repeat(8000))).toBeNull();
    expect(readChallenge(null)).toBeNull();
  });
});

test.each(['oci://', 'oci://host', 'oci://host/Upper', 'oci://host/../x', 'oci://host/a@sha256:0', 'oci://u@h/a'])(
  '%s is refused before anything is asked',
  async (named) => {
    const error = await sourceErrorOf(report(named));
    expect([error.code, error.message.includes('u@h')]).toEqual(['usage', false]);
    expect(double.asked).toEqual([]);
  },
);
