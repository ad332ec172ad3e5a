import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scan, type Report } from '@artifact-sentinel/core/node';
import { createHash } from 'node:crypto';
import { EVERY_ARTIFACT, type ScanInput } from '@artifact-sentinel/core/internal';
import { collect } from '@artifact-sentinel/core/node/internal';
import { HttpClient, openSource, type SourceContext } from '@artifact-sentinel/sources';
import { nodeTransport } from '@artifact-sentinel/sources/node';
import { MAX_ORDERED } from '../model/limits.js';
import { KEY_ID, S3Double, SECRET } from '../../test/s3-double.js';
import { CLEAN, sourceErrorOf, SYSTEM } from '../../test/source-kit.js';

let double: S3Double;
const clients: HttpClient[] = [];

beforeAll(async () => {
  double = await S3Double.start();
});
beforeEach(() => double.reset());
afterAll(async () => {
  for (const client of clients) client.close();
  await double.close();
});

const KEYS = { AWS_ACCESS_KEY_ID: KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET };

function context(
  variables: Readonly<Record<string, string>> = KEYS,
  files: Readonly<Record<string, string>> = {},
): SourceContext {
  const environment: Readonly<Record<string, string>> = {
    AWS_ENDPOINT_URL_S3: double.endpoint,
    GS_ENDPOINT_URL: double.endpoint,
    HOME: '/home/someone',
    ...variables,
  };
  const variable = (name: string): string | undefined => environment[name];
  const client = new HttpClient({
    transport: nodeTransport({ variable }),
    addresses: 'any',
    backOffMs: 1,
    idleMs: 2_000,
  });
  clients.push(client);
  return { client, variable, readText: (path) => files[path] ?? null, signal: new AbortController().signal };
}

async function names(address: string, given = context()): Promise<string[]> {
  const source = await openSource(address, given);
  const found: string[] = [];
  for await (const entry of source.list(given.signal))
    found.push(entry.kind === 'file' ? entry.path : `${entry.name}: ${entry.reason}`);
  return found;
}

async function* inputs(address: string, given: SourceContext): AsyncGenerator<ScanInput> {
  const source = await openSource(address, given);
  for await (const entry of source.list(given.signal)) {
    if (entry.kind === 'file') yield await entry.open(given.signal);
    else yield { path: entry.name, source: null, size: 0, problem: { cause: 'unreadable', reason: entry.reason } };
  }
}

function report(address: string, given = context()): Promise<Report> {
  return scan(inputs(address, given), { today: '2026-11-23' });
}

