import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../../test/kit.js';
import { lookThat, short } from '../../../test/look-double.js';
import { TAR_END, tarEntry, tarOf } from '../../../test/tar-builder.js';
import { bytesOf, concat, fields, zipOf } from '../../../test/zip-builder.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { ARTIFACT } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import type { FurtherReading, Outcome } from '../members/further.js';
import { tarBehind, zipBehind } from './behind.js';

const OUTCOME: Outcome = {
  format: 'png',
  others: [],
  firstByte: 0x89,
  endsAsZip: true,
  explained: false,
  isWholeArray: false,
  pickleEnd: 0,
  held: [],
};
const ZIP = zipOf([{ name: 'a.txt', data: bytesOf('hello') }]);
const memberOf = (source: ByteSource, more: Partial<Member> = {}): Member => ({
  path: 'a.bin',
  name: 'a.bin',
  source,
  depth: 1,
  origin: ARTIFACT,
  ...more,
});

/** Paths of the members that a reading looks at, and what it says; null where it does not apply. */
async function read(
  reading: FurtherReading,
  member: Member,
  outcome: Partial<Outcome> = {},
): Promise<readonly string[] | null> {
  const { look, members } = lookThat(() => []);
  const found = reading(member, { ...OUTCOME, ...outcome }, look);
  if (found === null) return null;
  const said: string[] = [];
  for await (const one of found)
    if (one.kind === 'fact' && one.fact.kind === 'archive.ambiguous') said.push(one.fact.problem);
    else said.push(short(one));
  return [...said, ...members.map(({ path, depth }) => `${path} ${depth}`)];
}

describe('a tar behind', () => {
  const HEADER = tarEntry({ name: 'a', data: bytesOf('hello') });
  const at = (offset: number): Member => memberOf(memorySource(concat(new Uint8Array(offset), HEADER)));

  test('is what is left from its first header on', async () => {
    expect(await read(tarBehind, at(512))).toEqual(['a.bin![bytes 512-] 2']);
    expect(await read(tarBehind, at(1024))).toEqual(['a.bin![bytes 1024-] 2']);
    expect(await read(tarBehind, at(600))).toEqual([]);
    expect(await read(tarBehind, at(0))).toEqual([]);
  });

  test('is one tar, whatever headers follow', async () => {
    const two = concat(new Uint8Array(512), HEADER, HEADER);
    expect(await read(tarBehind, memberOf(memorySource(two)))).toEqual(['a.bin![bytes 512-] 2']);
  });

  test('needs the room of a block and a header', async () => {
    const header = HEADER.subarray(0, 512);
    expect(await read(tarBehind, memberOf(memorySource(concat(new Uint8Array(512), header))))).toHaveLength(1);
    expect(await read(tarBehind, memberOf(memorySource(concat(new Uint8Array(511), header))))).toBeNull();
  });

  test.each(['pickle', 'maybe-pickle', 'png'] as const)('is looked for behind %s', async (format) => {
    expect(await read(tarBehind, at(512), { format })).toHaveLength(1);
    expect(await read(tarBehind, at(512), { format, others: ['tar'] })).toBeNull();
    expect(await read(tarBehind, at(512), { format, others: ['lzma'] })).toHaveLength(1);
  });

  test.each(['zip', 'gzip', 'npy', 'tar'] as const)('is not looked for behind %s', async (format) => {
    expect(await read(tarBehind, at(512), { format })).toBeNull();
  });
});

