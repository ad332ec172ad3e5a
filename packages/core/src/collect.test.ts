import { describe, expect, test } from 'vitest';
import { op, pickle } from '../test/kit.js';
import { code } from '../test/repository-kit.js';
import { bytesOf, zipOf } from '../test/zip-builder.js';
import { memorySource } from './bytes/source.js';
import { collect, notCollected, weightOf, type Collected, type CollectOptions, type ScanInput } from './collect.js';
import { InputError } from './model/errors.js';
import { ANY_FINDING, EVERY_ARTIFACT } from './model/fingerprint.js';
import { MAX_OPAQUE_PARTS } from './model/limits.js';
import type { RepositoryFile } from './model/repository.js';
import { RULES } from './rules/index.js';
import { judge, scan } from './scan.js';
import { portablePlatform } from './platform.js';

test.each([100, 100_000])('a file of %i bytes on a disk that fails is unreadable, and is closed', async (size) => {
  let closed = 0;
  const collected = await collect({
    path: 'a.pkl',
    size,
    source: {
      size,
      read: (offset) => {
        throw new InputError('cannot be read: EIO', offset);
      },
    },
    close: () => {
      closed += 1;
      return null;
    },
  });
  expect(collected.notices).toMatchObject([{ path: 'a.pkl', offset: 0, reason: 'cannot be read: EIO' }]);
  expect(closed).toBe(1);
});

describe('what ends the analysis and the hashing is said once', () => {
  const bytes = zipOf([{ name: 'a.pkl', data: pickle(op.proto(2), op.unicode('x'.repeat(300_000)), op.stop) }]);
  const hashWhere = [EVERY_ARTIFACT];

  test('a disk that fails, with another error for each read', async () => {
    const read = (offset: number, length: number): Uint8Array => {
      if (offset < 200_000 && offset + length > 100_000) throw new Error(`EIO at ${offset}`);
      return bytes.subarray(offset, offset + length);
    };
    const { notices, sha256 } = await collect(
      { path: 'a.zip', size: bytes.length, source: { size: bytes.length, read } },
      { hashWhere },
    );
    expect(notices.map(({ cause }) => cause)).toEqual(['unreadable']);
    expect([notices[0]?.path, notices[0]?.offset, sha256]).toEqual(['a.zip!a.pkl', expect.any(Number), null]);
  });

  test('a deadline', async () => {
    let time = 0;
    const platform = { ...portablePlatform, now: () => (time += 100) };
    const { notices, sha256 } = await collect(
      { path: 'a.zip', size: bytes.length, source: memorySource(bytes) },
      { hashWhere, platform, limits: { artifactMs: 300 } },
    );
    expect([notices.map(({ cause }) => cause), sha256]).toEqual([['limit'], null]);
  });
});

const BROKEN: readonly (readonly [string, () => never, string])[] = [
  [
    'a bug',
    () => {
      throw new TypeError('a bug');
    },
    'TypeError: a bug',
  ],
  [
    'a text that is too long',
    () => {
      throw new RangeError('Invalid string length');
    },
    'RangeError: Invalid string length',
  ],
  [
    'a stack that is too deep',
    function deeper(): never {
      return deeper();
    },
    'RangeError: Maximum call stack size exceeded',
  ],
  [
    'what is no error',
    () => {
      throw null as unknown as Error;
    },
    'null',
  ],
];

test.each(BROKEN)('%s ends one artifact as incomplete, and the file is closed', async (_what, broken, said) => {
  let closed = 0;
  const close = (): null => {
    closed += 1;
    return null;
  };
  const bytes = new TextEncoder().encode("cos\nsystem\n(S'id'\ntR.");
  const whole = { path: 'b.pkl', size: bytes.length, source: memorySource(bytes) };
  // What a stream is hashed with is a part of the analysis, unlike what the bytes are read from.
  let streams = 0;
  const sha256 = (stream: Uint8Array): string => ((streams += 1) === 1 ? broken() : portablePlatform.sha256(stream));
  const report = await scan([{ ...whole, path: 'a.pkl', close }, whole], { platform: { ...portablePlatform, sha256 } });
  expect(closed).toBe(1);
  expect(report.incomplete).toEqual([
    {
      path: 'a.pkl',
      offset: null,
      cause: 'unreadable',
      reason: `its analysis broke off, which is a bug in Sentinel: ${said}`,
    },
  ]);
  expect(report.artifacts.map(({ path, status }) => [path, status])).toEqual([
    ['a.pkl', 'incomplete'],
    ['b.pkl', 'complete'],
  ]);
  expect([report.verdict, report.findings.map(({ ruleId }) => ruleId)]).toEqual(['fail', ['PICKLE-EXEC']]);
});

test('a file that cannot be closed is incomplete', async () => {
  const bytes = new TextEncoder().encode('N.');
  const close = (): never => {
    throw new Error('EIO');
  };
  const report = await scan([{ path: 'a.pkl', size: bytes.length, source: memorySource(bytes), close }]);
  expect([report.verdict, report.incomplete[0]?.reason]).toEqual([
    'incomplete',
    'its analysis broke off, which is a bug in Sentinel: Error: EIO',
  ]);
});