describe('listing', () => {
  test('a bucket is listed page by page, every request signed', async () => {
    for (let i = 0; i < 25; i += 1) double.put(`run/${String(i).padStart(2, '0')}.pkl`, CLEAN);
    double.pageSize = 4;
    expect(await names('s3://models/run/')).toHaveLength(25);
    expect(double.asked).toHaveLength(7);
    expect(double.asked.every(({ headers }) => headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true)).toBe(
      true,
    );
  });

  test('of a large bucket only a page is held', async () => {
    for (let i = 0; i < 15_500; i += 1) double.put(`many/${String(i).padStart(6, '0')}.pkl`, CLEAN);
    const given = context();
    let listed = 0;
    let most = 0;
    const source = await openSource('s3://models/many/', given);
    for await (const entry of source.list(given.signal)) {
      if (entry.kind === 'file') listed += 1;
      const held = double.asked.length * double.pageSize - listed;
      if (listed > MAX_ORDERED) most = Math.max(most, held);
    }
    expect(listed).toBe(15_500);
    expect(most).toBeLessThanOrEqual(2 * double.pageSize);
  });

  test('of a large bucket an object that comes twice makes the listing incomplete', async () => {
    for (let i = 0; i < 12_500; i += 1) double.put(`many/${String(i).padStart(6, '0')}.pkl`, CLEAN);
    double.rewrite = (xml, page) => (page === 11 ? xml.replace('many/011003', 'many/000001') : xml);
    expect((await sourceErrorOf(names('s3://models/many/'))).message).toContain('order of its keys');
    double.rewrite = (xml, page) => (page === 2 ? xml.replace('many/002003', 'many/000001x') : xml);
    expect((await sourceErrorOf(names('s3://models/many/'))).message).toContain(
      'of more than 10000 objects is not in the order of its keys',
    );
  });

  test('more objects than are allowed are said', async () => {
    for (let i = 0; i < 9; i += 1) double.put(`many/${i}.pkl`, CLEAN);
    double.pageSize = 2;
    const listed: string[] = [];
    const list = async (mostListed: number): Promise<void> => {
      const given = { ...context(), mostListed };
      for await (const { name } of (await openSource('s3://models/many/', given)).list(given.signal)) listed.push(name);
    };
    expect((await sourceErrorOf(list(3))).code).toBe('limit');
    expect(listed.splice(0)).toHaveLength(4);
    // As many as are allowed are not more.
    expect((await sourceErrorOf(list(4))).code).toBe('limit');
    expect(listed).toHaveLength(6);
  });

  test.each([
    'a b.pkl',
    'a+b.pkl',
    'ünïcode 漢字.pkl',
    "quote'(1)*!.pkl",
    'percent%2Fencoded.pkl',
    'tag<&>"\u0001\n.pkl',
    'a//b.pkl',
    'query?x=1#y.pkl',
    '\u202Ertl.pkl',
  ])('an object named %j is listed and read by its key', async (name) => {
    double.put(`dir/${name}`, SYSTEM);
    const { findings, incomplete } = await report('s3://models/dir/');
    expect(incomplete).toEqual([]);
    expect(findings.map(({ artifact, ruleId }) => [artifact, ruleId])).toEqual([
      [`s3://models/dir/${name}`, 'PICKLE-EXEC'],
    ]);
  });

  test('keys with dot segments are problems, and nothing is asked for under them', async () => {
    double.put('dir/../../other/x.pkl', SYSTEM);
    double.put('dir/ok.pkl', CLEAN);
    const { verdict, incomplete, artifacts } = await report('s3://models/dir/');
    expect(verdict).toBe('incomplete');
    expect(incomplete).toEqual([
      expect.objectContaining({
        path: 's3://models/dir/../../other/x.pkl',
        reason: expect.stringContaining('segment . or ..'),
      }),
    ]);
    expect(artifacts.map(({ path }) => path)).toContain('s3://models/dir/ok.pkl');
    expect(double.asked.some(({ path }) => path.includes('other'))).toBe(false);
  });

  test('one object is named by its key, without those that begin like it', async () => {
    double.put('m/model.pkl', SYSTEM);
    double.put('m/model.pkl.bak', SYSTEM);
    expect(await names('s3://models/m/model.pkl')).toEqual(['model.pkl']);
    expect(await names('s3://models/m')).toEqual(['model.pkl', 'model.pkl.bak']);
    expect(await names('s3://models')).toEqual(['m/model.pkl', 'm/model.pkl.bak']);
    expect((await sourceErrorOf(names('s3://models/m/mod'))).code).toBe('not-found');
  });

  test.each([
    ['a page that goes on without a token', (xml: string) => xml.replace(/<NextC.*?<\/NextContinuationToken>/, '')],
    ['the same page again', (xml: string) => xml.replace(/<NextC.*?<\/NextC/, '<NextContinuationToken>0</NextC')],
    ['no word on its end', (xml: string) => xml.replace(/<IsTruncated>.*?<\/IsTruncated>/, '')],
    ['half a document', (xml: string) => xml.slice(0, -30)],
    ['an entity of its own', (xml: string) => xml.replace('<Key>', '<Key>&own;')],
    ['a document type', (xml: string) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY own "x">]>')],
  ])('%s makes the run incomplete', async (_what, rewrite) => {
    for (let i = 0; i < 6; i += 1) double.put(`${i}.pkl`, SYSTEM);
    double.pageSize = 2;
    double.rewrite = (xml, page) => (page === 1 ? rewrite(xml) : xml);
    const listed: string[] = [];
    const given = context();
    const source = await openSource('s3://models', given);
    const list = async (): Promise<void> => {
      for await (const entry of source.list(given.signal)) listed.push(entry.name);
    };
    expect((await sourceErrorOf(list())).code).toBe('bad-answer');
    expect(listed.length).toBeGreaterThanOrEqual(2);
  });

  test('who may not list may read the object that is named', async () => {
    double.put('m/model.pkl', SYSTEM);
    double.listIsForbidden = true;
    const { findings } = await report('s3://models/m/model.pkl');
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['PICKLE-EXEC']);
    expect((await sourceErrorOf(names('s3://models/m/other.pkl'))).message).toContain('AccessDenied');
  });
});

