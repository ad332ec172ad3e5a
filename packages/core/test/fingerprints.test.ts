import { memorySource, scan } from '@sentinel/core';
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

  test('a second call of the same kind: both are told apart', async () => {
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
