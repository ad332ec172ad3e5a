import { describe, expect, test } from 'vitest';
import { budgetOf, collect } from '../../../test/open-container.js';
import { bytesOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import type { Codec, CodecEnd } from '../../codecs/codec.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { ARTIFACT } from '../../model/origin.js';
import type { Member, Opened } from '../members/container.js';
import { compressed } from './container.js';

/** Gives its text, then ends as told: with an end or an error. */
const codecOf = (text: string, end: Partial<CodecEnd> | Error): Codec =>
  async function* () {
    if (text !== '') yield bytesOf(text);
    if (end instanceof Error) throw end;
    return { end: 10, streams: 1, mismatches: [], ...end };
  };

const member = (name: string): Member => ({
  path: `dir/${name}`,
  name,
  source: memorySource(bytesOf('0123456789')),
  depth: 1,
  origin: ARTIFACT,
});

function open(codec: Codec, name = 'm.pkl.gz', { isWeak = false, members = 9 } = {}) {
  const one = member(name);
  const budget = budgetOf({ members });
  budget.ledger.open(one.source);
  const opened: AsyncGenerator<Opened, void> = compressed(one, { format: 'gzip', shown: 'gz', codec, isWeak }, budget);
  return { opened, coverage: () => budget.ledger.coverage(10).totals };
}

async function all(opened: AsyncIterable<Opened>): Promise<Opened[]> {
  const list: Opened[] = [];
  for await (const one of opened) list.push(one);
  return list;
}

describe('a compressed file', () => {
  test('has one member, and is parsed as far as its data go', async () => {
    const { opened, coverage } = open(codecOf('some bytes', {}));
    const list = await all(opened);
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({
      kind: 'member',
      member: {
        path: 'dir/m.pkl.gz!<gz>',
        name: 'm.pkl',
        depth: 2,
        origin: { from: 'entry' },
        packed: { compressed: 10, declared: null },
      },
    });
    expect(coverage()).toEqual([{ kind: 'parsed', reason: null, bytes: 10 }]);
  });

  test('unpacks to the bytes of its codec, and its end can be had', async () => {
    const { opened } = open(codecOf('some bytes', {}));
    for await (const one of opened) {
      if (one.kind !== 'member') continue;
      expect(one.member.source.size).toBe(Infinity);
      const drained = await one.member.packed?.drained?.();
      expect(drained?.size).toBe(10);
      expect(await drained?.read(5, 9)).toEqual(bytesOf('bytes'));
    }
    expect((await collect(open(codecOf('some bytes', {})).opened)).members).toEqual({
      'r/m.pkl.gz!<gz>': 'some bytes',
    });
  });

  test.each([
    ['a.npy.z', 'array'],
    ['a.NPY.Z', 'array'],
    ['a.tgz', 'a.tar'],
    ['a.pkl.bz2', 'a.pkl'],
    ['a.xz', 'a'],
    ['a.lz4', 'a'],
    ['a.ZST', 'a'],
    ['a.gzip', 'a.gzip'],
  ])('%s holds %s', async (name, inner) => {
    const [first] = await all(open(codecOf('x', {}), name).opened);
    expect(first).toMatchObject({ member: { name: inner } });
  });

  test('counts its member', async () => {
    await expect(all(open(codecOf('x', {}), 'm', { members: 0 }).opened)).rejects.toThrow(LimitError);
  });

  test('is followed by bytes, which are a finding and a member', async () => {
    const { opened, coverage } = open(codecOf('x', { end: 7 }));
    const [, fact, rest] = await all(opened);
    expect(fact).toEqual({
      kind: 'fact',
      fact: {
        kind: 'archive.ambiguous',
        at: { path: 'dir/m.pkl.gz', offset: 7, line: null },
        problem: 'appended-bytes',
        entry: null,
        detail: '3 bytes follow the gzip data',
      },
    });
    expect(rest).toMatchObject({
      kind: 'member',
      member: {
        path: 'dir/m.pkl.gz![bytes 7-9]',
        name: '[bytes 7-9]',
        depth: 2,
        origin: { from: 'tail' },
        source: { size: 3 },
      },
    });
    expect(coverage()).toContainEqual({ kind: 'parsed', reason: null, bytes: 7 });
  });

  test('is followed by one byte, or by none', async () => {
    expect(await all(open(codecOf('x', { end: 9 })).opened)).toHaveLength(3);
    expect(await all(open(codecOf('x', { end: 10 })).opened)).toHaveLength(1);
  });

  test('has checksums that are wrong', async () => {
    const mismatches = [{ offset: 6, what: 'the CRC is wrong' }];
    const [, notice] = await all(open(codecOf('x', { mismatches })).opened);
    expect(notice).toEqual({
      kind: 'notice',
      notice: { path: 'dir/m.pkl.gz', offset: 6, cause: 'corrupt', reason: 'gzip: the CRC is wrong' },
    });
  });

  test.each([
    [new InputError('bad block', 4), 'corrupt'],
    [new UnsupportedError('bad block', 4), 'unsupported'],
  ])('that breaks off says so, and nothing of what follows: %s', async (error, cause) => {
    const list = await all(open(codecOf('x', error)).opened);
    expect(list.slice(1)).toEqual([
      { kind: 'notice', notice: { path: 'dir/m.pkl.gz', offset: 4, cause, reason: 'gzip: bad block' } },
    ]);
  });

  test('whose codec has a bug is a bug', async () => {
    await expect(all(open(codecOf('x', new TypeError('bug'))).opened)).rejects.toThrow(TypeError);
  });
});

describe('a weak mark', () => {
  test('is chance where nothing decodes: the bytes are data', async () => {
    const { opened, coverage } = open(codecOf('', new InputError('bad', 0)), 'm', { isWeak: true });
    expect(await all(opened)).toEqual([]);
    expect(coverage()).toEqual([{ kind: 'opaque', reason: 'data', bytes: 10 }]);
  });

  test('is meant where anything decodes, or nothing is there to decode', async () => {
    const broken = open(codecOf('x', new InputError('bad', 3)), 'm', { isWeak: true });
    expect((await all(broken.opened)).map(({ kind }) => kind)).toEqual(['member', 'notice']);
    expect(await all(open(codecOf('', {}), 'm', { isWeak: true }).opened)).toHaveLength(1);
  });

  test('does not hide a bug', async () => {
    const { opened } = open(codecOf('', new TypeError('bug')), 'm', { isWeak: true });
    await expect(all(opened)).rejects.toThrow(TypeError);
  });
});
