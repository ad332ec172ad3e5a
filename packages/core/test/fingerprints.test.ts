import { createHash } from 'node:crypto';
import { memorySource, scan, type Report } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, type AcceptEntry } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { op, pickle, repeat, type Op } from './kit.js';
import { bytesOf, zipOf, type ZipMember } from './zip-builder.js';

/** os.system('true'), with something else before it. */
function payload(before: string): Uint8Array {
  return bytesOf(`(lp0\n${before}cos\nsystem\np1\n(S'true'\ntRa.`);
}
const UNRELATED = ["S'a note'\na", 'I12\na', "I12\naS'more'\naL5L\na"];

async function fingerprints(path: string, bytes: Uint8Array): Promise<readonly (readonly [string, string])[]> {
  const report = await scan([{ path, source: memorySource(bytes), size: bytes.length }]);
  return report.findings.map((finding) => [finding.ruleId, finding.fingerprint] as const);
}

describe('fingerprints survive', () => {
  test.each(UNRELATED)('an unrelated edit before the call: %j', async (before) => {
    const first = await fingerprints('a.pkl', payload(''));
    expect(first.map(([rule]) => rule)).toEqual(['PICKLE-EXEC']);
    expect(await fingerprints('a.pkl', payload(before))).toEqual(first);
  });

  test.each(['/srv/in/a.pkl', './a.pkl', 'C:\\in\\a.pkl', 'deep/er/a.pkl'])('another folder: %s', async (path) => {
    expect(await fingerprints(path, payload(''))).toEqual(await fingerprints('a.pkl', payload('')));
  });

  test('members added to the archive, and their order', async () => {
    const evil: ZipMember = { name: 'x/data.pkl', data: payload('') };
    const escaping: ZipMember = { name: '../start.sh', data: 'true' };
    const readme: ZipMember = { name: 'README', data: 'a text' };
    const first = await fingerprints('m.zip', zipOf([evil, escaping]));
    expect(first.map(([rule]) => rule).toSorted()).toEqual(['ARCHIVE-PATH', 'PICKLE-EXEC']);
    for (const members of [
      [readme, evil, escaping],
      [escaping, readme, evil],
    ])
      expect(new Map(await fingerprints('m.zip', zipOf(members)))).toEqual(new Map(first));
  });
});

describe('fingerprints change with', () => {
  test('the argument, the file name and the member', async () => {
    const [first] = await fingerprints('a.pkl', payload(''));
    const other = bytesOf("(lp0\ncos\nsystem\np1\n(S'false'\ntRa.");
    const inside = zipOf([{ name: 'a.pkl', data: payload('') }]);
    for (const changed of [
      await fingerprints('a.pkl', other),
      await fingerprints('b.pkl', payload('')),
      await fingerprints('a.zip', inside),
    ])
      expect(changed.map(([, print]) => print)).not.toContain(first?.[1]);
  });

  test('the argument, where it is a scalar like many before it', async () => {
    const dtype = pickle(op.global('numpy', 'dtype'), op.shortBinUnicode('f8'), op.tuple1, op.reduce, op.binPut(0));
    const scalar = (bytes: string): Op =>
      pickle(op.global('numpy.core.multiarray', 'scalar'), op.binGet(0), op.shortBinBytes(bytes), op.tuple2, op.reduce);
    const file = (text: string): Uint8Array => {
      const call = pickle(op.global('posix', 'system'), op.binGet(1), op.tuple1, op.reduce);
      const before = repeat(6, scalar('1'));
      return pickle(op.proto(4), op.mark, dtype, before, scalar(text), op.binPut(1), call, op.tuple, op.stop);
    };
    const first = await fingerprints('a.pkl', file('true'));
    expect(first.map(([rule]) => rule)).toContain('PICKLE-EXEC');
    expect(await fingerprints('a.pkl', file('id; uname'))).not.toEqual(first);
  });

  test('a second call of the same kind: both are distinguished', async () => {
    const call = "cos\nsystem\n(S'true'\ntRa";
    const twice = await fingerprints(
      'a.zip',
      zipOf([
        { name: 'a.pkl', data: bytesOf(`(lp0\n${call}.`) },
        { name: 'b.pkl', data: bytesOf(`(lp0\n${call}.`) },
      ]),
    );
    expect(new Set(twice.map(([, print]) => print)).size).toBe(2);
  });
});

