import { describe, expect, test } from 'vitest';
import { budgetOf, collect, openAll } from '../../../test/open-container.js';
import { bytesOf, concat, fields } from '../../../test/zip-builder.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { MAX_NPY_HEADER } from '../../model/limits.js';
import { ARTIFACT, type Origin } from '../../model/origin.js';
import type { Member } from '../members/container.js';
import { npy, npyHeader } from './container.js';

const HEADER = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n";
const OBJECTS = HEADER.replace('<f4', '|O');
/** Twelve bytes, as the header says. */
const DATA = bytesOf('abcdefghijkl');

function npyOf(header: string | Uint8Array, data: Uint8Array, major = 1, length?: number): Uint8Array {
  const raw = typeof header === 'string' ? bytesOf(header) : header;
  const magic = concat(Uint8Array.of(0x93), bytesOf('NUMPY'), Uint8Array.of(major, 0));
  return concat(magic, fields([length ?? raw.length, major === 1 ? 2 : 4]), raw, data);
}

/** The members that a file gives, and what was claimed of it. */
async function openedOf(source: ByteSource, more: Partial<Member> = {}) {
  const budget = budgetOf();
  budget.ledger.open(source);
  const member: Member = { path: 'c', name: 'c', source, depth: 3, origin: ARTIFACT, ...more };
  const members: Member[] = [];
  for await (const one of npy(member, budget)) if (one.kind === 'member') members.push(one.member);
  return { members, ranges: Number.isFinite(source.size) ? budget.ledger.coverage(source.size).ranges : [] };
}

describe('plain data', () => {
  test.each([1, 2, 3])(
    'of version %i is parsed as far as the header, and known for an array behind it',
    async (major) => {
      const bytes = npyOf(HEADER, DATA, major);
      const start = (major === 1 ? 10 : 12) + HEADER.length;
      const { members, ranges } = await openedOf(memorySource(bytes));
      expect(members).toEqual([]);
      expect(ranges).toEqual([
        { start: 0, end: start, kind: 'parsed', reason: null },
        { start, end: start + 12, kind: 'opaque', reason: 'array-data' },
      ]);
    },
  );

  test('that is cut is an error at its start, which says how much is there', async () => {
    const bytes = npyOf(HEADER, DATA.subarray(0, 11));
    await expect(openAll(npy, bytes)).rejects.toMatchObject({
      message: 'truncated: the array needs 12 bytes, 11 are there',
      offset: 10 + HEADER.length,
      fault: 'truncated',
    });
  });

  test('is followed by a file of its own', async () => {
    const end = 10 + HEADER.length + 12;
    const { members } = await openedOf(memorySource(npyOf(HEADER, concat(DATA, bytesOf('tail')))));
    expect(members).toHaveLength(1);
    expect(members[0]).toMatchObject({
      path: `c![bytes ${end}-${end + 3}]`,
      name: `[bytes ${end}-${end + 3}]`,
      depth: 4,
      origin: { from: 'tail' },
      source: { size: 4 },
    });
    expect(await openAll(npy, npyOf(HEADER, concat(DATA, bytesOf('t'))))).toMatchObject({
      members: { [`[bytes ${end}-${end}]`]: 't' },
    });
  });
});

describe('a pickle of objects', () => {
  test('begins behind the header', async () => {
    const { members, ranges } = await openedOf(memorySource(npyOf(OBJECTS, DATA)));
    const start = 10 + OBJECTS.length;
    expect(members).toHaveLength(1);
    expect(members[0]).toMatchObject({ path: 'c', depth: 4, role: 'npy', start });
    expect(ranges[0]).toEqual({ start: 0, end: start, kind: 'parsed', reason: null });
  });

  test('counts as a member', async () => {
    await expect(openAll(npy, npyOf(OBJECTS, DATA), { members: 0 })).rejects.toMatchObject({ limit: 'members' });
  });
});