test.each(['the collecting', 'a rule'])('%s of one artifact breaks off: the others are judged', async (where) => {
  const bytes = new TextEncoder().encode("cos\nsystem\n(S'id'\ntR.");
  const input = (path: string): ScanInput => ({ path, size: bytes.length, source: memorySource(bytes) });
  let checked = 0;
  const rule = RULES.find(({ meta }) => meta.id === 'PICKLE-EXEC');
  if (rule === undefined) throw new Error('no such rule');
  const check: typeof rule.check = (...given) => {
    checked += 1;
    if (checked === 1 && where === 'a rule') throw new RangeError('Maximum call stack size exceeded');
    return rule.check(...given);
  };
  const report = await judge(
    (async function* () {
      yield {
        path: 'a.pkl',
        collected: async () => {
          if (where === 'the collecting') throw new Error('gone');
          return collect(input('a.pkl'));
        },
      };
      yield { path: 'b.pkl', collected: () => collect(input('b.pkl')) };
    })(),
    { rules: [{ ...rule, check }] },
  );
  expect(report.artifacts.map(({ path, status }) => [path, status])).toEqual([
    ['a.pkl', 'incomplete'],
    ['b.pkl', 'complete'],
  ]);
  expect(report.incomplete[0]?.reason).toMatch(/^its analysis broke off/);
  expect(report.findings.map(({ artifact }) => artifact)).toEqual(['b.pkl']);
  expect(report.verdict).toBe('fail');
});

test('the deadline of the run holds within an artifact, and is reported as such', async () => {
  let time = 0;
  const now = (): number => (time += 100);
  const bytes = new TextEncoder().encode('N.'.repeat(10_000));
  const report = await judge(
    (async function* () {
      const input = { path: 'a.pkl', size: bytes.length, source: memorySource(bytes) };
      yield {
        path: 'a.pkl',
        collected: () =>
          collect(input, { platform: { ...portablePlatform, now }, runDeadline: { end: 2_000, seconds: 2 } }),
      };
    })(),
  );
  expect(report.incomplete.map(({ reason }) => reason)).toEqual(['the total time of 2 s for the run was over']);
});

const GIF = bytesOf('GIF89a');
const held = (path: string, bytes: Uint8Array, options: CollectOptions = {}): Promise<Collected> =>
  collect({ path, size: bytes.length, source: memorySource(bytes) }, options);

describe('what is collected of an artifact', () => {
  test('the format of the whole, once', async () => {
    expect(await held('a.zip', zipOf([{ name: 'a.gif', data: GIF }]))).toMatchObject({
      format: 'zip',
      opaque: [{ path: 'a.zip!a.gif', format: 'gif' }],
      moreOpaque: 0,
      notices: [],
    });
  });

  test.each([
    [MAX_OPAQUE_PARTS, 0],
    [MAX_OPAQUE_PARTS + 1, 1],
    [MAX_OPAQUE_PARTS + 3, 3],
  ])('of %i opaque parts the first are listed, and %i more are counted', async (count, more) => {
    const members = Array.from({ length: count }, (_, i) => ({ name: `${i}.gif`, data: GIF }));
    const { opaque, moreOpaque } = await held('a.zip', zipOf(members));
    expect([opaque.length, moreOpaque]).toEqual([MAX_OPAQUE_PARTS, more]);
  });

  test('how many bytes were decoded', async () => {
    const text = bytesOf('x'.repeat(3_000_000));
    const packed = await held('a.zip', zipOf([{ name: 'a.pkl.txt', data: text, method: 8 }]));
    // What is read again is decoded again.
    expect(packed.bytesDecoded).toBeGreaterThanOrEqual(text.length);
    expect((await held('a.pkl', pickle(op.none, op.stop))).bytesDecoded).toBe(0);
  });
});

describe('the digest of an artifact', () => {
  const clean = pickle(op.none, op.stop);
  const evil = pickle(op.global('os', 'system'), op.stop);
  const archive = zipOf([{ name: '../a', data: GIF }]);
  const isHashed = async (path: string, bytes: Uint8Array, ...hashWhere: string[]): Promise<boolean> =>
    (await held(path, bytes, { hashWhere })).sha256 !== null;

  test('is made where it is asked for: of all, of what may have a finding, of what a policy names', async () => {
    expect(await isHashed('a.pkl', clean)).toBe(false);
    expect(await isHashed('a.pkl', clean, EVERY_ARTIFACT)).toBe(true);
    expect(await isHashed('a.pkl', clean, ANY_FINDING)).toBe(false);
    expect(await isHashed('a.pkl', evil, ANY_FINDING)).toBe(true);
    expect(await isHashed('a.zip', archive, ANY_FINDING)).toBe(true);
    expect(await isHashed('a.pkl', evil, 'os.system')).toBe(true);
    expect(await isHashed('a.pkl', evil, 'os.popen')).toBe(false);
    expect(await isHashed('a.zip', archive, 'os.system')).toBe(false);
  });
});

