import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { lookThat, short } from '../../../test/look-double.js';
import { bytesOf, concat } from '../../../test/zip-builder.js';
import { Budget, DEFAULT_LIMITS } from '../../bytes/budget.js';
import { memorySource } from '../../bytes/source.js';
import { LimitError } from '../../model/errors.js';
import { HEAD_BYTES } from '../../model/format.js';
import { MAX_CHANCE_BYTES, SEARCHED_BYTES } from '../../model/limits.js';
import { ARTIFACT, ENTRY, GAP, TAIL, unread, type Origin } from '../../model/origin.js';
import { portablePlatform } from '../../platform.js';
import { bomb, noticeOf, type Found } from '../members/look.js';
import { lzma, zlib } from './module.js';

const FACT: Found = { kind: 'fact', fact: bomb('x', 'expansion', 'any fact') };
const LIMIT = noticeOf('x', null, 'limit', 'too much');
const CORRUPT = noticeOf('x', null, 'corrupt', 'damaged');
const UNREAD: Found = {
  kind: 'unread',
  unread: { path: 'x', what: 'storage-counts', count: 1, ranges: [], reason: 'not read' },
};

interface Case {
  readonly name?: string;
  readonly origin?: Origin;
  readonly packed?: { readonly compressed: number; readonly declared: number };
  readonly weakly?: boolean;
}

/** What opening these bytes gives where `finds` is all that is found in them. */
const open = (bytes: Uint8Array, finds: readonly Found[], about?: Case) => opening(bytes, () => finds, about);

/** The same, where `finds` is asked at each look at them. */
async function opening(
  bytes: Uint8Array,
  finds: (time: number) => readonly Found[],
  { name = 'a', origin = ARTIFACT, packed, weakly = false }: Case = {},
) {
  const module = weakly || bytes[0] === 0x5d ? lzma : zlib;
  const { look, members } = lookThat(() => finds(members.length));
  const source = memorySource(bytes);
  look.budget.ledger.open(source);
  const member = { path: name, name, source, depth: 2, origin, ...(packed === undefined ? {} : { packed }) };
  const found: string[] = [];
  if (!('open' in module)) throw new Error('it is not opened');
  const opened = weakly ? module.weakly?.open(member, look) : module.open(member, look, []);
  for await (const one of opened ?? []) found.push(short(one));
  const { totals } = look.budget.ledger.coverage(bytes.length);
  const isData = totals.some(({ reason, bytes: count }) => reason === 'data' && count === bytes.length);
  return { found, members, isData };
}

/** A stored block of deflate, one that is not the last. */
const stored = (text: string): Uint8Array =>
  concat(Uint8Array.of(0, text.length, 0, text.length ^ 0xff, 0xff), bytesOf(text));
/** Block type 3 does not exist. */
const BREAK = Uint8Array.of(0x07);
const HEADER = Uint8Array.of(0x78, 0x9c);
const broken = (...blocks: readonly Uint8Array[]): Uint8Array => concat(HEADER, ...blocks, BREAK);
const BROKEN = expect.stringMatching(/^(?:corrupt|truncated): zlib: /);

describe('bytes that begin like zlib', () => {
  test('are zlib where anything is found in them; the format is said once', async () => {
    const { found, isData } = await open(deflateSync('x'), [FACT, LIMIT, CORRUPT, FACT]);
    expect(found).toEqual([
      'format zlib 2',
      'fact archive.bomb',
      'limit: too much',
      'corrupt: damaged',
      'fact archive.bomb',
    ]);
    expect(isData).toBe(false);
  });

  test('keep what is damaged until something else is found', async () => {
    const { found, members } = await open(deflateSync('x'), [CORRUPT, FACT]);
    expect(found).toEqual(['format zlib 2', 'corrupt: damaged', 'fact archive.bomb']);
    expect(members).toHaveLength(1);
  });

  test('are data where nothing is found, whole or broken off', async () => {
    expect((await open(deflateSync('x'), [])).found).toEqual([]);
    const { found, members, isData } = await open(broken(stored('text')), []);
    expect({ found, isData }).toEqual({ found: [], isData: true });
    expect(members).toHaveLength(2);
  });

  test('are looked at once more where they break off, as far as they go', async () => {
    const empty = Uint8Array.of(0, 0, 0, 0xff, 0xff);
    // So many empty blocks that the decoder puts its bytes out in two parts.
    const far = new Uint8Array(30_000 * empty.length);
    for (let at = 0; at < far.length; at += empty.length) far.set(empty, at);
    const { found, members, isData } = await open(broken(stored('abc'), far, stored('defg')), [CORRUPT]);
    expect(found).toEqual(['format zlib 2', 'corrupt: damaged', BROKEN]);
    expect(isData).toBe(false);
    const [, again] = members;
    expect(again).toMatchObject({
      path: 'a!<zlib>',
      name: 'a',
      depth: 3,
      origin: { from: 'entry', reader: 'by-name' },
    });
    expect(await again?.source.read(0, 99)).toEqual(bytesOf('abcdefg'));
  });

  test('are data where what they hold is known and was not read', async () => {
    const { found, members } = await opening(broken(stored('abc')), (time) => (time === 2 ? [UNREAD] : []));
    expect({ found, members: members.length }).toEqual({ found: [], members: 2 });
  });

  test.each([
    [MAX_CHANCE_BYTES, []],
    [MAX_CHANCE_BYTES + 1, ['format zlib 2', BROKEN]],
  ])('and unpack to %i bytes before they break off', async (size, expected) => {
    const whole = deflateSync(new Uint8Array(size));
    const { found } = await open(whole.subarray(0, -4), []);
    expect(found).toEqual(expected);
  });

  test('are not unpacked once more where too much was unpacked already', async () => {
    const budget = new Budget(DEFAULT_LIMITS, portablePlatform, 1);
    budget.countExpanded(SEARCHED_BYTES + 1);
    const { look } = lookThat(() => [], { budget });
    const member = { path: 'a', name: 'a', source: memorySource(broken(stored('abc'))), depth: 2, origin: ARTIFACT };
    const next = async () => ('open' in zlib ? zlib.open(member, look, []).next() : null);
    await expect(next()).rejects.toThrow(LimitError);
  });

  test('are meant where the name says so', async () => {
    expect((await open(broken(), [], { name: 'a.pkl' })).found).toEqual(['format zlib 2', BROKEN]);
  });
});