describe('a decoded file whose end is not known', () => {
  const unknown = (bytes: Uint8Array, reads: number[] = []): ByteSource => ({
    size: Infinity,
    read: (offset, length) => {
      reads.push(offset);
      return bytes.subarray(offset, offset + length);
    },
  });
  const end = 10 + HEADER.length + 12;
  const origin: Origin = ARTIFACT;

  test('is read to the end of the array, and may go on', async () => {
    const reads: number[] = [];
    const { members } = await openedOf(unknown(npyOf(HEADER, DATA), reads), {
      origin,
      packed: { compressed: 5, declared: null },
    });
    expect(reads.at(-1)).toBe(end);
    expect(members.map(({ name, source }) => [name, source.size])).toEqual([[`[bytes ${end}-]`, Infinity]]);
  });

  test('is held against the size that its container declares, and not read for it', async () => {
    const reads: number[] = [];
    const fits = await openedOf(unknown(npyOf(HEADER, DATA), reads), { packed: { compressed: 5, declared: end } });
    expect(fits.members).toEqual([]);
    expect(reads.at(-1)).toBe(10);
    const cut = openedOf(unknown(npyOf(HEADER, DATA)), { packed: { compressed: 5, declared: end - 2 } });
    await expect(cut).rejects.toThrow('the array needs 12 bytes, 10 are there');
  });
});

describe('a header', () => {
  test.each([0, 4, 255])('of version %i is not known', async (major) => {
    await expect(openAll(npy, npyOf(HEADER, DATA, major))).rejects.toMatchObject({
      message: `npy version ${major} is not known`,
      offset: 6,
    });
  });

  test('is Latin-1 before version 3, and UTF-8 from there', async () => {
    const named = (name: Uint8Array): Uint8Array =>
      concat(bytesOf("{'descr': [('"), name, bytesOf("', '<f4')], 'fortran_order': False, 'shape': (3,)}\n"));
    const latin = memorySource(npyOf(named(Uint8Array.of(0xe4)), DATA, 2));
    const utf8 = memorySource(npyOf(named(Uint8Array.of(0xc3, 0xa4)), DATA, 3));
    const { header, headerAt, start } = await npyHeader(latin);
    expect(header).toBe("{'descr': [('\u00e4', '<f4')], 'fortran_order': False, 'shape': (3,)}\n");
    expect([headerAt, start]).toEqual([12, 12 + header.length]);
    expect((await npyHeader(utf8)).header).toBe(header);
    expect((await openedOf(latin)).members).toEqual([]);
  });

  test('of a length beyond the limit is not read; one up to it is', async () => {
    const bytes = npyOf(HEADER, DATA, 2, MAX_NPY_HEADER + 1);
    await expect(openAll(npy, bytes)).rejects.toMatchObject({ limit: 'MAX_NPY_HEADER' });
    await expect(openAll(npy, npyOf(HEADER, DATA, 2, MAX_NPY_HEADER))).rejects.toMatchObject({
      message: expect.stringMatching(/^truncated: the npy header needs 1048576 bytes/) as string,
      offset: 12,
    });
    const longest = HEADER.padEnd(MAX_NPY_HEADER, ' ');
    expect(
      (
        await collect(
          npy(
            { path: 'c', name: 'c', source: memorySource(npyOf(longest, DATA, 2)), depth: 0, origin: ARTIFACT },
            budgetOf(),
          ),
        )
      ).members,
    ).toEqual({});
  });

  test.each([
    ['magic', 7, 'the npy magic and version', 0],
    ['length', 9, 'the length of the npy header', 8],
    ['header', 40, 'the npy header', 10],
  ])('that is cut in its %s says so', async (_, length, what, offset) => {
    await expect(openAll(npy, npyOf(HEADER, DATA).subarray(0, length))).rejects.toMatchObject({
      message: expect.stringContaining(`truncated: ${what} needs`) as string,
      offset,
    });
  });
});
