import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { InputError, UnsupportedError } from '../../model/errors.js';
import { folderSource } from './folder.js';
import type { Coder, Folder } from './headers.js';

const coder = (method: string, properties: readonly number[] = [], inputs = 1, outputs = 1): Coder => ({
  method,
  inputs,
  outputs,
  properties: Uint8Array.from(properties),
});
const COPY = coder('00');
const DEFLATE = coder('040108');
const ADD_ONE = coder('03', [0]);

/** A chain of coders, the packed stream first, each with the size of what it makes. */
function chain(...links: readonly (readonly [Coder, number])[]): Folder {
  return {
    coders: links.map(([one]) => one),
    pairs: links.slice(1).map((_, i) => ({ input: i + 1, output: i })),
    packed: [0],
    sizes: links.map(([, size]) => size),
    crc: null,
  };
}

/** Opens a folder whose packed stream lies behind three bytes and before three others. */
function open(folder: Folder, data: Uint8Array) {
  const source = memorySource(concat(bytesOf('...'), data, bytesOf('...')));
  return folderSource(folder, { source, starts: [3], sizes: [data.length] }, budgetOf());
}

async function text(folder: Folder, data: Uint8Array): Promise<string> {
  const source = open(folder, data);
  const parts: string[] = [];
  for (let at = 0; ;) {
    const bytes = await source.read(at, 7);
    if (bytes.length === 0) return parts.join('');
    parts.push(Buffer.from(bytes).toString('latin1'));
    at += bytes.length;
  }
}

const TEXT = 'some text that is packed, some text that is packed';
const DEFLATED = new Uint8Array(deflateRawSync(TEXT));

describe('a folder', () => {
  test('that is only stored is its bytes', async () => {
    expect(open(chain([COPY, 4]), bytesOf('abcd')).size).toBe(4);
    expect(await text(chain([COPY, 4]), bytesOf('abcd'))).toBe('abcd');
    expect(await text(chain([COPY, 4], [COPY, 4]), bytesOf('abcdef'))).toBe('abcd');
    // Not more than the packed stream has.
    expect(open(chain([COPY, 6]), bytesOf('abcd')).size).toBe(4);
    expect(await text(chain([COPY, 6]), bytesOf('abcd'))).toBe('abcd');
  });

  test('that is packed has the size that it declares, and where it lies', async () => {
    const source = open(chain([DEFLATE, TEXT.length]), DEFLATED);
    expect([source.size, source.within?.start, source.within?.packed]).toEqual([TEXT.length, 3, DEFLATED.length]);
    expect(await text(chain([DEFLATE, TEXT.length]), DEFLATED)).toBe(TEXT);
    expect(await text(chain([DEFLATE, 5]), DEFLATED)).toBe('some ');
    expect(await text(chain([DEFLATE, 0]), DEFLATED)).toBe('');
  });

  test('that ends early says where', async () => {
    await expect(text(chain([DEFLATE, TEXT.length + 2]), DEFLATED)).rejects.toEqual(
      new InputError(
        `truncated: a 7z folder of ${TEXT.length + 2} bytes ends 2 bytes early`,
        3 + DEFLATED.length,
        'truncated',
      ),
    );
  });

  test('goes through its coders in the order of their pairs', async () => {
    // Differences to the byte before: 1, 1, 1 are 1, 2, 3, and once more 1, 3, 6.
    const ones = Uint8Array.of(1, 1, 1);
    expect(await text(chain([ADD_ONE, 3]), ones)).toBe('\x01\x02\x03');
    expect(await text(chain([ADD_ONE, 3], [ADD_ONE, 3]), ones)).toBe('\x01\x03\x06');
    expect(await text(chain([coder('03', [1]), 3]), ones)).toBe('\x01\x01\x02');
    expect(await text(chain([COPY, 3], [ADD_ONE, 3], [COPY, 3]), ones)).toBe('\x01\x02\x03');
    const packedOnes = new Uint8Array(deflateRawSync(ones));
    expect(await text(chain([DEFLATE, 3], [ADD_ONE, 3]), packedOnes)).toBe('\x01\x02\x03');
    // The same with the coders in the other order, as 7-Zip writes them.
    const reversed: Folder = {
      coders: [ADD_ONE, DEFLATE],
      pairs: [{ input: 0, output: 1 }],
      packed: [1],
      sizes: [3, 3],
      crc: null,
    };
    expect(await text(reversed, packedOnes)).toBe('\x01\x02\x03');
  });

  test('may be packed twice', async () => {
    const twice = new Uint8Array(deflateRawSync(DEFLATED));
    expect(await text(chain([DEFLATE, DEFLATED.length], [DEFLATE, TEXT.length]), twice)).toBe(TEXT);
    await expect(text(chain([DEFLATE, DEFLATED.length + 1], [DEFLATE, TEXT.length + 1]), twice)).rejects.toBeInstanceOf(
      InputError,
    );
  });

  test('of a branch filter starts at the address that its properties give', async () => {
    // ARM: a jump BL has the address of its target, in words.
    const jump = Uint8Array.of(0x10, 0, 0, 0xeb);
    expect(await text(chain([coder('07'), 4]), jump)).toBe('\x0e\0\0\xeb');
    expect(await text(chain([coder('07', [0x10, 0, 0, 0]), 4]), jump)).toBe('\x0a\0\0\xeb');
    expect(await text(chain([coder('03030501', [0x10, 0, 0, 0]), 4]), jump)).toBe('\x0a\0\0\xeb');
  });
});

