import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.js';
import { inspected } from './inspect-kit.ts';

/*
 * A value that is encoded and then broken, behind a prefix and before other bytes: the pieces between the breaks have any length,
 * and what decodes them passes over the breaks or takes them out.
 */

const CALL = '\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.';
const LINES = "cposix\nsystem\n(S'true'\ntR.";
const PICKLES = sized([CALL, LINES, `\x80\x04${CALL}`, `\x80\x01${CALL}`], [LINES, `\x80\x04${CALL}`]);
const PREFIXES = sized(['', '\0\x07', '\x01y', 'xyz'], ['', '\0\x07']);
const TAILS = ['', '4', '\n', 'abc', '\0\0'];
const BLANKS = ['\n', '\r\n', '\r', ' ', '\t', '\n\n', ' \n'];
/** Python passes over these in base64 as well. */
const STRAYS = ['-', ';', '!', '\x07', '\0', '='];

const ENCODINGS = [
  ['base64', [...BLANKS, ...STRAYS]],
  ['base64url', BLANKS],
  ['hex', BLANKS],
] as const;

const BODIES: readonly (readonly [name: string, of: (text: string) => { contentType: string; body: Buffer }])[] = [
  ['text', (text) => ({ contentType: 'text/plain', body: Buffer.from(text) })],
  ['bytes', (text) => ({ contentType: 'application/octet-stream', body: Buffer.from(text) })],
  ['a string of JSON', (text) => ({ contentType: 'application/json', body: Buffer.from(JSON.stringify({ a: text })) })],
  [
    'a string of JSON with escapes of its own',
    (text) => ({ contentType: 'application/json', body: Buffer.from(JSON.stringify({ a: JSON.stringify(text) })) }),
  ],
  [
    'a field of a form',
    (text) => ({
      contentType: 'application/x-www-form-urlencoded',
      body: Buffer.from(`a=${encodeURIComponent(text)}`),
    }),
  ],
  [
    'a part',
    (text) => ({
      contentType: 'multipart/form-data; boundary=x1y2',
      body: Buffer.from(`--x1y2\r\nContent-Disposition: form-data; name="a"\r\n\r\n${text}\r\n--x1y2--\r\n`),
    }),
  ],
];

function* broken(text: string, breaks: readonly string[]): Generator<string> {
  for (const [i, between] of breaks.entries()) {
    // Once, at offsets of any remainder by four; and into pieces of one length.
    for (const at of [1 + (i % 4), 11, 12, 13, 14, text.length - 3]) yield text.slice(0, at) + between + text.slice(at);
    if (between !== '=') yield (text.match(new RegExp(`.{1,${5 + (i % 5)}}`, 'g')) ?? []).join(between);
  }
}

describe.each(BODIES)('%s', (_name, of) => {
  test.each(ENCODINGS)('with %s in pieces', async (encoding, breaks) => {
    for (const [i, pickle] of PICKLES.entries())
      for (const [j, prefix] of PREFIXES.entries()) {
        if ((i + j) % sized(1, 2) !== 0) continue;
        const tail = TAILS[(i + j) % TAILS.length] ?? '';
        const text = Buffer.from(prefix + pickle + tail, 'latin1').toString(encoding);
        for (const value of broken(text, breaks)) expect(await inspected(of(value)), value).not.toBeNull();
      }
  });
});

test('the prefix, the line end and the byte behind that were found together', async () => {
  for (const between of ['\n', '\r\n', ' '])
    for (const [, of] of BODIES)
      expect((await inspected(of(`AAeMBXBvc2l4${between}jAZzeXN0ZW2TjAR0cnVlhVIuNA==`)))?.rule).toBe('GATE-PICKLE');
});

test.each([
  '1 2 3 4 5 6 7 8 9 0 1 2 3 4',
  '0\n1\n1\n0\n1\n1\n0\n8\n0\n0\n4',
  'a b c d e f a b c d e f',
  '8 0 0 4 9 5 2 8',
])('digits that stand alone pass: %j', async (text) => {
  expect(await inspected({ body: Buffer.from(JSON.stringify({ a: text })) })).toBeNull();
  expect(await inspected({ contentType: 'text/plain', body: Buffer.from(text) })).toBeNull();
});

test.each([
  ['behind LZMA that breaks off, a name that nothing calls', '9E14BB9A4F35F2CDF8A044106F62B741', null],
  ['BZh3 and no block', 'QlpoMwsZV3Q07vumHAKSVQ==', null],
  ['the letters of GGUF in thirteen bytes', 'i5dvkRU442wJV23mAMdfKw', null],
  // EXT4, DUP, REDUCE, STOP: a pickle that calls what a process has registered.
  ['a code of the registry that is called, and a STOP', 'gcClOPcl+2geOqXf7JSaNw==', 'GATE-PICKLE'],
])('random identifiers: %s', async (_name, text, rule) => {
  expect((await inspected({ body: Buffer.from(JSON.stringify({ id: text })) }))?.rule ?? null).toBe(rule);
});