test('what a file says of its repository may be a finding, for which it is hashed', async () => {
  const isHashed = async (config: object): Promise<boolean> =>
    (await held('config.json', bytesOf(JSON.stringify(config)), { repositories: true, hashWhere: [ANY_FINDING] }))
      .sha256 !== null;
  const config = { architectures: ['Net'], model_type: 'net' };
  expect([await isHashed(config), await isHashed({ ...config, auto_map: { AutoModel: 'modeling.Net' } })]).toEqual([
    false,
    true,
  ]);
});

test('facts have an identity, unless nobody wants fingerprints', async () => {
  const identities = async (options: CollectOptions): Promise<readonly unknown[]> =>
    (await held('a.pkl', pickle(op.global('os', 'system'), op.stop), options)).streams.flatMap(({ facts }) =>
      facts.map(({ identity }) => identity?.of),
    );
  expect(await identities({})).toEqual(['effects']);
  expect(await identities({ fingerprints: true })).toEqual(['effects']);
  expect(await identities({ fingerprints: false })).toEqual(['unknown']);
});

test('what an archive itself is found for has the identity of its bytes', async () => {
  const identities = async (name: string): Promise<readonly unknown[]> =>
    (await held('a.zip', zipOf([{ name, data: GIF }]))).facts.map(({ kind, identity }) => [kind, identity]);
  const digest = expect.stringMatching(/^[0-9a-f]{16,}$/) as string;
  const first = await identities('../a');
  expect(first).toEqual([['archive.path', { of: 'bytes', digest }]]);
  expect(await identities('../b')).not.toEqual(first);
});

describe('the hash that a source claims', () => {
  const bytes = pickle(op.none, op.stop);
  const sha256 = portablePlatform.sha256(bytes);
  const noticesOf = async (claimedSha256: string | undefined, hashWhere: string[]): Promise<unknown> => {
    const input = { path: 'a.pkl', size: bytes.length, source: memorySource(bytes) };
    const claim = claimedSha256 === undefined ? {} : { claimedSha256 };
    return (await collect({ ...input, ...claim }, { hashWhere })).notices;
  };

  test('is compared with that of the bytes, where they are hashed', async () => {
    expect(await noticesOf(sha256, [EVERY_ARTIFACT])).toEqual([]);
    expect(await noticesOf(undefined, [EVERY_ARTIFACT])).toEqual([]);
    const other = 'a'.repeat(64);
    expect(await noticesOf(other, [])).toEqual([]);
    expect(await noticesOf(other, [EVERY_ARTIFACT])).toEqual([
      {
        path: 'a.pkl',
        offset: null,
        cause: 'unreadable',
        reason: `its bytes have the SHA-256 ${sha256}, and the source claims ${other}`,
      },
    ]);
  });
});

test('each fact, stream, opaque part, notice and file of a repository has a weight', async () => {
  const { streams } = await held('a.pkl', pickle(op.global('os', 'system'), op.stop));
  const [first] = streams;
  const fact = first?.facts[0];
  if (first === undefined || fact === undefined) throw new Error('no fact');
  const none = { ...notCollected('a', 1, { cause: 'limit', reason: 'r' }), notices: [] };
  const file: RepositoryFile = { path: 'a', marker: null, facts: [code({})], names: [] };
  const notice = { path: 'a', offset: null, cause: 'limit', reason: 'r' } as const;
  const part = { path: 'a', format: 'gif', size: 1, reason: 'r' } as const;
  const weights = [
    {},
    { facts: [fact] },
    { opaque: [part, part] },
    { notices: [notice, notice, notice] },
    { repository: [{ ...file, facts: [] }, file, file] },
    { streams: [{ ...first, facts: [] }] },
    { streams: [{ ...first, facts: [fact, fact] }, first] },
  ].map((more) => weightOf({ ...none, ...more }));
  expect(weights).toEqual([0, 1, 2, 3, 5, 1, 4 + first.facts.length]);
});

test('of what was not collected nothing is known but its name, its size and why', () => {
  expect(notCollected('a', 7, { cause: 'limit', reason: 'r' })).toEqual({
    path: 'a',
    size: 7,
    opened: false,
    identity: null,
    format: null,
    facts: [],
    streams: [],
    opaque: [],
    moreOpaque: 0,
    notices: [{ path: 'a', offset: null, cause: 'limit', reason: 'r' }],
    unread: [],
    coverage: {
      totals: [{ kind: 'unread', reason: null, bytes: 7 }],
      ranges: [{ start: 0, end: 7, kind: 'unread', reason: null }],
      moreRanges: 0,
    },
    repository: [],
    sha256: null,
    bytesRead: 0,
    bytesDecoded: 0,
    chunksDecoded: 0,
  });
});