describe('a zip behind', () => {
  const behind = (head: Uint8Array, more: Partial<Member> = {}): Member =>
    memberOf(memorySource(concat(head, ZIP)), more);

  test('is opened', async () => {
    expect(await read(zipBehind, behind(bytesOf('head')))).toEqual(['prepended-bytes', 'a.bin!a.txt 2']);
  });

  test('does not apply where there is none, and to a zip', async () => {
    expect(await read(zipBehind, behind(bytesOf('head')), { endsAsZip: false })).toBeNull();
    expect(await read(zipBehind, behind(new Uint8Array(0)), { format: 'zip' })).toBeNull();
  });

  test('that is nothing but members which lie there as they are is left to these', async () => {
    const tar = concat(tarEntry({ name: 'a.zip', data: ZIP }));
    const member = memberOf(memorySource(tar.subarray(0, 512 + ZIP.length)));
    const held = [{ start: 512, end: 512 + ZIP.length }];
    expect(await read(zipBehind, member, { held })).toEqual([]);
    expect(await read(zipBehind, member, { held: [{ start: 0, end: 512 }] })).not.toEqual([]);
    expect(await read(zipBehind, member, { held: [] })).not.toEqual([]);
  });

  test('that is a byte string of a pickle is one member, where the pickle takes all bytes', async () => {
    const constant = concat(Uint8Array.of(0x42), fields([ZIP.length, 4]), ZIP);
    const bytes = pickle(op.proto(3), constant, op.stop);
    const member = memberOf(memorySource(bytes));
    expect(await read(zipBehind, member, { format: 'pickle', pickleEnd: bytes.length })).toEqual([
      `a.bin![bytes 7-${6 + ZIP.length}] 2`,
    ]);
    expect(await read(zipBehind, member, { format: 'pickle', pickleEnd: bytes.length - 1 })).toContain('a.bin!a.txt 2');
  });

  test('of a file that is called what it is has the bytes that its writer put before it', async () => {
    const named = { path: 'a.tflite', name: 'a.tflite' };
    const facts = async (more: Partial<Member>, format: Outcome['format']): Promise<boolean> =>
      (await read(zipBehind, behind(bytesOf('head'), more), { format }))?.includes('prepended-bytes') === true;
    expect(await facts(named, 'tflite')).toBe(false);
    expect(await facts({}, 'tflite')).toBe(true);
    expect(await facts(named, 'png')).toBe(true);
    expect(await facts({ path: 'a.gguf', name: 'a.gguf' }, 'gguf')).toBe(true);
  });
});

describe('a zip behind compressed bytes', () => {
  const WHOLE = concat(bytesOf('head'), ZIP);
  const packed = (more: Partial<NonNullable<Member['packed']>> = {}): Member =>
    memberOf(memorySource(WHOLE), {
      packed: { compressed: 10, declared: null, drained: () => Promise.resolve(memorySource(WHOLE)), ...more },
    });
  const isFound = async (member: Member, outcome: Partial<Outcome> = {}): Promise<boolean> =>
    (await read(zipBehind, member, { format: 'gzip', endsAsZip: null, ...outcome }))?.length !== 0;

  test('is found once they are unpacked', async () => {
    expect(await isFound(packed())).toBe(true);
    expect(await isFound(packed({ declared: WHOLE.length }))).toBe(true);
    expect(await isFound(memberOf(memorySource(WHOLE)))).toBe(false);
    expect(await isFound(packed({ drained: () => Promise.resolve(memorySource(bytesOf('head'))) }))).toBe(false);
  });

  test('is not looked for where an array takes all that is declared, unless the name is that of a zip', async () => {
    const declared = packed({ declared: WHOLE.length });
    expect(await isFound(declared, { isWholeArray: true })).toBe(false);
    expect(await isFound({ ...declared, name: 'a.zip' }, { isWholeArray: true })).toBe(true);
    expect(await isFound({ ...declared, name: 'a.npy' }, { isWholeArray: true })).toBe(false);
    expect(await isFound(packed(), { isWholeArray: true })).toBe(true);
  });

  test('is not looked for in what declares a bomb', async () => {
    const bomb = packed({ compressed: 1, declared: 2 ** 30 });
    expect(await isFound(bomb)).toBe(false);
    expect(await isFound(bomb, { explained: true })).toBe(true);
  });

  test.each([new InputError('cut', 3), new UnsupportedError('of another kind', 3)])(
    'is none where they cannot be unpacked: %s',
    async (error) => expect(await isFound(packed({ drained: () => Promise.reject(error) }))).toBe(false),
  );

  test('whose unpacking meets a limit is a limit', async () => {
    const member = packed({ drained: () => Promise.reject(new LimitError('decodedBytes', 'too much')) });
    await expect(isFound(member)).rejects.toThrow('too much');
  });
});

test('a tar that ends is no zip', async () => {
  const tar = concat(tarOf({ name: 'a', data: bytesOf('hello') }), TAR_END);
  expect(await read(zipBehind, memberOf(memorySource(tar)), { format: 'tar', endsAsZip: null })).toEqual([]);
});
