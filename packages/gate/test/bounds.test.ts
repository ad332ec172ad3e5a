import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileSchema } from '../src/inspect/schema.ts';
import { parseMediaType } from '../src/inspect/media-type.ts';
import { readJson } from '../src/inspect/json.ts';
import { isNothing } from '../src/inspect/quick.ts';
import { Refused } from '../src/model/rules.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../src/model/limits.ts';
import { multipart } from './disguises.ts';
import { inspected } from './inspect-kit.ts';

const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('bounds', () => {
  const zeros = Buffer.alloc(100 * 2 ** 20);
  test.each([
    ['a gzip bomb', { contentEncoding: 'gzip', body: gzipSync(zeros) }, 'GATE-BOMB'],
    ['a deflate bomb', { contentEncoding: 'deflate', body: deflateRawSync(zeros) }, 'GATE-BOMB'],
    ['a bomb in base64', { body: json({ a: gzipSync(zeros).toString('base64') }) }, 'GATE-BOMB'],
    [
      'base64 of base64, over and over',
      {
        body: json(
          Array.from({ length: 12 }).reduce<string>(
            (text) => Buffer.from(text).toString('base64'),
            'some words that are long enough',
          ),
        ),
      },
      'GATE-UNREADABLE',
    ],
    ['lists in lists', { body: Buffer.from('['.repeat(100_000)) }, 'GATE-MALFORMED'],
    [
      'too many parts',
      {
        contentType: 'multipart/mixed; boundary=x1y2',
        body: multipart(
          Array.from({ length: 200 }, () => ({ headers: ['Content-Type: text/plain'], body: Buffer.from('a') })),
        ),
      },
      'GATE-BOMB',
    ],
    [
      'more beginnings than can be tried',
      {
        contentType: 'application/octet-stream',
        body: Buffer.concat([
          Buffer.from([0]),
          ...Array.from({ length: 5_000 }, () => Buffer.from('\x80\x04cab\ncd\n.\xff', 'latin1')),
        ]),
      },
      'GATE-UNREADABLE',
    ],
    ['gzip that is cut', { contentEncoding: 'gzip', body: gzipSync('{}').subarray(0, -4) }, 'GATE-UNREADABLE'],
    [
      'bytes behind gzip',
      { contentEncoding: 'gzip', body: Buffer.concat([gzipSync('{}'), PICKLE]) },
      'GATE-UNREADABLE',
    ],
    [
      'YAML with too many aliases',
      { contentType: 'application/yaml', body: Buffer.from(`a: &a [1]\nb: [${'*a, '.repeat(100)}]\n`) },
      'GATE-BOMB',
    ],
    [
      'YAML that constructs',
      { contentType: 'application/yaml', body: Buffer.from('a: !!python/object/apply:os.system ["true"]\n') },
      'GATE-YAML-TAG',
    ],
    [
      'XML with entities',
      { contentType: 'application/xml', body: Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') },
      'GATE-MALFORMED',
    ],
    [
      'a boundary that does not end',
      { contentType: 'multipart/mixed; boundary=x1y2', body: Buffer.from('--x1y2\r\n\r\na') },
      'GATE-MALFORMED',
    ],
    ['a code object', { contentType: 'application/octet-stream', body: CODE() }, 'GATE-CODE'],
    [
      'a pickle behind an image',
      {
        contentType: 'image/png',
        body: Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), PICKLE]),
      },
      'GATE-PICKLE',
    ],
    [
      'plain data in a pickle',
      { contentType: 'application/octet-stream', body: Buffer.from([0x80, 4, 0x5d, 0x94, 0x4b, 1, 0x61, 0x2e]) },
      'GATE-PICKLE',
    ],
  ])('%s', async (_name, request, rule) => {
    const refusal = await inspected(request);
    expect(refusal?.rule).toBe(rule);
  });
});

/** marshal.dumps of a code object of Python 3.11, as far as its bytecode. */
function CODE(): Buffer {
  const code = Buffer.alloc(60);
  code[0] = 0xe3;
  code.writeUInt32LE(2, 13);
  code[21] = 0xf3;
  code.writeUInt32LE(10, 22);
  return code;
}

