import { describe, expect, test } from 'vitest';
import { multipart } from '../../test/disguises.ts';
import { inspected } from '../../test/inspect-kit.ts';
import { passed, PICKLE4 } from '../../test/passing-kit.ts';
import type { InspectionLimits } from '../model/limits.ts';
import type { RoutePolicy } from '../model/route-policy.ts';
import { HELD_BYTES } from './walker.ts';

const PICKLE = "cposix\nsystem\n(S'true'\ntR.";
const HIDDEN = Buffer.from(PICKLE).toString('base64');
const HIDDEN4 = PICKLE4.toString('base64');
const FORM = 'multipart/form-data; boundary=x1y2';

/** The signal and the path of the refusal. */
async function said(
  contentType: string,
  body: string | Buffer,
  route: Partial<RoutePolicy> = {},
  limits: Partial<InspectionLimits> = {},
): Promise<string | null> {
  const found = await inspected({ contentType, body: Buffer.from(body as string) }, route, limits);
  return found === null ? null : `${found.signal} ${found.path}`;
}

describe('text', () => {
  test.each<[string, string, string | Buffer, string | null]>([
    ['in units of 16 bits', 'text/plain; charset=utf-16', Buffer.from(HIDDEN, 'utf16le'), 'body'],
    [
      'in UTF-7',
      'text/plain; charset=utf-7',
      `+${Buffer.from(HIDDEN, 'utf16le').swap16().toString('base64')}-`,
      'body',
    ],
    ['as lines', 'text/plain', `one\n${PICKLE}`, 'body'],
    ['with white space before XML', 'text/plain', ` \n<a>${HIDDEN}</a>`, 'body>text@5>base64'],
  ])('%s', async (_name, type, body, path) => {
    const found = await said(type, body);
    expect(found?.startsWith('GLOBAL posix.system ')).toBe(true);
    if (path !== 'body') expect(found).toBe(`GLOBAL posix.system ${path}`);
  });

  test('that is a page of HTML is not read as XML', async () => {
    expect(await said('text/html', '<!DOCTYPE html><p>words')).toBeNull();
    expect(await said('text/html', ' <!doctype HTML><!ENTITY a>')).toBeNull();
    expect(await said('text/html', '<!DOCTYPE a><p>words')).toBe('xml-doctype body>text');
    // The document type stands at the beginning.
    expect(await said('text/html', `<p>${' '.repeat(230)}<!DOCTYPE html>`)).toBeNull();
    expect(await said('text/html', `<p>${' '.repeat(260)}<!DOCTYPE html>`)).toBe('xml-doctype body>text');
    expect(await said('text/plain', 'a <!DOCTYPE a>')).toBeNull();
  });

  test('of a declared encoding that makes no difference is read once', async () => {
    expect(await said('text/csv; charset=utf-8', `a,${HIDDEN}`)).toBe('GLOBAL posix.system body>csv@2>base64');
    expect(await said('application/octet-stream; charset=cp037', 'a')).toBe('charset body');
    expect(await said('application/octet-stream; charset=utf-8', 'a')).toBeNull();
    expect(
      await said('application/octet-stream; charset=utf-16', Buffer.from('words and so on', 'utf16le')),
    ).toBeNull();
  });
});

describe('events', () => {
  const half = HIDDEN4.slice(0, 10);
  const other = HIDDEN4.slice(10);

  test('are read one by one, and what one key has in all of them together', async () => {
    const type = 'text/event-stream';
    const event = (key: string, text: string): string => `data: {"${key}": "${text}"}\n\n`;
    expect(await said(type, `data: ${HIDDEN}\n\n`)).toBe('GLOBAL posix.system body>events@5>base64');
    expect(await said(type, event('a', half) + event('a', other))).toBe('STACK_GLOBAL posix.system body>events>base64');
    expect(await said(type, event('a', half) + event('b', other))).toBeNull();
    expect(await said(type, `data: ${half}\n\ndata: ${other}\n\n`)).toBe(
      'STACK_GLOBAL posix.system body>events>base64',
    );
    // A string of JSON is one as well.
    expect(await said(type, `data: "${half}"\n\ndata:  "${other}"\n\n`)).toBe(
      'STACK_GLOBAL posix.system body>events>base64',
    );
  });

  test('are also read as a whole', async () => {
    expect(await said('text/event-stream', PICKLE)).toBe('GLOBAL posix.system body');
  });
});