describe('states', () => {
  test('an object that is replaced after the listing is incomplete, by If-Match', async () => {
    double.put('a.pkl', SYSTEM);
    double.fault = ({ query, path }) => {
      if (!query.has('list-type') && path.endsWith('a.pkl'))
        double.put('a.pkl', Buffer.concat([CLEAN, CLEAN]).subarray(0, SYSTEM.length));
      return false;
    };
    const { verdict, incomplete } = await report('s3://models/');
    expect(verdict).toBe('incomplete');
    expect(incomplete[0]?.reason).toContain('changed');
  });

  test('the same where the server does not know If-Match', async () => {
    double.put('a.pkl', SYSTEM);
    double.ignoresIfMatch = true;
    double.fault = ({ query }) => {
      if (!query.has('list-type')) double.put('a.pkl', Buffer.alloc(SYSTEM.length, 'N'));
      return false;
    };
    expect((await report('s3://models/')).incomplete[0]?.reason).toContain('it changed since it was listed');
  });

  test('an object that is gone is incomplete', async () => {
    double.put('a.pkl', SYSTEM);
    double.fault = ({ query }) => {
      if (!query.has('list-type')) double.delete('a.pkl');
      return false;
    };
    expect((await report('s3://models/')).incomplete[0]?.reason).toContain('NoSuchKey');
  });

  test('a version is read by its ID', async () => {
    double.put('a.pkl', SYSTEM);
    double.put('a.pkl', CLEAN);
    expect((await report('s3://models/a.pkl')).findings).toEqual([]);
    const { findings } = await report('s3://models/a.pkl?versionId=v1');
    expect(findings.map(({ artifact }) => artifact)).toEqual(['s3://models/a.pkl?versionId=v1']);
  });
});

describe('in a bucket with versions', () => {
  test('an object that is named is the version that it is now', async () => {
    double.put('a.pkl', CLEAN);
    double.put('a.pkl', SYSTEM);
    double.versioned = true;
    const given = context();
    expect((await openSource('s3://models/a.pkl', given)).pinned).toBe('s3://models/a.pkl?versionId=v2');
    double.redirects = true;
    // What a server behind a redirect says is not the word of the storage.
    expect((await openSource('s3://models/a.pkl', given)).pinned).toBe('s3://models/a.pkl');
  });
});