describe('a folder that cannot be decoded', () => {
  test.each<[string, Folder, string]>([
    ['encrypted', chain([coder('06f10701'), 4]), 'encrypted with a password'],
    ['of a method that is not supported, behind others', chain([COPY, 4], [coder('030401'), 4]), '7z method PPMd'],
    ['of BCJ2', chain([coder('0303011b', [], 4, 1), 4]), '7z method BCJ2'],
    ['of several inputs', chain([coder('00', [], 2, 1), 4]), 'a 7z folder whose coders have several streams'],
    [
      'of several outputs',
      chain([COPY, 4], [coder('00', [], 1, 2), 4]),
      'a 7z folder whose coders have several streams',
    ],
    ['of an unknown method', chain([coder('7766'), 4]), '7z method 7766'],
  ])('%s', (_, folder, message) => {
    expect(() => open(folder, bytesOf('abcd'))).toThrow(new UnsupportedError(message, 3));
    expect(() => open(folder, bytesOf('abcd'))).toThrow(expect.objectContaining({ offset: 3 }) as Error);
  });

  const noChain = 'corrupt 7z header: the coders of a folder form no chain';
  test.each<[string, Folder, string]>([
    ['of a coder that is not there', { ...chain([COPY, 4]), packed: [1] }, noChain],
    ['of a coder that nothing feeds', { ...chain([COPY, 4], [COPY, 4]), pairs: [] }, noChain],
    [
      'of coders in a circle',
      {
        ...chain([COPY, 4], [COPY, 4]),
        pairs: [
          { input: 1, output: 0 },
          { input: 0, output: 1 },
        ],
      },
      noChain,
    ],
    ['without a packed stream', { ...chain([COPY, 4]), packed: [] }, noChain],
    ['of a delta without a distance', chain([coder('03'), 4]), 'corrupt 7z header: the properties of method 03'],
    [
      'of LZMA without properties',
      chain([coder('030101', [0x5d, 0, 0, 1]), 4]),
      'corrupt 7z header: the properties of method 030101',
    ],
    [
      'of LZMA with others',
      chain([coder('030101', [0xff, 0, 0, 1, 0]), 4]),
      'corrupt 7z header: the properties of method 030101',
    ],
    ['of LZMA2 without', chain([coder('21'), 4]), 'corrupt 7z header: the properties of method 21'],
    ['of LZMA2 with others', chain([coder('21', [41]), 4]), 'corrupt 7z header: the properties of method 21'],
  ])('%s', (_, folder, message) => {
    expect(() => open(folder, bytesOf('abcd'))).toThrow(message);
    expect(() => open(folder, bytesOf('abcd'))).toThrow(
      expect.objectContaining({ name: 'InputError', offset: 3 }) as Error,
    );
  });
});

test.each([
  ['040202', 'bzip2'],
  ['04f71101', 'zstd'],
  ['04f71104', 'LZ4'],
])('method %s is %s', async (method) => {
  await expect(text(chain([coder(method), 4]), bytesOf('none of these'))).rejects.toBeInstanceOf(InputError);
});
