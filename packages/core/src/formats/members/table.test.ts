import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../test/zip-builder.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import type { Format } from '../../model/format.js';
import { byMarks, startsWith, type FormatModule } from './format.js';
import { FormatTable } from './table.js';

const open: Extract<FormatModule, { open: unknown }>['open'] = async function* () {};
const MODULES = {
  zip: {
    title: 'zip',
    ...byMarks([[1, 2], [3]]),
    promises: [
      ['zip whl', 'a zip'],
      ['longest', 'long'],
    ],
    open,
  },
  gguf: { title: 'gguf', ...byMarks([[1, 2, 3]]), promises: [['gguf', 'a GGUF']], opaque: 'runs nothing' },
  tar: {
    title: 'tar',
    firstBytes: null,
    recognise: (head: Uint8Array) => head[1] === 9,
    promises: [],
    open,
    weakly: {
      recognise: (head: Uint8Array, format: Format, isOpaque: boolean) =>
        head[2] === (isOpaque ? 8 : 7) || format === 'tar',
      open,
    },
  },
} as unknown as Record<Format, FormatModule>;
const table = new FormatTable(MODULES);
const of = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

describe('by its first bytes', () => {
  test.each<[number[], Format]>([
    [[], 'empty'],
    [[1, 2], 'zip'],
    [[1, 2, 3], 'zip'],
    [[3], 'zip'],
    [[1, 9], 'tar'],
    [[200, 9], 'tar'],
    [[2, 1], 'maybe-pickle'],
    [[1], 'maybe-pickle'],
  ])('%j is %s', async (bytes, format) => {
    expect(table.formatOf(of(...bytes))).toBe(format);
    const source = memorySource(of(...bytes));
    expect(table.formatAtHead(source)).toBe(format);
    const later = table.formatAtHead({ size: 9, read: async () => of(...bytes) });
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe(format);
  });

  test('others may take it by weaker marks, but not the same', () => {
    expect(table.recognise(of(1, 2, 7))).toEqual({ format: 'zip', others: ['tar'] });
    expect(table.recognise(of(1, 2, 8))).toEqual({ format: 'zip', others: [] });
    expect(table.recognise(of(1, 9, 7))).toEqual({ format: 'tar', others: [] });
  });
});

test('behind bytes that say nothing: in the order of the modules, with what the name promises', async () => {
  const asked: string[] = [];
  const behind = (name: string, is: (source: ByteSource) => boolean) => ({
    recogniseBehind: async (source: ByteSource, isPromised: boolean) => {
      asked.push(`${name} ${isPromised}`);
      return is(source);
    },
  });
  const searching = new FormatTable({
    zip: { ...MODULES.zip, ...behind('zip', ({ size }) => size === 3) },
    gguf: MODULES.gguf,
    tar: { ...MODULES.tar, ...behind('tar', ({ size }) => size > 2) },
  } as unknown as Record<Format, FormatModule>);
  expect(await searching.formatBehind(memorySource(of(1, 2, 3)), 'a.zip')).toBe('zip');
  expect(await searching.formatBehind(memorySource(of(1, 2, 3, 4)), 'a.gguf')).toBe('tar');
  expect(await searching.formatBehind(memorySource(of(1)), 'a')).toBeNull();
  expect(asked).toEqual(['zip true', 'zip false', 'tar false', 'zip false', 'tar false']);
});

test('by its name', () => {
  expect(table.promisedBy('a.ZIP')).toEqual({ format: 'zip', words: 'a zip' });
  expect(table.promisedBy('a.b.whl')).toEqual({ format: 'zip', words: 'a zip' });
  expect(table.promisedBy('a.longest')).toEqual({ format: 'zip', words: 'long' });
  expect(table.promisedBy('.gguf')).toEqual({ format: 'gguf', words: 'a GGUF' });
  for (const name of ['zip', 'a.zipx', 'a.', 'a.longestx', 'a.zip.x']) expect(table.promisedBy(name)).toBeNull();
});

test('a format that is not analysed says so', () => {
  expect(table.isOpaque('gguf')).toBe(true);
  expect(table.isOpaque('zip')).toBe(false);
  expect(table.module('tar').title).toBe('tar');
});

test('a mark is there in full or not at all', () => {
  expect(startsWith(bytesOf('abc'), [0x61, 0x62, 0x63])).toBe(true);
  expect(startsWith(bytesOf('abc'), [])).toBe(true);
  expect(startsWith(bytesOf('ab'), [0x61, 0x62, 0x63])).toBe(false);
  expect(startsWith(bytesOf('xbc'), [0x61])).toBe(false);
  expect(byMarks([[1, 2], [3]]).firstBytes).toEqual([1, 3]);
});