describe('redirects', () => {
  test('a SHA-256 that the storage has of an object is evidence, and compared where the bytes are hashed', async () => {
    double.put('a.pkl', SYSTEM);
    const claims = async (hashWhere: readonly string[] = []) => {
      const given = context();
      const opened: ScanInput[] = [];
      for await (const entry of (await openSource('s3://models/a.pkl', given)).list(given.signal))
        if (entry.kind === 'file') opened.push(await entry.open(given.signal));
      const [input] = opened;
      if (input === undefined) throw new Error('nothing is listed');
      const { sha256, claimedSha256, notices } = await collect(input, { hashWhere });
      return [sha256, claimedSha256, notices.map(({ reason }) => reason)];
    };
    const digest = createHash('sha256').update(SYSTEM).digest('hex');
    expect(await claims()).toEqual([null, undefined, []]);
    double.checksums = 'COMPOSITE';
    expect(await claims()).toEqual([null, undefined, []]);
    double.checksums = 'FULL_OBJECT';
    expect(await claims()).toEqual([null, digest, []]);
    expect(await claims([EVERY_ARTIFACT])).toEqual([digest, digest, []]);
    const other = createHash('sha256').update('other').digest();
    double.fault = (asked, response) => {
      if (asked.headers['x-amz-checksum-mode'] === undefined) return false;
      response.setHeader('x-amz-checksum-sha256', other.toString('base64'));
      response.writeHead(200).end();
      return true;
    };
    expect(await claims([EVERY_ARTIFACT])).toEqual([
      digest,
      other.toString('hex'),
      [`its bytes have the SHA-256 ${digest}, and the source claims ${other.toString('hex')}`],
    ]);
    // It is no reason to fail, whatever comes instead of it.
    double.fault = (asked, response) => {
      if (asked.headers['x-amz-checksum-mode'] === undefined) return false;
      response.destroy();
      return true;
    };
    expect(await claims()).toEqual([null, undefined, []]);
    double.fault = (asked, response) =>
      asked.headers['x-amz-checksum-mode'] !== undefined && Boolean(response.writeHead(403).end());
    expect(await claims()).toEqual([null, undefined, []]);
  });

  test('objects behind a redirect are read there, without credentials and conditions', async () => {
    double.put('a.pkl', SYSTEM);
    double.redirects = true;
    const { findings } = await report('s3://models/', context({ ...KEYS, AWS_SESSION_TOKEN: 'token-of-a-session' }));
    expect(findings).toHaveLength(1);
    const behind = double.asked.filter(({ origin }) => origin === 'cdn');
    expect(behind.length).toBeGreaterThan(0);
    for (const { headers } of behind) {
      expect(Object.keys(headers).filter((name) => /authorization|x-amz|if-match/.test(name))).toEqual([]);
      expect(JSON.stringify(headers)).not.toContain('token-of-a-session');
    }
  });

  test('a bucket of another region is signed anew for it', async () => {
    double.put('a.pkl', SYSTEM);
    double.region = 'eu-central-1';
    double.fault = ({ headers }, response) => {
      if (headers.authorization?.includes('/eu-central-1/') === true) return false;
      response.writeHead(301, { 'x-amz-bucket-region': 'eu-central-1' }).end();
      return true;
    };
    expect((await report('s3://models/')).findings).toHaveLength(1);
    // Known for good.
    expect(double.asked.filter(({ headers }) => headers.authorization?.includes('/us-east-1/') === true)).toHaveLength(
      1,
    );
  });

  test.each([
    [301, 2],
    [307, 2],
    [400, 2],
    [403, 2],
    [401, 1],
    [404, 1],
  ])('another region in an answer of status %i is asked %i times', async (status, times) => {
    double.fault = (_asked, response) => {
      response.writeHead(status, { 'x-amz-bucket-region': 'eu-central-1' }).end();
      return true;
    };
    await sourceErrorOf(names('s3://models'));
    expect(double.asked.map(({ headers }) => /us-east-1|eu-central-1/.exec(headers.authorization ?? '')?.[0])).toEqual(
      ['us-east-1', 'eu-central-1'].slice(0, times),
    );
  });

  test('of an error without an end the beginning is read', async () => {
    double.fault = (_asked, response) => {
      response.writeHead(404);
      const more = setInterval(() => response.write(Buffer.alloc(65_536, 'x')), 1);
      response.on('close', () => clearInterval(more));
      return true;
    };
    expect((await sourceErrorOf(names('s3://models'))).code).toBe('not-found');
  });

  test('a region that is no name of one is not followed', async () => {
    double.fault = (_asked, response) => {
      response.writeHead(301, { 'x-amz-bucket-region': 'evil.example/' }).end();
      return true;
    };
    expect((await sourceErrorOf(names('s3://models'))).code).toBe('redirect');
    expect(double.asked).toHaveLength(1);
  });
});

