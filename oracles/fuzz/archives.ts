import { crc32 } from '../../packages/core/src/codecs/crc32.js';
import { randomPickle, type Random } from '../../packages/core/test/random-pickle.js';
import { longName, pax, tarEntry, tarOf } from '../../packages/core/test/tar-builder.js';
import { concat } from '../../packages/core/test/zip-builder.js';
import type { Seeds } from './seeds.js';

/** Archives by grammar: every field is what a writer might put there, right or nearly so. */

const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)] as T;

const ENTRY_NAMES = ['a.pkl', 'A.pkl', './a.pkl', 'd/', '../a', '/a', 'storages', 'tensors', 'pickle', 'b\\..\\c', ''];
const SIZES = ['0', '3', '-1', '512', ' 1_0 ', '99999999999999999999', 'x', ''];
const NUMBER_FIELDS = [
  '\x80\0\0\0\0\0\0\0\0\0\0\x04',
  '\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
  '0o17\0',
  ' 7',
];

function numberField(random: Random): Uint8Array {
  const field = new Uint8Array(12);
  field.set(Uint8Array.from(pick(random, NUMBER_FIELDS), (char) => char.charCodeAt(0)));
  return field;
}

export function randomTar(random: Random): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let i = 0; i <= random(4); i += 1) {
    if (random(4) === 0) {
      const records: Record<string, string> = {};
      for (const key of ['path', 'linkpath', 'size', 'GNU.sparse.name', 'GNU.sparse.major', 'comment'])
        if (random(4) === 0) records[key] = key === 'size' ? pick(random, SIZES) : pick(random, ENTRY_NAMES);
      parts.push(pax(records, random(4) === 0 ? 'g' : 'x'));
    }
    if (random(5) === 0) parts.push(longName('n'.repeat(random(700)), random(2) === 0 ? 'L' : 'K'));
    parts.push(
      tarEntry({
        name: pick(random, ENTRY_NAMES),
        data: random(3) === 0 ? new Uint8Array(random(600)) : randomPickle(random, 1 + random(8)),
        type: pick(random, ['0', '0', '0', '\0', '1', '2', '3', '5', '7', 'S', 'L', 'x', 'Z']),
        link: pick(random, ENTRY_NAMES),
        prefix: random(4) === 0 ? pick(random, ENTRY_NAMES) : '',
        magic: pick(random, ['ustar', 'ustar', 'gnu', 'v7']),
        checksum: pick(random, ['unsigned', 'unsigned', 'unsigned', 'signed', 'wrong']),
        ...(random(8) === 0 ? { sizeField: numberField(random) } : {}),
        ...(random(8) === 0 ? { size: random(3000) } : {}),
      }),
    );
    if (random(10) === 0) parts.push(new Uint8Array(512 * (1 + random(3))));
  }
  const whole = tarOf(...parts);
  return random(4) === 0 ? whole.subarray(0, random(whole.length)) : whole;
}

/** The method's ID, and properties that it takes. */
const METHODS: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[0x00], []],
  [[0x21], [24]],
  [[0x21], [41]],
  [
    [3, 1, 1],
    [0x5d, 0, 0, 1, 0],
  ],
  [[3, 1, 1], [0xff]],
  [[4, 1, 8], []],
  [[4, 2, 2], []],
  [[4, 0xf7, 0x11, 1], []],
  [[4, 0xf7, 0x11, 4], []],
  [[3], [0]],
  [[3], []],
  [[4], []],
  [[5], []],
  [[7], []],
  [[8], [4, 0, 0, 0]],
  [[0x0a], []],
  [[3, 3, 1, 3], []],
  [[3, 3, 1, 0x1b], []],
  [[6, 0xf1, 7, 1], [1]],
  [[0x7f], []],
];

/** 7z's numbers as far as they are small. */
function number(value: number): number[] {
  return value < 0x80 ? [value] : [0x80 | (value >>> 8), value & 0xff];
}

function word(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

function sevenZipFolder(random: Random): { readonly bytes: number[]; readonly outputs: number } {
  const coders = 1 + random(random(4) === 0 ? 5 : 2);
  const bytes = number(coders);
  for (let i = 0; i < coders; i += 1) {
    const [id, properties] = pick(random, METHODS);
    const several = random(20) === 0;
    bytes.push(id.length | (properties.length > 0 ? 0x20 : 0) | (several ? 0x10 : 0), ...id);
    if (several) bytes.push(random(4), random(3));
    if (properties.length > 0) bytes.push(properties.length, ...properties);
  }
  for (let i = 0; i + 1 < coders; i += 1)
    bytes.push(random(12) === 0 ? random(coders) : i, random(12) === 0 ? random(coders) : i + 1);
  return { bytes, outputs: coders };
}

export function randomSevenZip(seeds: Seeds): (random: Random) => Uint8Array {
  const packed = [seeds.deflate, seeds.bzip2, seeds.lzma2, seeds.zstd, seeds.lz4].map((list) =>
    list.filter((bytes) => bytes.length < 700),
  );
  return (random) => {
    const folders = Array.from({ length: 1 + random(3) }, () => sevenZipFolder(random));
    const data = folders.map(() =>
      random(3) === 0 ? randomPickle(random, 1 + random(10)) : pick(random, pick(random, packed)),
    );
    const count = random(10) === 0 ? random(4) : folders.length;
    const files = folders.map(() => 1 + random(random(3) === 0 ? 3 : 1));
    const sizes = folders.map((folder) => Array.from({ length: folder.outputs }, () => random(2000)));
    const all = files.reduce((sum, one) => sum + one, 0);
    const names = Array.from({ length: all }, () => [...`${pick(random, ENTRY_NAMES)}\0`]).flat();
    const bits = Array.from({ length: Math.ceil(all / 8) }, () => random(256));
    const header = [
      [1, 4, 6, ...number(random(20) === 0 ? random(100) : 0), ...number(count)],
      [9, ...data.slice(0, count).flatMap((one) => number(one.length)), 0],
      [7, 0x0b, ...number(folders.length), 0, ...folders.flatMap((folder) => folder.bytes)],
      [0x0c, ...sizes.flat().flatMap(number)],
      random(3) === 0 ? [0x0a, 1, ...folders.flatMap(() => word(random(2 ** 32)))] : [],
      [0, 8, 0x0d, ...files.flatMap(number)],
      [9, ...files.flatMap((one) => Array.from({ length: one - 1 }, () => number(random(200))).flat()), 0, 0],
      [5, ...number(all), 0x11, ...number(1 + names.length * 2), 0],
      names.flatMap((char) => [char.charCodeAt(0), 0]),
      random(4) === 0 ? [0x0e, bits.length, ...bits] : [],
      random(3) === 0
        ? [0x15, ...number(2 + all * 4), 1, 0, ...Array.from({ length: all }, () => [0, 0x80, 0xff, 0xa1]).flat()]
        : [],
      [0, 0],
    ];
    const body = Uint8Array.from(header.flat());
    const streams = concat(...data);
    const start = Uint8Array.from([...word(streams.length), ...word(0), ...word(body.length), ...word(0)]);
    const signature = Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]);
    const checked = concat(start, Uint8Array.from(word(crc32(body))));
    return concat(signature, Uint8Array.from(word(crc32(checked))), checked, streams, body);
  };
}
