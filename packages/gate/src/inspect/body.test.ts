import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { multipart } from '../../test/disguises.ts';
import { inspected } from '../../test/inspect-kit.ts';
import type { InspectionLimits } from '../model/limits.ts';
import type { RoutePolicy } from '../model/route-policy.ts';
import { accepts } from './media-type.ts';

interface Sent {
  readonly body?: string | Buffer;
  readonly type?: string;
  readonly coding?: string;
  readonly query?: string;
  readonly route?: Partial<RoutePolicy>;
  readonly limits?: Partial<InspectionLimits>;
}

/** The rule, the signal and the path of the refusal. */
async function refused({ body = '', type, coding, query, route, limits }: Sent): Promise<string | null> {
  const found = await inspected(
    {
      body: Buffer.from(body),
      ...(type === undefined ? {} : { contentType: type }),
      ...(coding === undefined ? {} : { contentEncoding: coding }),
      ...(query === undefined ? {} : { query }),
    },
    route,
    limits,
  );
  return found === null ? null : `${found.rule} ${found.signal} ${found.path}`;
}

const PICKLE = "cposix\nsystem\n(S'true'\ntR.";
const HIDDEN = Buffer.from(PICKLE).toString('base64');

test.each([
  [['a/b'], 'a/b', true],
  [['a/b'], 'a/c', false],
  [['a/*'], 'a/c', true],
  [['a/*'], 'ab/c', false],
  [['*/*'], 'x/y', true],
  [['b/*', 'a/b'], 'a/b', true],
  [[], 'a/b', false],
])('%j takes %s: %s', (types, essence, expected) => expect(accepts(types, essence)).toBe(expected));

describe('the head of a request', () => {
  const json = { contentTypes: ['application/json'] };
  test.each<[string, Sent, string | null]>([
    ['a listed type', { body: '{}', route: json }, null],
    ['another type', { body: 'a', type: 'text/plain', route: json }, 'GATE-MEDIA-TYPE not-listed head'],
    ['no media type', { body: 'a', type: 'json' }, 'GATE-MEDIA-TYPE malformed head'],
    ['one of executable objects', { body: 'a', type: 'application/x-pickle' }, 'GATE-PICKLE-TYPE content-type head'],
    [
      'JSON of another charset',
      { body: '{}', type: 'application/json; charset=utf-16' },
      'GATE-MEDIA-TYPE charset head',
    ],
    ['JSON of UTF-8', { body: '{}', type: 'application/json; charset=UTF8' }, null],
    ['text of another charset', { body: 'a', type: 'text/plain; charset=utf-16' }, null],
    ['a coding', { body: gzipSync('{}'), coding: 'gzip' }, null],
    ['two codings, the last one off first', { body: gzipSync(gzipSync('{"a":1}')), coding: 'gzip, gzip' }, null],
    ['an unknown coding', { body: '{}', coding: 'compress' }, 'GATE-CODING content-encoding body'],
    [
      'a pickle in the query',
      { query: `a=1&b=${encodeURIComponent(PICKLE)}` },
      'GATE-PICKLE GLOBAL posix.system query@6',
    ],
    ['nothing', {}, null],
  ])('%s', async (_name, sent, expected) => expect(await refused(sent)).toBe(expected));

  test('an empty body does not fit a schema', async () => {
    const route = { schema: { type: 'object' } };
    expect(await refused({ route })).toBe('GATE-SCHEMA empty body');
    expect(await refused({ route, body: '{}' })).toBeNull();
    expect(await refused({ route, body: '[]' })).toBe('GATE-SCHEMA type body');
    expect(await refused({ route, body: '[]', type: 'text/plain' })).toBeNull();
    expect(await refused({ route, body: '{}\n[]\n', type: 'application/x-ndjson' })).toBe(
      'GATE-SCHEMA type body>line@3',
    );
  });
});

