import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.ts';
import { inspectBytes } from '../src/inspect/leaves.ts';
import { parseMediaType } from '../src/inspect/media-type.ts';
import { quickLook } from '../src/inspect/quick.ts';
import { Spending } from '../src/inspect/spending.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../src/model/limits.ts';
import { Refused } from '../src/model/rules.ts';
import { ANY_ROUTE, inspected } from './inspect-kit.ts';

/*
 * The worst requests that are known, at one size and at eight times as much. What grows with the square takes 64 times as long;
 * processor time is counted, and the best of some runs, for others use the machine as well.
 */

const TIMES = 8;
const MOST = 3 * TIMES;
const json = (text: string): Buffer => Buffer.from(JSON.stringify({ a: text }));
const repeated = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length));
const text = (unit: string) => (size: number) => ({ body: json(repeated(unit, size)) });
const typed =
  (contentType: string, front: string, unit: string, back = '') =>
  (size: number) => ({
    contentType,
    body: Buffer.from(front + repeated(unit, size) + back, 'latin1'),
  });

/** A frame of ten bytes that is 32 of them. */
const ZSTD_RUN = '\x28\xb5\x2f\xfd\x20\x20\x03\x01\0A';
const GZIP_MEMBER = gzipSync(Buffer.from('N')).toString('latin1');
const LZ4_EMPTY = '\x04\x22\x4d\x18\x60\x40\x82\0\0\0\0';

type Request = Parameters<typeof inspected>[0];
/** Bytes. */
const SMALL = sized(16, 8) * 1024;
/** A smaller size where each kilobyte costs tens of milliseconds. */
const WORST: readonly (readonly [name: string, of: (size: number) => Request, small?: number])[] = [
  ['padding within base64', text('aaa= ')],
  ['padding and blanks', (size) => ({ body: json(`aaa${repeated('= ', size)}`) })],
  ['padded pieces of base64', text('QQ==')],
  ['blanks', text(' ')],
  ['brackets', text('[')],
  ['braces and quotes', text('{"')],
  ['quotes', text('"')],
  ['backslashes', text('\\')],
  ['escapes', text('\\u00')],
  ['percents', text('%')],
  ['soft line ends', text('=\t\t\t')],
  ['tags of YAML', text('!')],
  ['anchors of YAML', text('&a !b ')],
  ['heads of uuencode', text('begin 644 a')],
  ['lines of two words', text('ca\n')],
  ['known names', text('cos\nsystem\n')],
  ['marks before a name', text('(ios\nsystem\n')],
  ['commas', text('a,:;|')],
  ['comments of XML', typed('text/xml', '', '<!--')],
  ['CDATA of XML', typed('text/xml', '<a>', '<![CDATA[')],
  ['instructions of XML', typed('text/xml', '<a>', '<?')],
  ['tags of XML that do not end', typed('text/xml', '', '<a ')],
  ['attributes of XML', typed('text/xml', '<a ', 'b="')],
  ['quotes of XML', typed('text/xml', '<a ', '="\'')],
  ['entities of XML', typed('text/xml', '<a>', '&#')],
  ['comments in text', typed('text/plain', '', '<!--<![CDATA[')],
  ['quotes of CSV', typed('text/csv', '', '"')],
  ['cells of CSV', typed('text/csv', '', ',;\t|')],
  ['separators of a form', typed('application/x-www-form-urlencoded', '', '&;=')],
  ['texts that may be names', typed('application/octet-stream', '\0', '\x8c\x01a\x94', '\x93')],
  ['texts without an end', typed('application/octet-stream', '\0', '\x8c\x01aS', '\x93')],
  ['marks', typed('application/octet-stream', '\0', '(((cos\nsystem\n')],
  ['PROTO', typed('application/octet-stream', '\0', '\x80\x04N')],
  ['PROTO and lines without an end', typed('application/octet-stream', '\0', '\x80\x04V')],
  ['marks of zlib', typed('application/octet-stream', '\0', 'x\x9c\x05'), SMALL / 4],
  ['frames of zstd', typed('application/octet-stream', '\0', ZSTD_RUN), SMALL / 4],
  ['members of gzip', typed('application/octet-stream', '\0', GZIP_MEMBER), SMALL / 4],
  ['runs of base64', typed('application/octet-stream', '\0', 'AAAAAAAAAAAAAAAAAAAA\0')],
  ['lists of marshal', typed('application/octet-stream', '', '[\0\0\0\0')],
  ['lists of pieces', (size) => ({ body: Buffer.from(`["a"${repeated(',"b"', size)}]`) })],
  ['lines of JSON', typed('application/x-ndjson', '', '{"a":"b"}\n')],
  [
    'boundaries within lines',
    typed('multipart/form-data; boundary=x1y2', '--x1y2\r\n\r\n', '--x1y', '\r\n--x1y2--\r\n'),
  ],
];

/** Processor milliseconds of one run. */
async function cost(request: Request): Promise<number> {
  const before = process.cpuUsage();
  await inspected(request);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const RUNS = 3;
/** Milliseconds. Below that the clock counts more than the work. */
const LEAST = 60;

/** Processor milliseconds of the best of some runs; after one below `enough` no other is made. */
async function bestOf(request: Request, enough: number): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < RUNS && least >= enough; run += 1) least = Math.min(least, await cost(request));
  return least;
}