describe('credentials', () => {
  const CREDENTIALS = `[default]\naws_access_key_id = AKIDEFAULT\naws_secret_access_key = x\n[work]\naws_access_key_id=${KEY_ID}\naws_secret_access_key=${SECRET}\n`;

  test('of a profile', async () => {
    double.put('a.pkl', CLEAN);
    const files = { '/home/someone/.aws/credentials': CREDENTIALS };
    expect(await names('s3://models', context({ AWS_PROFILE: 'work' }, files))).toEqual(['a.pkl']);
    expect((await sourceErrorOf(names('s3://models', context({}, files)))).message).toContain('InvalidAccessKeyId');
    expect((await sourceErrorOf(names('s3://models', context({ AWS_PROFILE: 'none' }, files)))).code).toBe('usage');
  });

  test('region and endpoint of the profile in the config file', async () => {
    double.put('a.pkl', CLEAN);
    double.region = 'eu-west-3';
    const files = {
      '/home/someone/.aws/credentials': CREDENTIALS,
      '/home/someone/.aws/config': `[profile work]\nregion = eu-west-3\nendpoint_url = ${double.endpoint}\ns3 =\n  region = none\n`,
    };
    expect(await names('s3://models', context({ AWS_PROFILE: 'work', AWS_ENDPOINT_URL_S3: '' }, files))).toEqual([
      'a.pkl',
    ]);
  });

  test('none are needed where anybody may read, and the report says so', async () => {
    double.put('a.pkl', CLEAN);
    double.isPublic = true;
    const given = context({});
    const source = await openSource('s3://models', given);
    for await (const entry of source.list(given.signal)) expect(entry.kind).toBe('file');
    expect(source.notes).toEqual([expect.stringContaining('as anybody can read it')]);
    expect(double.asked[0]?.headers.authorization).toBeUndefined();
    double.isPublic = false;
    expect((await sourceErrorOf(names('s3://models', given))).message).toContain('without credentials');
  });

  test.each([
    ['AWS SSO', { '/home/someone/.aws/config': '[default]\nsso_session = work\n' }, {}],
    ['a program', { '/home/someone/.aws/config': '[default]\ncredential_process = /bin/sh -c id\n' }, {}],
    ['a role', { '/home/someone/.aws/config': '[default]\nrole_arn = arn:aws:iam::1:role/x\n' }, {}],
    ['a web identity', {}, { AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token', AWS_ROLE_ARN: 'x' }],
    ['the container', {}, { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/x' }],
  ])('of %s are not asked for, which is said at once', async (words, files, variables) => {
    const error = await sourceErrorOf(names('s3://models', context(variables, files)));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain(words);
    expect(double.asked).toEqual([]);
  });

  test('no secret stands in a message', async () => {
    double.put('a.pkl', CLEAN);
    const wrong = context({ ...KEYS, AWS_SECRET_ACCESS_KEY: 'wrong-secret', AWS_SESSION_TOKEN: 'session-token' });
    const { message } = await sourceErrorOf(names('s3://models', wrong));
    expect(message).toContain('SignatureDoesNotMatch');
    expect(message).not.toMatch(/wrong-secret|session-token/);
  });

  test('gs:// takes HMAC keys of its own, and never those of AWS', async () => {
    double.put('a.pkl', SYSTEM);
    double.region = 'auto';
    const own = { GS_ACCESS_KEY_ID: KEY_ID, GS_SECRET_ACCESS_KEY: SECRET };
    expect((await report('gs://models/', context(own))).findings.map(({ artifact }) => artifact)).toEqual([
      'gs://models/a.pkl',
    ]);
    const files = {
      '/home/someone/.boto': `[Credentials]\ngs_access_key_id = ${KEY_ID}\ngs_secret_access_key = ${SECRET}\n`,
    };
    expect(await names('gs://models', context({}, files))).toEqual(['a.pkl']);
    double.asked.length = 0;
    await sourceErrorOf(names('gs://models', context(KEYS)));
    expect(double.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

test.each(['s3://', 's3:///key', 's3://../x', 's3://a..b/x', 's3://models/../other', 's3://models/?versionId=v1'])(
  '%s is refused before anything is asked',
  async (address) => {
    expect((await sourceErrorOf(names(address))).code).toBe('usage');
    expect(double.asked).toEqual([]);
  },
);

test('a password that was put into an address is in no message', async () => {
  const { message } = await sourceErrorOf(names('s3://key:a-secret@models/x'));
  expect(message).not.toContain('a-secret');
});
