import { ARTIFACT } from '../../model/origin.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAll, type Shown } from '../../../test/open-container.js';
import { bytesOf, concat, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { pagedSource } from '../../bytes/paged-source.js';
import { FILE_READS } from '../../bytes/read-profile.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { zip } from './container.js';

const MEMBERS: ZipMember[] = [
  { name: 'x/data.pkl', data: 'PAYLOAD-ONE', descriptor: 'signed' },
  { name: 'x/b', data: 'PAYLOAD-TWO PAYLOAD-TWO', method: 8 },
  { name: 'x/c', data: 'PAYLOAD-THREE' },
];
const PAYLOADS = ['PAYLOAD-ONE', 'PAYLOAD-TWO', 'PAYLOAD-THREE'];
const HONEST = zipOf(MEMBERS, { zip64: true, comment: bytesOf('comment') });

/** Opens, with only our own errors allowed. */
async function tryOpen(bytes: Uint8Array): Promise<Shown | Error> {
  try {
    return await openAll(zip, bytes, { artifactMs: 5000 });
  } catch (error) {
    if (error instanceof InputError || error instanceof UnsupportedError || error instanceof LimitError) return error;
    throw error;
  }
}

describe('any bytes', () => {
  const signature = fc.constantFrom(0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50, 0x08074b50, 0x05054b50);
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    signature.map((value) => new Uint8Array([value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24])),
    fc.constantFrom(HONEST, HONEST.subarray(0, 60), HONEST.subarray(-120)),
  );

  test('throw nothing but our own errors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        await tryOpen(concat(...pieces));
      }),
      { numRuns: 1500 },
    );
  });

  test('an honest archive with changed bytes', async () => {
    const change = fc.record({ at: fc.nat(HONEST.length - 1), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = HONEST.slice();
        for (const { at, value } of changes) bytes[at] = value;
        await tryOpen(bytes);
      }),
      { numRuns: 3000 },
    );
  });
});

test('one changed byte hides no payload without a word', async () => {
  for (let at = 0; at < HONEST.length; at += 1) {
    for (const flip of [1, 0x80, 0xff]) {
      const bytes = HONEST.slice();
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      const shown = await tryOpen(bytes);
      if (shown instanceof Error) continue;
      const contents = Object.values(shown.members).join('\n');
      const complete = PAYLOADS.every((payload) => contents.includes(payload));
      // A member that cannot be decoded says so to its reader.
      const said =
        complete || contents.includes('!InputError') || shown.problems.length > 0 || shown.notices.length > 0;
      expect({ at, flip, said }).toEqual({ at, flip, said: true });
    }
  }
});

test('a truncated archive is never complete, and what is left of its payloads is found', async () => {
  for (let length = 1; length < HONEST.length; length += 1) {
    const shown = await tryOpen(HONEST.slice(0, length));
    if (shown instanceof Error) {
      expect(length).toBeLessThan(60);
      continue;
    }
    // A cut comment loses no member, but the file is not what was written.
    expect({ length, noticed: shown.notices.length > 0 }).toEqual({ length, noticed: true });
    const contents = Object.values(shown.members).join('\n');
    const whole = PAYLOADS.filter((payload) => Buffer.from(HONEST.slice(0, length)).includes(payload));
    for (const payload of whole) expect(contents).toContain(payload);
  }
});