describe('lines of JSON', () => {
  const type = 'application/x-ndjson';
  const half = HIDDEN.slice(0, 10);
  const other = HIDDEN.slice(10);

  test.each<[string, string, string | null]>([
    ['of which one key has the parts', `{"a":"${half}"}\n{"a":"${other}"}`, 'GLOBAL posix.system body>lines>base64'],
    ['of which two keys have them', `{"a":"${half}"}\n{"b":"${other}"}`, null],
    ['of which the keys are the parts', `{"${half}":1}\n{"${other}":1}`, null],
    ['with a record separator', `\x1e{"a":1}\n\x1e["${HIDDEN}"]`, 'GLOBAL posix.system body>line@9@1>base64'],
    ['with empty ones', '\n \r\n1\n\n', null],
    ['of which one is none', '1\n{\n', 'json body>line@2'],
    ['of which the last is none', '1\nx', 'json body>line@2'],
  ])('%s', async (_name, body, expected) => expect(await said(type, body)).toBe(expected));

  test('as Python reads it where the route says so', async () => {
    expect(await said(type, 'NaN\n')).toBe('json body>line@0');
    expect(await said(type, 'NaN\n', { readsAsPython: true })).toBeNull();
    expect(await said('application/json', 'NaN')).toBe('json body');
    expect(await said('application/json', 'NaN', { readsAsPython: true })).toBeNull();
  });
});

describe('parts', () => {
  const part = (headers: readonly string[], body: string | Buffer): Buffer =>
    multipart([{ headers, body: Buffer.from(body as string) }]);
  const named = 'Content-Disposition: form-data; name="a"';

  test.each<[string, Buffer, string | null]>([
    ['of text', part([named], HIDDEN), 'GLOBAL posix.system'],
    ['of nothing', part([named], ''), null],
    ['with a value in a header', part([named, `X-A: ${HIDDEN}`], 'a'), 'GLOBAL posix.system'],
    [
      'that declares the encoding of others',
      part(['Content-Disposition: form-data; name="_charset_"'], 'utf-8'),
      'multipart',
    ],
    [
      'of JSON in units of 16 bits',
      part([named, 'Content-Type: application/json; charset=utf-16'], Buffer.from('[1]', 'utf16le')),
      'json',
    ],
    [
      'in parts',
      part(['Content-Type: multipart/mixed; boundary=q'], `--q\r\na: 1\r\n\r\n${HIDDEN}\r\n--q--`),
      'GLOBAL posix.system',
    ],
    ['of bytes', part([named, 'Content-Type: application/octet-stream'], 'words'), null],
  ])('%s', async (_name, body, signal) => {
    const found = await said(FORM, body);
    expect(found?.replace(/ body.*$/, '') ?? null).toBe(signal);
  });

  test('lie as deep in each other as may be', async () => {
    const inner = `--q\r\na: 1\r\n\r\nwords\r\n--q--`;
    const body = part(['Content-Type: multipart/mixed; boundary=q'], inner);
    expect(await said(FORM, body, {}, { depth: 2 })).toBeNull();
    expect(await said(FORM, body, {}, { depth: 1 })).toMatch(/^depth body>multipart@\d+>multipart@\d+$/);
  });

  test('may have something before them that is no part', async () => {
    const before = (text: string): Promise<string | null> =>
      said('multipart/form-data; boundary=b', `${text}\r\n--b\r\na: 1\r\n\r\nx\r\n--b--`);
    expect(await before('words')).toBeNull();
    expect(await before(HIDDEN)).toBe('GLOBAL posix.system body>multipart>preamble>base64');
    for (const line of ['\r\n\r\n', '\n\n', '\r\r'])
      expect(await before(`a: 1${line}b`)).toBe('multipart body>multipart');
    expect(await before('a\nb')).toBeNull();
  });

  test('have white space behind them at most', async () => {
    const behind = (text: string): Promise<string | null> =>
      said('multipart/form-data; boundary=b', `--b\r\na: 1\r\n\r\nx\r\n--b--${text}`);
    expect([await behind(''), await behind('\r\n'), await behind(' \t\r\n'), await behind('\r\nx')]).toEqual([
      null,
      null,
      null,
      'multipart body>multipart',
    ]);
  });
});

