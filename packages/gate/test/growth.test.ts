import { expect, test } from 'vitest';
import { parseMediaType } from '../src/inspect/media-type.ts';
import { quickLook } from '../src/inspect/quick.ts';
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

type Request = Parameters<typeof inspected>[0];
/** Bytes. */
const SMALL = 16 * 1024;
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

test.each(WORST.map(([name, of, small = SMALL]) => [name, of, small] as const))('%s', async (_name, of, small) => {
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
