import { memorySource } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import {
  boundaryLine,
  delimiterOf,
  failAt,
  isBlankText,
  leavesBytes,
  multipartParts,
  partHeaders,
  transferDecoded,
} from './multipart.ts';
import { Refused } from '../model/rules.ts';

async function said(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.detail} @${error.refusal.offset}`;
    throw error;
  }
  return 'nothing';
}
const parts = (text: string, most = 9, boundary: string | undefined = 'b') =>
  multipartParts(memorySource(Buffer.from(text, 'latin1')), boundary, 'body', most);
const shown = async (text: string) =>
  Promise.all(
    (await parts(text)).map(async ({ headers, body, offset }) => [
      Object.fromEntries(headers),
      Buffer.from(await body.read(0, 999)).toString(),
      offset,
    ]),
  );

test('parts have their headers and bytes, and say where they lie', async () => {
  expect(
    await shown('--b\r\nA: 1\r\nB-c:\t2 \r\n\r\none\r\n--b  \r\n\r\n\r\n--b\r\nx: \r\n\r\ntwo--b\r\n--b--\r\n '),
  ).toEqual([
    [{ a: '1', 'b-c': '2' }, 'one', 22],
    [{}, '', 36],
    [{ x: '' }, 'two--b', 50],
  ]);
  expect(await shown('before\r\n--b\r\n\r\none\r\n--b--')).toEqual([[{}, 'one', 15]]);
  expect(await parts('--b--')).toEqual([]);
});

test.each([
  ['no boundary', 'multipart: the boundary does not occur @0'],
  ['x--b--', 'multipart: the first boundary begins no line @1'],
  ['xy--b--', 'multipart: the first boundary begins no line @2'],
  ['--bx\r\n', 'multipart: a boundary does not end its line @3'],
  ['--b\n\n', 'multipart: a boundary does not end its line @3'],
  ['--b\r\n\r\none', 'multipart: the last boundary is missing @5'],
  ['--b--x', 'multipart: something follows the last boundary @5'],
  ['--b\r\nA: 1\r\none\r\n--b--', 'multipart: the headers of a part do not end @5'],
  ['--b\r\nA 1\r\n\r\none\r\n--b--', 'multipart: a header line of a part is malformed @5'],
  ['--b\r\nA: 1\r\na: 2\r\n\r\none\r\n--b--', 'multipart: a header of a part is repeated @5'],
])('%j: %s', async (text, expected) => expect(await said(() => parts(text))).toBe(expected));

test('as many parts as may be, and not one more', async () => {
  const text = '--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--';
  expect(await said(() => parts(text, 2))).toBe('nothing');
  expect(await said(() => parts(text, 1))).toBe('multipart: more than 1 parts @null');
});

test('a boundary is up to 70 printable characters', async () => {
  const fail = failAt('body');
  expect(delimiterOf('b'.repeat(70), fail).toString()).toBe(`\r\n--${'b'.repeat(70)}`);
  for (const boundary of [undefined, '', 'b'.repeat(71), 'b\n', 'é'])
    expect(await said(() => delimiterOf(boundary, fail))).toBe('multipart: it has no boundary, or one that is none @0');
});

describe('the line of a boundary', () => {
  const line = (text: string) => boundaryLine(Buffer.from(text), failAt('body'), 7);
  test('ends it, or the body', async () => {
    expect([line('--'), line('\r\n'), line(' \t\r\nx'), line('--x')]).toEqual(['end', 2, 4, 'end']);
    for (const text of ['-\r\n', ' ', '', '\r', '\n', 'x\r\n'])
      expect(await said(() => line(text))).toBe('multipart: a boundary does not end its line @7');
  });
});

test('headers of a part may be none', () => {
  const fail = failAt('body');
  expect(partHeaders(Buffer.from('\r\nx'), 0, fail)).toEqual({ headers: new Map(), length: 2 });
  expect(partHeaders(Buffer.from('a:b\r\n\r\nx'), 0, fail)).toEqual({ headers: new Map([['a', 'b']]), length: 7 });
});

test('blanks, and encodings of a part', () => {
  expect([isBlankText(Buffer.from('\r\n \t')), isBlankText(Buffer.from(' x')), isBlankText(Buffer.alloc(0))]).toEqual([
    true,
    false,
    true,
  ]);
  expect([undefined, 'Binary', ' 8bit ', '7BIT', 'base64', 'x'].map(leavesBytes)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  const body = Buffer.from('YWI=');
  expect(transferDecoded(body, 'binary')).toBe(body);
  expect(transferDecoded(body, ' Base64 ')?.toString()).toBe('ab');
  expect(transferDecoded(Buffer.from('a=62'), 'quoted-printable')?.toString()).toBe('ab');
  expect(transferDecoded(body, 'uuencode')).toBeNull();
});