test('the JSON reader says what JSON.parse says, or refuses what parsers differ on', () => {
  const options = { depth: 64, shortest: 8, exact: true };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.json().map((text) => text.slice(0, -1)),
        fc.array(fc.double({ noDefaultInfinity: true, noNaN: true })).map((list) => JSON.stringify(list)),
      ),
      (text) => {
        let wanted: unknown;
        let isJson = true;
        try {
          wanted = JSON.parse(text);
        } catch {
          isJson = false;
        }
        try {
          const { value } = readJson(Buffer.from(text), 'x', options);
          expect(isJson).toBe(true);
          expect(JSON.parse(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(wanted)));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          expect(!isJson || error.refusal.signal === 'duplicate-key' || /[\ud800-\udfff]/.test(text)).toBe(true);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test('lists of numbers that are cut have the same types, and their length is known', () => {
  const { value } = readJson(
    Buffer.from(`[${Array.from({ length: 5_000 }, (_, i) => i).join(',')},0.5,"x",-1e3]`),
    'x',
    { depth: 4, shortest: 1, exact: false },
  );
  const list = value as unknown[];
  expect([list.length < 30, list.includes(0.5), list.includes('x')]).toEqual([true, true, true]);
  for (const bad of ['[01]', '[1,01]', '[1.]', '[-]', '[1,,2]', '[1,]', '[.5]', '[1 2]'])
    for (const text of [bad, bad.replace('[', `[${'7,'.repeat(40)}`), bad.replace('[', `[${'7.5,'.repeat(40)}`)])
      expect(() => readJson(Buffer.from(text), 'x', { depth: 4, shortest: 1, exact: false }), text).toThrow(Refused);
});

test('what is settled in the proxy would pass the inspection', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.base64String({ maxLength: 80 }),
        fc
          .uint8Array({ minLength: 8, maxLength: 40 })
          .map((bytes) => Buffer.from([0x80, 4, ...bytes]).toString('base64')),
        fc.constantFrom(PICKLE.toString('base64'), PICKLE.toString('hex'), PICKLE.toString()),
      ),
      async (text) => {
        if (isNothing(text, DEFAULT_INSPECTION_LIMITS)) expect(await inspected({ body: json(text) })).toBeNull();
      },
    ),
    { numRuns: 1_000 },
  );
  for (const text of [
    PICKLE.toString('base64'),
    PICKLE.toString('hex'),
    PICKLE.toString(),
    `data:,${PICKLE.toString('base64')}`,
  ])
    expect(isNothing(text, DEFAULT_INSPECTION_LIMITS)).toBe(false);
});

test('objects of a schema are closed, however deep', async () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'array', items: { anyOf: [{ type: 'object', properties: { b: { type: 'string' } } }] } } },
  };
  const check = compileSchema(schema);
  expect(() => check({ a: [{ b: 'x' }] }, 'x')).not.toThrow();
  expect(() => check({ a: [{ b: 'x', c: 1 }] }, 'x')).toThrow(Refused);
  const polluted = await inspected({ body: Buffer.from('{"__proto__":{"a":1}}') }, { schema });
  expect(polluted?.rule).toBe('GATE-SCHEMA');
});

test('media types', () => {
  expect(parseMediaType('Application/JSON; Charset="utf-8"; x=y')).toEqual({
    essence: 'application/json',
    parameters: new Map([
      ['charset', 'utf-8'],
      ['x', 'y'],
    ]),
  });
  for (const bad of ['', 'json', 'a/b/c', 'a/b; c', 'a/b; c=d; c=e', 'a b/c', 'a/b, c/d'])
    expect([bad, parseMediaType(bad)]).toEqual([bad, null]);
});

test('limits stay what the documentation says', () => {
  expect(DEFAULT_INSPECTION_LIMITS).toEqual({
    decodedBytes: 64 * 2 ** 20,
    ratio: 200,
    depth: 8,
    jsonDepth: 64,
    parts: 128,
    leaves: 200_000,
    engineMs: 5_000,
  });
});