describe('fingerprints of sources', () => {
  const prints = async (source: string): Promise<readonly string[]> => {
    const found = await fingerprints('serve.py', new TextEncoder().encode(source));
    expect(found.length).toBeGreaterThan(0);
    return found.map(([, print]) => print);
  };
  const load = (call: string): string => `import torch\n\ndef f(path, device):\n    return ${call}\n`;
  const first = load('torch.load(path, map_location="cpu  x")');

  test.each([
    ['lines above', `import os\n\n${first}`],
    ['blanks and line ends between tokens', load('torch.load( path,\n        map_location = "cpu  x")')],
    ['a comment', load('torch.load(path,  # the model\n        map_location="cpu  x")')],
  ])('stay with %s', async (_name, other) => {
    expect(await prints(other)).toEqual(await prints(first));
  });

  test.each([
    ['a blank within a text', load('torch.load(path, map_location="cpu x")')],
    ['another argument', load('torch.load(device, map_location="cpu  x")')],
    ['a number', load('torch.load(path, 1)')],
    ['the function around it', first.replace('def f', 'def g')],
    ['what is behind 2,000 characters', load(`torch.load(path, map_location="${'x'.repeat(2000)}a")`)],
  ])('change with %s', async (_name, other) => {
    for (const print of await prints(other)) expect(await prints(first)).not.toContain(print);
  });

  test('change behind 2,000 characters, and in the value of a name', async () => {
    const long = (end: string): string => load(`torch.load(path, map_location="${'x'.repeat(3000)}${end}")`);
    expect(await prints(long('a'))).not.toEqual(await prints(long('b')));
    const named = (value: string): string =>
      `import torch\nREPO = "${value}"\nmodel = torch.hub.load(REPO, "resnet18")\n`;
    expect(await prints(named('a/b:main'))).not.toEqual(await prints(named('a/c:main')));
  });
});

describe('fingerprints of archives', () => {
  const archive = (content: string, ...more: ZipMember[]): Uint8Array =>
    zipOf([{ name: '../start.sh', data: content }, ...more]);

  test('an entry that leads out covers what it writes', async () => {
    const [first] = await fingerprints('m.zip', archive('true'));
    expect(first?.[0]).toBe('ARCHIVE-PATH');
    expect(await fingerprints('m.zip', archive('fail'))).not.toContainEqual(first);
    expect(await fingerprints('m.zip', archive('true', { name: 'README', data: 'a text' }))).toContainEqual(first);
  });

  test('a contradiction covers the artifact', async () => {
    const twice = (content: string): Uint8Array =>
      zipOf([
        { name: 'a.json', data: '{}' },
        { name: 'a.json', data: content },
      ]);
    const [first] = await fingerprints('m.zip', twice('[1]'));
    expect(first?.[0]).toBe('ARCHIVE-AMBIGUOUS');
    expect(await fingerprints('m.zip', twice('[2]'))).not.toContainEqual(first);
  });
});

describe('an acceptance', () => {
  const bytes = payload('');
  const longer = payload("S'a note'\na");
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const accepting = async (file: Uint8Array, pin: string | null, outdated = false): Promise<Report> => {
    const [, print = ''] = (await fingerprints('a.pkl', bytes))[0] ?? [];
    const accept: AcceptEntry = {
      fingerprint: outdated ? print.slice(-32) : print,
      owner: 'board',
      why: 'sandboxed',
      expires: '2030-01-01',
      sha256: pin,
      origin: 'p.yml:2',
    };
    const policy = { ...DEFAULT_POLICY, maxAcceptableSeverity: 5 as const, accept: [accept] };
    return scan([{ path: 'a.pkl', source: memorySource(file), size: file.length }], { policy, today: '2026-06-01' });
  };
  const outcome = ({ verdict, accept, findings }: Report): unknown => [
    verdict,
    accept.map(({ state }) => state),
    findings.map(({ accepted }) => accepted !== null),
  ];

  test('without a pin covers every artifact that does the same', async () => {
    expect(outcome(await accepting(bytes, null))).toEqual(['pass', ['used'], [true]]);
    expect(outcome(await accepting(longer, null))).toEqual(['pass', ['used'], [true]]);
  });

  test('with a pin reaches one file, which is hashed for it', async () => {
    expect(outcome(await accepting(bytes, sha256))).toEqual(['pass', ['used'], [true]]);
    expect(outcome(await accepting(longer, sha256))).toEqual(['fail', ['unused'], [false]]);
  });

  test('with a fingerprint of an earlier version reaches nothing, and it is said', async () => {
    expect(outcome(await accepting(bytes, null, true))).toEqual(['fail', ['outdated'], [false]]);
  });
});