describe('v2 requests with tensors behind the JSON', () => {
  const infer = async (header: string, body: Buffer, limits = {}): Promise<string | null> => {
    const found = await inspected({ body, inferHeaderLength: header }, {}, limits);
    return found === null ? null : `${found.signal} ${found.path}`;
  };

  test('of which all is one', async () => {
    expect(await infer('0', Buffer.from('words and so on'))).toBeNull();
    expect(await infer('0', Buffer.from(PICKLE))).toBe('GLOBAL posix.system body');
  });

  test.each([
    ['1', 'json'],
    ['0001', 'json'],
    ['1'.repeat(15), 'inference-header'],
    ['0'.repeat(16), 'inference-header'],
    ['1.0', 'inference-header'],
    ['3', 'inference-header'],
    ['2', null],
  ])('a header of %j bytes: %s', async (header, signal) => {
    const found = await inspected({ body: Buffer.from('{}'), inferHeaderLength: header });
    expect(found?.signal ?? null).toBe(signal);
  });
});

describe('a body that passes', () => {
  const json = 'application/json';
  const found = async (type: string, body: string | Buffer, more: Parameters<typeof passed>[3] = {}) => {
    const { refusal } = await passed(Buffer.from(body as string), type, [2 ** 20], more);
    return refusal === null ? null : `${refusal.signal} ${refusal.path}`;
  };

  test('holds a line of eight megabytes', async () => {
    expect(HELD_BYTES).toBe(8_388_608);
    const line = (length: number): string => `"${'a b '.repeat(length / 4)}"\n1\n`;
    expect(await found('application/x-ndjson', line(HELD_BYTES - 2 ** 20))).toBeNull();
    expect(await found('application/x-ndjson', line(HELD_BYTES + 2 ** 20))).toBe('line body>line@0');
  });

  test('is refused where it takes all of it to decide', async () => {
    expect(await found(json, '1', { coding: 'gzip' })).toBe('content-encoding body');
    expect(await found(json, '1')).toBeNull();
    expect(await found(json, '["a", 1')).toBe('json body');
    expect(await found(json, JSON.stringify([HIDDEN]))).toBe('GLOBAL posix.system body>json@1>base64');
  });

  test('is settled as far as it was read', async () => {
    const long = `[${'"words and so on", '.repeat(40_000)}"${HIDDEN}"]`;
    const { refusal, settled } = await passed(Buffer.from(long), json, [65_536]);
    expect(refusal?.signal).toBe('GLOBAL posix.system');
    expect(settled).toBeGreaterThan(250_000);
    expect(settled).toBeLessThanOrEqual(long.length - HIDDEN.length);
  });

  test('may have tensors behind a header of JSON', async () => {
    const head = '{"inputs":[{"name":"x","shape":[2],"datatype":"INT8","parameters":{"binary_data_size":2}}]}';
    const texts = '{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":6}}]}';
    const infer = (text: string, rest: string) =>
      found(json, Buffer.from(text + rest, 'latin1'), { infer: text.length });
    expect(await infer(head, 'ab')).toBeNull();
    expect(await infer(head, 'a')).toBe('tensor-size body>input 0');
    expect(await infer(head, 'abc')).toBe('tensor-rest body');
    expect(await infer(texts, '\x02\0\0\0ab')).toBeNull();
    expect(await infer(texts, '\x02\0\0\0a')).toBe('tensor-element body>input 0');
    expect(await infer(texts, '\x03\0\0\0ab')).toBe('tensor-element body>input 0');
    expect(await infer(texts, '\x02\0')).toBe('tensor-element body>input 0');
    expect(await infer(texts, '\x01\0\0\0ab')).toBe('tensor-element body>input 0');
    expect(await found(json, head.slice(0, 20), { infer: head.length })).toBe('inference-header body');
  });
});

describe('where a route goes on behind a reason', () => {
  const exceptions = [
    { rule: 'GATE-PICKLE', field: 'a', owner: 'o', why: 'w', expires: '2999-01-01' },
  ] as const satisfies RoutePolicy['exceptions'];

  test.each<[string, string, string, string | null]>([
    ['JSON, of its field', 'application/json', `{"a": "${HIDDEN}"}`, null],
    ['JSON, of another', 'application/json', `{"a": "${HIDDEN}", "b": "${HIDDEN}"}`, 'body>json@51>base64'],
    ['a form, of its field', 'application/x-www-form-urlencoded', `a=${HIDDEN}`, null],
    ['a form, of another', 'application/x-www-form-urlencoded', `b=${HIDDEN}`, 'body>form@2>base64'],
  ])('%s', async (_name, type, body, path) => {
    const found = await said(type, body, { exceptions });
    expect(found).toBe(path === null ? null : `GLOBAL posix.system ${path}`);
  });

  test('what could not be taken apart is looked at as it is', async () => {
    const found = await said('application/json', `{${HIDDEN}`, { observes: true });
    expect(found).toBe('json body');
  });
});