test('a schema goes first where all of the text is here', async () => {
  const route = { schema: { type: 'object' } };
  expect(await refused({ route, body: JSON.stringify([HIDDEN]) })).toBe('GATE-SCHEMA type body');
  expect(await refused({ route, body: JSON.stringify({ a: HIDDEN }) })).toMatch(/^GATE-PICKLE .* body>json@5>base64$/);
});

describe('a pickle is found', () => {
  const signal = 'GATE-PICKLE GLOBAL posix.system';
  const part = (headers: readonly string[], body: string) =>
    multipart([{ headers: ['Content-Disposition: form-data; name="a"', ...headers], body: Buffer.from(body) }]);
  const form = 'multipart/form-data; boundary=x1y2';
  test.each<[string, Sent, string]>([
    ['in a text of JSON', { body: JSON.stringify({ a: PICKLE }) }, 'body>json@5'],
    ['in base64', { body: JSON.stringify({ a: HIDDEN }) }, 'body>json@5>base64'],
    ['in JSON in a text', { body: JSON.stringify(JSON.stringify({ a: HIDDEN })) }, 'body>json@0>json@5>base64'],
    ['in a coding', { body: gzipSync(JSON.stringify({ a: HIDDEN })), coding: 'gzip' }, 'body>gzip>json@5>base64'],
    ['in a line', { body: `{}\n${JSON.stringify([HIDDEN])}`, type: 'application/x-ndjson' }, 'body>line@3@1>base64'],
    ['in a form', { body: `a=1&b=${HIDDEN}`, type: 'application/x-www-form-urlencoded' }, 'body>form@6>base64'],
    ['in bytes', { body: PICKLE, type: 'application/octet-stream' }, 'body'],
    ['in text', { body: HIDDEN, type: 'text/plain' }, 'body>base64'],
    [
      'in a line of text that is JSON',
      { body: `x\n${JSON.stringify([HIDDEN])}\n`, type: 'text/plain' },
      'body>json@1>base64',
    ],
    ['in XML', { body: `<a>${HIDDEN}</a>`, type: 'application/xml' }, 'body>xml@3>base64'],
    ['in XML that is called text', { body: `<a>${HIDDEN}</a>`, type: 'text/plain' }, 'body>text@3>base64'],
    ['in CSV', { body: `a,${HIDDEN}\n`, type: 'text/csv' }, 'body>csv@2>base64'],
    ['in YAML', { body: `a: ${HIDDEN}\n`, type: 'application/yaml' }, 'body>yaml@3>base64'],
    ['in a part', { body: part(['Content-Type: application/octet-stream'], PICKLE), type: form }, 'body>multipart@92'],
    [
      'in a part of JSON',
      { body: part(['Content-Type: application/json'], JSON.stringify([HIDDEN])), type: form },
      'body>multipart@84>json@1>base64',
    ],
    [
      'in a part that is encoded',
      { body: part(['Content-Transfer-Encoding: base64'], HIDDEN), type: form },
      'body>multipart@87>base64',
    ],
    ['in gzip in bytes', { body: gzipSync(PICKLE), type: 'application/octet-stream' }, 'body>gzip'],
  ])('%s', async (_name, sent, path) => {
    const found = await refused(sent);
    expect(found).toMatch(/^GATE-PICKLE GLOBAL posix\.system /);
    expect(found).toBe(`${signal} ${path}`);
  });
});

describe('an exception for a field', () => {
  const exceptions = [
    { rule: 'GATE-PICKLE', field: 'model', owner: 'o', why: 'w', expires: '2999-01-01' },
  ] as const satisfies RoutePolicy['exceptions'];
  const body = (name: string): Buffer =>
    multipart([
      {
        headers: [`Content-Disposition: form-data; name="${name}"`, 'Content-Type: application/octet-stream'],
        body: Buffer.from(PICKLE),
      },
    ]);

  test.each([
    ['model', null],
    ['other', 'GATE-PICKLE GLOBAL posix.system body>multipart@96'],
  ])('holds for the part of its name: %s', async (name, expected) => {
    const type = 'multipart/form-data; boundary=x1y2';
    expect(await refused({ body: body(name), type, route: { exceptions } })).toBe(expected);
  });
});