test('bytes that begin like LZMA alone have a weak mark too', async () => {
  const wrong = Uint8Array.of(0x5d, 0, 0, 4, 0, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3);
  expect(await open(wrong, [FACT])).toMatchObject({ found: [], isData: true });
});

describe('LZMA that other bytes may be', () => {
  /** The letter `x`, and streams without data. */
  const X = Buffer.from('5d00000400ffffffffffffffff003c41fbffffffe0000000', 'hex');
  const zeros = (streams: number): Uint8Array => new Uint8Array(18 * streams);
  const row = concat(zeros(40), X);

  test.each<[string, Uint8Array, Case, boolean]>([
    ['a short row of streams without data behind a pickle', concat(zeros(3), X), { origin: TAIL }, true],
    ['a long row in a file', row, {}, true],
    ['a long row in an entry', row, { origin: ENTRY }, true],
    ['a long row behind a pickle', row, { origin: TAIL }, false],
    ['a long row between entries', row, { origin: GAP }, false],
    ['a long row that is packed', row, { origin: ENTRY, packed: { compressed: 9, declared: 2 ** 20 } }, true],
    ['a long row packed to nothing', row, { origin: ENTRY, packed: { compressed: 9, declared: 2 ** 24 } }, false],
  ])('%s', async (_, bytes, about, isLookedAt) => {
    const { found, members } = await open(bytes, [FACT], { ...about, weakly: true });
    expect(found).toEqual(isLookedAt ? ['fact archive.bomb'] : []);
    const origin = unread(ENTRY);
    expect(members).toMatchObject(isLookedAt ? [{ path: 'a!<lzma>', name: 'a', depth: 3, origin }] : []);
    if (isLookedAt) expect(await members[0]?.source.read(0, 9)).toEqual(bytesOf('x'));
  });

  test('a row of nothing else is not looked at', async () => {
    expect((await open(zeros(40), [FACT], { weakly: true })).members).toEqual([]);
  });

  test.each<[string, readonly Found[], readonly unknown[]]>([
    ['a fact', [FACT], ['fact archive.bomb', expect.stringContaining('lzma: ')]],
    ['a notice', [CORRUPT], ['corrupt: damaged']],
    [
      'a fact before a notice',
      [FACT, LIMIT],
      ['fact archive.bomb', 'limit: too much', expect.stringContaining('lzma')],
    ],
  ])('how it ends is said where %s was found', async (_, finds, expected) => {
    expect((await open(X.subarray(0, -1), finds, { weakly: true })).found).toEqual(expected);
  });

  test('nothing else is looked at behind it', async () => {
    const { found, members } = await open(concat(X, new Uint8Array(9).fill(0xff)), [FACT], { weakly: true });
    expect(found).toEqual(['fact archive.bomb']);
    expect(members).toHaveLength(1);
  });

  test('what does not decode is data, unless the name promises something', async () => {
    const wrong = Uint8Array.of(0x5d, 0, 0, 4, 0, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3);
    expect(await open(wrong, [FACT], { weakly: true })).toMatchObject({ members: [], isData: true });
    await expect(open(wrong, [FACT], { weakly: true, name: 'a.pkl' })).rejects.toThrow('LZMA');
  });

  test.each([
    [HEAD_BYTES, true],
    [HEAD_BYTES - 1, false],
  ])('zeros are such a row where they are all of the head: %i', (size, is) => {
    expect('weakly' in lzma && lzma.weakly?.recognise(new Uint8Array(size), 'maybe-pickle', false)).toBe(is);
  });
});
