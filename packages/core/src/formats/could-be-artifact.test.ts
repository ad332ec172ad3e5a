import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../test/kit.js';
import { tarOf } from '../../test/tar-builder.js';
import { concat, zipOf } from '../../test/zip-builder.js';
import { memorySource } from '../bytes/source.js';
import { collect } from '../collect.js';
import { couldBeArtifact } from './could-be-artifact.js';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const SYSTEM = pickle(op.global('os', 'system'), op.stop);
const member = { name: 'a.pkl', data: SYSTEM };

test.each([
  ['nothing', new Uint8Array(0)],
  ['a word', latin1('hello')],
  ['a number', latin1('12.5')],
  ['opcodes that name nothing and do not stop', latin1('(NNN')],
  ['a code of the extension registry that nothing calls', latin1('\x82\x01N')],
  ['a text that the end of the piece cuts', latin1('X\x20\0\0\0cos\nsystem\n.')],
  ['an image', concat(latin1('\x89PNG\r\n\x1a\n'), new Uint8Array(8))],
])('%s could be none', (_, bytes) => expect(couldBeArtifact(bytes)).toBe(false));

test.each([
  ['a pickle', SYSTEM],
  ['a pickle of protocol 0', latin1('cos\nsystem\n.')],
  ['a pickle that only stops', latin1('N.')],
  ['a zip', zipOf([member])],
  ['a zip behind a text', concat(latin1('text'), zipOf([member]))],
  ['a zip behind an image', concat(latin1('\x89PNG\r\n\x1a\n'), zipOf([member]))],
  ['a tar', tarOf(member)],
  ['gzip', new Uint8Array(gzipSync(latin1('x')))],
  ['zlib', new Uint8Array(deflateSync(SYSTEM))],
  ['an array', concat(latin1('\x93NUMPY\x01\0'), new Uint8Array(20))],
])('%s could be one', (_, bytes) => expect(couldBeArtifact(bytes)).toBe(true));

/**
 * LZMA alone as Python's lzma writes it (FORMAT_ALONE; a window of 4 KiB, lc 0, lp 0, pb 1), with another byte in the end
 * marker: it breaks off behind its data. These properties are an opcode too, so that nothing but a weak mark says LZMA.
 */
const alone = (hex: string): Uint8Array => new Uint8Array(Buffer.from(`2d00100000ffffffffffffffff00${hex}`, 'hex'));

describe('LZMA alone, by a weak mark', () => {
  // `hello there, nobody looks anything up`
  const WORDS = '3419a49d9a474b518504903e5b1c861d1e7c1d833cbd71d9da8204812cf514e14759ae8db55e8f6efc412a00';

  test.each([
    ['words', WORDS],
    ['zeros', '006e594e93dfffff7f020000'],
  ])('that breaks off behind %s could be none', (_name, hex) => {
    expect(couldBeArtifact(alone(hex))).toBe(false);
  });

  test.each([
    ['a pickle', '319c8710f6f5e10fbc4497ec450a5410d8b70cf020155e63d3ffffd1260000'],
    ['gzip', '0fa3a70747e07126688299c3961533192549de1cd2e840cdc86873c93c55f323e47ffff8d31500'],
    [
      'words and a zip',
      '3b9c423871a8033e21a5d9b01f6134e419b1addb506b858525e8a53c1aacb4e748af7e42c66b4824db14e18d371c33f23f7d0ff434cb241236666afd34231232a0ed0f5b9f1a6a96c28a0f0ffffdeb2f00',
    ],
  ])('that breaks off behind %s could be one', (_name, hex) => {
    expect(couldBeArtifact(alone(hex))).toBe(true);
  });

  test('that breaks off behind words, and has a zip behind it, could be one', () => {
    expect(couldBeArtifact(concat(alone(WORDS), zipOf([member])))).toBe(true);
  });

  test('that does not break off could be one: more may be joined to it', () => {
    expect(couldBeArtifact(alone(WORDS.replace(/2a00$/, '2b00')))).toBe(true);
  });
});

describe('what is left out', () => {
  /** Words of pickles, archives and texts, so that many of them are nearly something. */
  const words = [
    'c',
    'os\n',
    'system\n',
    '.',
    'N',
    '(',
    '\x80\x04',
    '}',
    'R',
    'PK\x05\x06',
    '\x1f\x8b',
    ']\0\0',
    'a',
    '1',
  ];
  const pieces = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => latin1(parts.join('')));

  test('has no name that a loader would look up', async () => {
    let left = 0;
    await fc.assert(
      fc.asyncProperty(pieces, async (bytes) => {
        if (couldBeArtifact(bytes)) return;
        left += 1;
        const { facts, streams } = await collect({ path: 'a', size: bytes.length, source: memorySource(bytes) });
        expect([...facts, ...streams.flatMap((one) => one.facts)].map(({ kind }) => kind)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(left).toBeGreaterThan(0);
  });
});