describe('what cannot be read is refused', () => {
  const form = 'multipart/form-data; boundary=x1y2';
  test.each<[string, Sent, string]>([
    [
      'a form that is no text',
      { body: Buffer.from([0x61, 0x3d, 0xff, 0xfe]), type: 'application/x-www-form-urlencoded' },
      'GATE-MALFORMED encoding body',
    ],
    [
      'text in an encoding that is not read',
      { body: 'a,b', type: 'text/csv; charset=cp037' },
      'GATE-MEDIA-TYPE charset body',
    ],
    [
      'a form in units of 16 bits',
      { body: 'a=b', type: 'application/x-www-form-urlencoded; charset=utf-16' },
      'GATE-MEDIA-TYPE charset head',
    ],
    [
      'XML that is no text',
      { body: Buffer.from([0x3c, 0xff]), type: 'application/xml' },
      'GATE-MALFORMED encoding body',
    ],
    ['JSON that is none', { body: '{', type: 'application/json' }, 'GATE-MALFORMED json body'],
    [
      'a part of an executable type',
      { body: multipart([{ headers: ['Content-Type: application/x-pickle'], body: Buffer.from('a') }]), type: form },
      'GATE-PICKLE-TYPE part content-type body>multipart@46',
    ],
    [
      'a part of no type',
      { body: multipart([{ headers: ['Content-Type: x'], body: Buffer.from('a') }]), type: form },
      'GATE-MALFORMED multipart body>multipart@27',
    ],
    [
      'a part of an unknown encoding',
      { body: multipart([{ headers: ['Content-Transfer-Encoding: x'], body: Buffer.from('a') }]), type: form },
      'GATE-CODING content-transfer-encoding body>multipart@40',
    ],
    ['JSON that is too deep', { body: '[[[]]]', limits: { jsonDepth: 2 } }, 'GATE-MALFORMED json-depth body'],
    [
      'encodings in each other',
      { body: JSON.stringify([Buffer.from(JSON.stringify([HIDDEN])).toString('base64')]), limits: { depth: 1 } },
      'GATE-UNREADABLE depth body>json@1>base64>json',
    ],
    [
      'too many values',
      { body: JSON.stringify(['a'.repeat(20), 'b'.repeat(20)]), limits: { leaves: 1 } },
      'GATE-BOMB leaves body>json@24',
    ],
    [
      'too much',
      { body: gzipSync(' '.repeat(200)), coding: 'gzip', limits: { decodedBytes: 100 } },
      'GATE-BOMB gzip body>gzip',
    ],
    ['a header length that is none', { body: '{}', route: { protocol: 'v2-infer' } }, ''],
  ])('%s', async (_name, sent, expected) => expect(await refused(sent)).toBe(expected === '' ? null : expected));
});

describe('v2 requests', () => {
  const route = { protocol: 'v2-infer' as const };
  const infer = async (header: string | null, body: string): Promise<string | null> => {
    const found = await inspected({ body: Buffer.from(body), inferHeaderLength: header ?? '' }, route);
    return found === null ? null : `${found.rule} ${found.signal} ${found.path}`;
  };
  const json = '{"inputs":[{"name":"x","shape":[2],"datatype":"INT8","parameters":{"binary_data_size":2}}]}';

  test.each<[string | null, string, string | null]>([
    [String(json.length), `${json}ab`, null],
    [String(json.length), `${json}abc`, 'GATE-TENSOR tensor-rest body'],
    [String(json.length + 1), `${json}ab`, 'GATE-MALFORMED json body'],
    ['x', json, 'GATE-TENSOR inference-header body'],
    ['9999', json, 'GATE-TENSOR inference-header body'],
    ['-1', json, 'GATE-TENSOR inference-header body'],
    [null, json, 'GATE-TENSOR tensor-size body>input 0'],
    [null, '{"inputs":[]}', null],
  ])('header %s: %s', async (header, body, expected) => expect(await infer(header, body)).toBe(expected));
});
