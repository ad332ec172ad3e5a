import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zstdStored } from '../../test/disguises.ts';
import { DEFAULT_INSPECTION_LIMITS, RATIO_FREE_BYTES, type InspectionLimits } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { beginsZlib, codingOf, decode, parseCodings, type Coding } from './content-coding.ts';
import { Spending } from './spending.ts';

async function decoded(bytes: Buffer, coding: Coding, limits: Partial<InspectionLimits> = {}): Promise<string> {
  const spending = new Spending({ ...DEFAULT_INSPECTION_LIMITS, ...limits });
  try {
    const found = await decode(bytes, coding, 'p', spending);
    expect(DEFAULT_INSPECTION_LIMITS.decodedBytes - spending.left).toBe(
      found.length + DEFAULT_INSPECTION_LIMITS.decodedBytes - spending.limits.decodedBytes,
    );
    return found.length > 99 ? `${found.length} bytes` : found.toString();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return `${error.refusal.rule} ${error.refusal.signal}`;
  }
}

test.each([
  ['', []],
  ['identity', []],
  ['gzip', ['gzip']],
  ['X-GZIP', ['gzip']],
  [' gzip , br ', ['gzip', 'br']],
  ['deflate,,identity', ['deflate']],
  ['zstd', ['zstd']],
  ['gzip, gzip, gzip', null],
  ['compress', null],
  ['toString', null],
  ['constructor', null],
  ['__proto__', null],
])('Content-Encoding: %s', (header, expected) => expect(parseCodings(header)).toEqual(expected));

const packers: readonly (readonly [Coding, string, (bytes: Buffer) => Buffer])[] = [
  ['gzip', 'gzip', gzipSync],
  ['deflate', 'zlib', deflateSync],
  ['deflate', 'raw', deflateRawSync],
  ['br', 'brotli', brotliCompressSync],
  ['zstd', 'zstd', zstdStored],
];

describe.each(packers)('%s (%s)', (coding, _name, pack) => {
  const packed = pack(Buffer.from('some text'));

  test('is unpacked', async () => expect(await decoded(packed, coding)).toBe('some text'));

  test('that is cut or damaged is refused', async () => {
    expect(await decoded(packed.subarray(0, packed.length - 4), coding)).toBe(`GATE-UNREADABLE ${coding}-corrupt`);
    expect(await decoded(Buffer.alloc(9, 0xff), coding)).toBe(`GATE-UNREADABLE ${coding}-corrupt`);
  });

  test('of more than a request may spend is a bomb', async () => {
    expect(await decoded(packed, coding, { decodedBytes: 9 })).toBe('some text');
    expect(await decoded(packed, coding, { decodedBytes: 8 })).toMatch(/^GATE-BOMB/);
  });
});

test('a ratio counts beyond a size', async () => {
  const free = gzipSync(Buffer.alloc(RATIO_FREE_BYTES));
  expect(await decoded(free, 'gzip', { ratio: 2 })).toBe(`${RATIO_FREE_BYTES} bytes`);
  const more = gzipSync(Buffer.alloc(RATIO_FREE_BYTES + 1));
  expect(await decoded(more, 'gzip', { ratio: 2 })).toBe('GATE-BOMB gzip');
  expect(await decoded(more, 'gzip', { ratio: 2000 })).toBe(`${RATIO_FREE_BYTES + 1} bytes`);
});

test('bytes behind a zstd frame are no data', async () => {
  expect(await decoded(Buffer.concat([zstdStored(Buffer.from('a')), Buffer.from('b')]), 'zstd')).toBe(
    'GATE-UNREADABLE zstd-corrupt',
  );
});

test.each([
  [[0x1f, 0x8b, 8, 0], 'gzip'],
  [[0x1f, 0x8b, 8, 0x1f], 'gzip'],
  [[0x1f, 0x8b, 8, 0x20], null],
  [[0x1f, 0x8b, 8], null],
  [[0x1f, 0x8b, 7, 0], null],
  [[0x1f, 0x8c, 8, 0], null],
  [[0x28, 0xb5, 0x2f, 0xfd], 'zstd'],
  [[0x28, 0xb5, 0x2f, 0xfe], null],
  [[0x78, 0x9c], 'deflate'],
  [[0x78, 0x01], 'deflate'],
  [[0x08, 0x1d], 'deflate'],
  [[0x78, 0x9d], null],
  [[0x79, 0x9c], null],
  [[0x88, 0x1c], null],
  [[0x78, 0xbb], null],
  [[0x78], null],
  [[], null],
])('the mark of %j', (bytes, expected) => expect(codingOf(Uint8Array.from(bytes))).toBe(expected));

test('zlib data are distinguished from bytes that begin like them', async () => {
  const packed = deflateSync(Buffer.from('x'.repeat(500)));
  expect(await beginsZlib(packed)).toBe(true);
  expect(await beginsZlib(packed.subarray(0, 8))).toBe(true);
  expect(await beginsZlib(deflateSync(Buffer.alloc(RATIO_FREE_BYTES + 1)))).toBe(true);
  expect(await beginsZlib(Buffer.from([0x78, 0x9c, 0xff, 0xff, 0xff]))).toBe(false);
});