describe('what is read', () => {
  /** 400 tensors of 4 MB, as torch.save lays them out; the tensors are zeros that exist only when asked for. */
  function checkpoint(): { source: ByteSource; read: () => number; reads: () => number; size: number } {
    const tensor = 4_000_000;
    const members: ZipMember[] = Array.from({ length: 400 }, (_, i) => ({
      name: `archive/data/${i}`,
      packed: new Uint8Array(0),
      flags: 0x808,
      local: { extra: concat(bytesOf('FB'), Uint8Array.of(40, 0), bytesOf('Z'.repeat(40))) },
    }));
    // The builder lays the members out without their data; the offsets are moved apart afterwards.
    const compact = zipOf(members);
    const view = new DataView(compact.buffer);
    const pieces: { at: number; bytes: Uint8Array }[] = [];
    let from = 0;
    let at = 0;
    const starts: number[] = [];
    for (const member of members) {
      const length = 30 + String(member.name).length + 44;
      starts.push(at);
      pieces.push({ at, bytes: compact.subarray(from, from + length) });
      view.setUint32(from + 18, tensor, true);
      view.setUint32(from + 22, tensor, true);
      from += length;
      at += length + tensor;
    }
    const directory = at;
    for (let record = from, i = 0; i < members.length; i += 1) {
      view.setUint32(record + 20, tensor, true);
      view.setUint32(record + 24, tensor, true);
      view.setUint32(record + 42, starts[i] ?? 0, true);
      record += 46 + String(members[i]?.name).length;
    }
    view.setUint32(compact.length - 6, directory, true);
    pieces.push({ at: directory, bytes: compact.subarray(from) });
    const size = directory + compact.length - from;
    let total = 0;
    let calls = 0;
    const source: ByteSource = {
      size,
      read: (offset, length) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
        total += bytes.length;
        calls += 1;
        for (const piece of pieces) {
          const start = Math.max(offset, piece.at);
          const end = Math.min(offset + bytes.length, piece.at + piece.bytes.length);
          if (start < end) bytes.set(piece.bytes.subarray(start - piece.at, end - piece.at), start - offset);
        }
        return bytes;
      },
    };
    return { source, read: () => total, reads: () => calls, size };
  }

  test('of a checkpoint of 1.6 GB: its headers', async () => {
    const { readZip } = await import('./container.js');
    const { budgetOf } = await import('../../../test/open-container.js');
    const { source: bare, read, reads, size } = checkpoint();
    const source = pagedSource({ ...bare, profile: FILE_READS }, { thorough: false });
    const archive = await readZip(source, budgetOf());
    expect(archive).toMatchObject({ unlisted: [], gaps: [], overlaps: [] });
    expect(archive.entries).toHaveLength(400);
    expect(archive.entries.every((entry) => entry.local !== null)).toBe(true);
    expect(size).toBeGreaterThan(1.6e9);
    expect(read()).toBeLessThan(size / 1000);
    expect(reads()).toBeLessThan(420);
    // What the tensors begin with came with their headers, unless a page ends between them.
    for (const { data } of archive.entries)
      expect(await archive.source.read(data?.start ?? 0, 512)).toEqual(await bare.read(data?.start ?? 0, 512));
    expect(reads() - 400).toBeLessThan(400 + 300);
    expect(read()).toBeLessThan(size / 1000);
  });

  test('of members that are not selected: their headers', async () => {
    const { readZip } = await import('./container.js');
    const { zipMembers } = await import('./members.js');
    const { budgetOf, collect } = await import('../../../test/open-container.js');
    const bytes = zipOf([
      { name: 'data.pkl', data: 'x' },
      { name: '../data/0', data: 'y'.repeat(5000), crc: 0 },
    ]);
    let touched = false;
    const source: ByteSource = {
      size: bytes.length,
      read: (offset, length) => {
        if (offset > 200 && offset < 4000 && length < 5000) touched = true;
        return bytes.subarray(offset, offset + length);
      },
    };
    const budget = budgetOf();
    const archive = await readZip(source, budget);
    const member = { path: 'c', name: 'c', source: memorySource(bytes), depth: 0, origin: ARTIFACT };
    const shown = await collect(zipMembers(archive, member, budget, (name) => name === 'data.pkl'));
    expect(shown).toMatchObject({ members: { 'data.pkl': 'x' }, problems: ['parent-directory'] });
    expect(touched).toBe(false);
  });
});

describe('hostile to the reader', () => {
  test('a tail full of end records', async () => {
    const shown = await openAll(zip, concat(zipOf(MEMBERS), ...Array.from({ length: 3000 }, () => zipOf([]))));
    expect(shown.problems).toContain('several-end-records');
    expect(shown.notices).toMatchObject([{ cause: 'limit' }]);
  });

  test('local headers one in the other are followed in linear time', async () => {
    const header = zipOf([{ name: 'n', data: '' }]).slice(0, 31);
    const started = Date.now();
    const shown = await openAll(zip, concat(...Array.from({ length: 20_000 }, () => header)));
    expect(Object.keys(shown.members).length).toBeGreaterThan(1000);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('names of 64 KiB', async () => {
    const name = '../'.repeat(21_000);
    const shown = await openAll(zip, zipOf([{ name: `${name}x`, data: 'x' }]));
    expect(shown.problems).toEqual(['parent-directory']);
  });
});
