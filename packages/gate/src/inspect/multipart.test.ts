import { describe, expect, test } from 'vitest';
import {
  boundaryLine,
  delimiterOf,
  failAt,
  isBlankText,
  leavesBytes,
  partHeaders,
  transferDecoded,
} from './multipart.ts';
import { Refused } from '../model/rules.ts';
import { inspected } from '../../test/inspect-kit.ts';

async function said(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Refused) return `${error.refusal.detail} @${error.refusal.offset}`;
    throw error;
  }
  return 'nothing';
}
const parts = (text: string, limits: { parts?: number } = {}) =>
  inspected({ contentType: 'multipart/form-data; boundary=b', body: Buffer.from(text, 'latin1') }, {}, limits);

test('parts are found, and as many as may be', async () => {
  for (const text of [
    '--b\r\nA: 1\r\nB-c:\t2 \r\n\r\none\r\n--b  \r\na: 1\r\n\r\n\r\n--b\r\nx: \r\n\r\ntwo\r\n--b--\r\n ',
    'before\r\n--b\r\nA: 1\r\n\r\none\r\n--b--',
    '--b--',
  ])
    expect(await parts(text)).toBeNull();
  const text = '--b\r\na: 1\r\n\r\none\r\n--b\r\na: 1\r\n\r\ntwo\r\n--b--';
  expect(await parts(text, { parts: 2 })).toBeNull();
  expect((await parts(text, { parts: 1 }))?.detail).toBe('multipart: more than 1 parts');
});

test.each([
  ['no boundary', 'multipart: the boundary does not occur @0'],
  ['x--b--', 'multipart: the first boundary begins no line @1'],
  ['xy--b--', 'multipart: the first boundary begins no line @2'],
  ['A: 1\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--', 'multipart: headers before the first boundary @0'],
  ['--bx\r\n', 'multipart: a boundary does not end its line @3'],
  ['--b\n\n', 'multipart: a boundary does not end its line @3'],
  ['--b\r\na: 1\r\n\r\none', 'multipart: the last boundary is missing @5'],
  ['--b--x', 'multipart: something follows the last boundary @5'],
  ['--b\r\nA: 1\r\none\r\n--b--', 'multipart: the headers of a part do not end @5'],
  ['--b\r\nA 1\r\n\r\none\r\n--b--', 'multipart: a header line of a part is malformed @5'],
  ['--b\r\nA: 1\na2: x\r\n\r\none\r\n--b--', 'multipart: a header line of a part is malformed @5'],
  ['--b\r\nA: 1\r\na: 2\r\n\r\none\r\n--b--', 'multipart: a header of a part is repeated @5'],
  // Werkzeug ends lines at either sign alone, Django takes the boundary anywhere.
  ['--b\r\na: 1\r\n\r\none\n--b\n\ntwo\r\n--b--', 'multipart: a boundary that does not begin a line @17'],
  ['--b\r\na: 1\r\n\r\none\r--b\r\rtwo\r\n--b--', 'multipart: a boundary that does not begin a line @17'],
  ['--b\r\na: 1\r\n\r\none--b\r\n--b--', 'multipart: a boundary that does not begin a line @16'],
  // Werkzeug and Django read the headers of this part in its content.
  ['--b\r\n\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--b--', 'multipart: a part without headers @5'],
])('%j: %s', async (text, expected) => {
  const found = await parts(text);
  expect(`${found?.detail} @${found?.offset}`).toBe(expected);
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

test('headers of a part', async () => {
  const fail = failAt('body');
  expect(await said(() => partHeaders(Buffer.from('\r\nx'), 0, fail))).toBe('multipart: a part without headers @0');
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