/** At full size all of them, else every third. */
const TRIED = WORST.filter((_one, at) => at % sized(1, 3) === 0);

test.each(TRIED.map(([name, of, small = SMALL]) => [name, of, small] as const))('%s', async (_name, of, small) => {
  await inspected(of(small));
  const large = of(small * TIMES);
  const first = await cost(large);
  const bound = first < LEAST ? LEAST : Math.max(MOST * (await bestOf(of(small), 0)), LEAST);
  const many = first < bound ? first : await bestOf(large, bound);
  expect(many).toBeLessThan(bound);
});

test('what the proxy itself does of one request stays within milliseconds', async () => {
  const policy = { ...ANY_ROUTE, contentTypes: ['application/json'] };
  for (const [, of] of WORST) {
    const body = of(15 * 1024).body;
    const job = {
      route: 'any',
      contentType: 'application/json',
      contentEncoding: null,
      inferHeaderLength: null,
      query: '',
      body,
    };
    quickLook(job, policy, null);
    let best = Infinity;
    for (let run = 0; run < 5; run += 1) {
      const before = process.cpuUsage();
      quickLook(job, policy, null);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1_000);
    }
    expect(best).toBeLessThan(40);
  }
  for (const header of [`a/b${';'.repeat(16_000)}`, `a/b;x="${'\\"'.repeat(8_000)}`, `a/b${'; '.repeat(8_000)}`]) {
    const before = process.cpuUsage();
    parseMediaType(header);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(40);
  }
});

describe('streams that are joined behind other bytes', () => {
  const xz = Buffer.from(
    'fd377a585a000004e6d6b4460200210116000000742fe5a30100004e00000000f6fa752763f8ee0300011901a52c81cc1fb6f37d010000000004595a',
    'hex',
  ).toString('latin1');
  const bzip2 = Buffer.from(
    '425a6839314159265359b9ff903600000004000001200021184682ee48a70a12173ff206c0',
    'hex',
  ).toString('latin1');
  const KINDS: readonly (readonly [name: string, unit: string])[] = [
    ['frames of zstd', ZSTD_RUN],
    ['frames of zstd without data', '\x28\xb5\x2f\xfd\x20\0\x01\0\0'],
    ['frames of zstd, one skippable between two', `${ZSTD_RUN}\x50\x2a\x4d\x18\0\0\0\0`],
    ['blocks of zstd without data', `\x28\xb5\x2f\xfd\0\0${'\0\0\0'.repeat(8)}\x01\0\0`],
    ['frames of lz4', LZ4_EMPTY],
    ['members of gzip', GZIP_MEMBER],
    ['members of gzip with zeros between', `${GZIP_MEMBER}\0\0\0`],
    ['streams of xz', xz],
    ['streams of bzip2', bzip2],
    ['members of gzip that hold frames', gzipSync(Buffer.from(repeated(ZSTD_RUN, 100), 'latin1')).toString('latin1')],
  ];
  /** A second and more at the largest size. */
  const COSTLY: ReadonlySet<string> = new Set([
    'members of gzip with zeros between',
    'streams of xz',
    'streams of bzip2',
  ]);
  const bytes = (unit: string, size: number): Buffer => Buffer.from(`xyz\0${repeated(unit, size)}`, 'latin1');

  /** Chunks that decoders put out, and the signal of the refusal. */
  async function work(
    ...bodies: readonly Buffer[]
  ): Promise<{ readonly chunks: number; readonly signal: string | null }> {
    const spending = new Spending(DEFAULT_INSPECTION_LIMITS);
    try {
      for (const body of bodies) await inspectBytes(body, 'body', spending);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { chunks: spending.packed.chunks, signal: error.refusal.signal };
    }
    return { chunks: spending.packed.chunks, signal: null };
  }

  /** At full size all kinds, else every third from `first` on: each test has others. */
  const kinds = (first: number): typeof KINDS => KINDS.filter((_kind, at) => at % sized(1, 3) === first % sized(1, 3));

  test.each(kinds(0))(
    '%s: the chunks of all offsets are in proportion, and what is not tried is refused',
    async (name, unit) => {
      const kilobytes = sized([4, 32, 128], COSTLY.has(name) ? [4, 16] : [4, 128]);
      for (const size of kilobytes.map((count) => count * 1_024)) {
        const { chunks, signal } = await work(bytes(unit, size));
        // The last window that is read at one offset counts once it has been.
        expect(chunks).toBeLessThan(20_000 + size);
        if (size > 100_000) expect(signal).toBe('too-many-beginnings');
      }
    },
  );

  test.each(kinds(1))('%s: many values of a request are no more than one', async (_name, unit) => {
    const one = bytes(unit, 1_500);
    const values = sized(100, 20);
    const { chunks } = await work(...Array.from({ length: values }, () => one));
    expect(chunks).toBeLessThan(20_000 + values * one.length);
  });

  test.each(kinds(2))('%s: some of them pass', async (_name, unit) => {
    expect(await work(bytes(unit, 300))).toMatchObject({ signal: null });
  });

  test('what a deadline ends is refused', async () => {
    const body = bytes(GZIP_MEMBER, 100);
    expect((await inspected({ contentType: 'application/octet-stream', body }))?.rule).toBeUndefined();
    const late = await inspected({ contentType: 'application/octet-stream', body }, {}, { engineMs: -1 });
    expect(late?.signal).toBe('too-many-beginnings');
  });
});
