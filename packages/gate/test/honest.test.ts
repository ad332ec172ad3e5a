import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { isChance, plausibilityBehindPrefix, type Fact } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { headValues } from '../src/inspect/head-values.ts';
import { isNothing } from '../src/inspect/quick.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../src/model/limits.ts';
import { base32, base85, multipart } from './disguises.ts';
import { inspected } from './inspect-kit.ts';

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff)),
]);
const floats = Buffer.from(new Float32Array(4096).map((_, i) => Math.sin(i)).buffer);

describe('text that parses as a pickle by chance', () => {
  test.each([
    'N. Smith',
    '(d.keys()',
    'Please do this\n.',
    'I am here.\nWhat is (a, b)?\n.',
    'What does `cos\nsystem` mean?',
    'cos\nsystem',
    'cheese\nbread\n',
    'See gASV and H4sI for the magic of base64.',
    'aGVsbG8gd29ybGQsIHRoaXMgaXMgcGxhaW4gdGV4dA==',
    'deadbeefdeadbeefdeadbeefdeadbeef',
    '550e8400-e29b-41d4-a716-446655440000',
    'Die Straße ist naß.\nDas (alte) Haus auch.',
    '{"a": 1, "a": 2} is what it sent',
    'https://example.org/a/%E4%BD%A0%E5%A5%BD?q=%C3%A9t%C3%A9',
    'if=(a==b)&&c=7F=00',
    'internationalization',
    'def f(x):return{k:v+1for(k,v)in(x)}',
    '))).',
    'Very\nVery\nVery\n.',
  ])('%j passes as a chat message', async (content) => {
    expect(await inspected({ body: json({ messages: [{ role: 'user', content }] }) })).toBeNull();
    if (content === 'cos\nsystem') return; // As a body of its own it is the beginning of a pickle.
    expect(await inspected({ contentType: 'text/plain', body: Buffer.from(content) })).toBeNull();
  });
});

describe('ordinary content', () => {
  test.each([
    ['an image', 'image/png', png],
    ['floats', 'application/octet-stream', floats],
    ['an image in JSON', 'application/json', json({ image: png.toString('base64') })],
    ['an image as data URL', 'application/json', json({ image: `data:image/png;base64,${png.toString('base64')}` })],
    ['numbers', 'application/json', json({ x: Array.from({ length: 3000 }, (_, i) => i / 7) })],
    [
      'an upload',
      'multipart/form-data; boundary=x1y2',
      multipart([
        {
          headers: ['Content-Disposition: form-data; name="f"; filename="a.png"', 'Content-Type: image/png'],
          body: png,
        },
      ]),
    ],
    ['a form', 'application/x-www-form-urlencoded', Buffer.from('text=hello+world%21&lang=en')],
    ['XML', 'application/xml', Buffer.from('<?xml version="1.0"?><a b="c">text &amp; more</a>')],
    ['CSV', 'text/csv', Buffer.from('id,name\n1,"Smith, N."\n2,(d\n')],
    ['YAML', 'application/yaml', Buffer.from('a: [1, 2]\nb: {c: "d"}\n')],
    ['NDJSON', 'application/x-ndjson', Buffer.from('{"a":1}\n\n{"b":"two"}\n')],
    ['gzip of JSON', 'application/octet-stream', gzipSync(json({ a: 'b'.repeat(500) }))],
    [
      'a numpy array',
      'application/octet-stream',
      readFileSync(new URL('../../../fixtures/honest/numpy/dtype-lf8.npy', import.meta.url)),
    ],
  ] as const)('%s passes', async (_name, contentType, body) => {
    expect(await inspected({ contentType, body })).toBeNull();
  });

  test('random words, numbers and identifiers pass', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 5 }), async (text) => {
        const refusal = await inspected({ body: Buffer.from(text) });
        // fast-check may repeat a key.
        expect(refusal === null || refusal.signal === 'duplicate-key').toBe(true);
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 8, maxLength: 48 }), { maxLength: 8 }), async (ids) => {
        const body = json(
          ids.flatMap((id) => [
            Buffer.from(id).toString('base64'),
            Buffer.from(id).toString('hex'),
            base32(Buffer.from(id)),
            base85(
              Buffer.from(id),
              '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~',
            ),
          ]),
        );
        expect(await inspected({ body })).toBeNull();
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

test.each([
  [
    'noise that begins with a code of the registry and an end',
    Buffer.from([0x82, 0x11, 0x2e, 0x91, 0x03, 0xfe, 0x77, 0x01, 0x88, 0x90]),
  ],
  [
    'noise with two letters between line feeds',
    Buffer.from([0x5d, 0x69, 0x41, 0x0a, 0xe9, 0x0a, 0xfe, 0x01, 0x88, 0x90, 0x55]),
  ],
  [
    'noise that begins with PROTO and a code',
    Buffer.from([0x80, 0x03, 0x83, 0x01, 0x02, 0xff, 0x12, 0x90, 0x88, 0x01]),
  ],
])('%s passes as base64', async (_name, bytes) => {
  expect(await inspected({ body: json({ id: bytes.toString('base64') }) })).toBeNull();
  expect(await inspected({ body: json({ id: bytes.toString('hex') }) })).toBeNull();
});

test('text of files as people upload them', async () => {
  const csv = `const_p1,const_p2\n${'0.1,-4.5\n'.repeat(9)}.5,3\n`;
  expect(await inspected({ contentType: 'text/plain', body: Buffer.from(csv) })).toBeNull();
  const described = '(it has to be a list of names)\nor nothing at all, for which see below\n.';
  expect(await inspected({ body: json({ text: `${described} And more.` }) })).toBeNull();
  const svg =
    '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg><path d="M0 0"/></svg>';
  expect(await inspected({ contentType: 'image/svg+xml', body: Buffer.from(svg) })).toBeNull();
  const own = svg.replace('>\n<svg>', ' [<!ENTITY a "b">]>\n<svg>');
  expect(await inspected({ contentType: 'image/svg+xml', body: Buffer.from(own) })).toMatchObject({
    signal: 'xml-doctype',
  });
});

test('heads as clients and browsers send them are settled at once', () => {
  const jwt = [
    { alg: 'RS256', kid: 'a1' },
    { sub: '1234567890', name: 'Jane Doe', scope: 'read write', exp: 1_516_239_022 },
  ]
    .map((part) => json(part).toString('base64url'))
    .concat(floats.subarray(0, 256).toString('base64url'))
    .join('.');
  const heads = [
    { authorization: `Bearer ${jwt}`, 'user-agent': 'OpenAI/Python 3.54.0', 'x-stainless-runtime-version': '3.11.7' },
    {
      authorization: 'Bearer sk-proj-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ',
      'openai-organization': 'org-abcdefghijklmnopqrstuvwx',
    },
    { cookie: '_ga=GA1.2.1234567890.1600000000; sessionid=4d8c2f0b9a7e6d5c4b3a29181706f5e4; theme=dark' },
    { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'congo=t61rcWkgMzE' },
    {
      'x-request-start': 't=1700000000.123',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'if-none-match': 'W/"5d8c72a5edda8"',
    },
  ];
  for (const head of heads)
    expect(
      headValues(head, '/v2/models/bert-base-uncased-finetuned/versions/12/infer').filter(
        ({ text }) => !isNothing(text, DEFAULT_INSPECTION_LIMITS),
      ),
    ).toEqual([]);
});

test('noise with two codes of the registry and STACK_GLOBAL passes, a computed name that is called does not', async () => {
  const filler = Buffer.from([0xe9, 0xfe, 0x01, 0x88, 0x90, 0x77, 0xa3]);
  const chance = Buffer.from('\x80\x02\x83\x71\x78\x83\x88\xca\x93\xd7\xce\x64\x8f\xd5', 'latin1');
  const octets = { contentType: 'application/octet-stream' };
  expect(await inspected({ ...octets, body: Buffer.concat([filler, chance, filler]) })).toBeNull();
  const called = Buffer.from('\x80\x02\x83\x71\x78\x83\x88\x4a\x93)R.', 'latin1');
  expect((await inspected({ ...octets, body: Buffer.concat([filler, called, filler]) }))?.rule).toBe('GATE-PICKLE');
  const ended = Buffer.from('\x80\x02\x83\x71\x78\x83\x88\x4a\x93.', 'latin1');
  expect((await inspected({ ...octets, body: Buffer.concat([filler, ended, filler]) }))?.rule).toBe('GATE-PICKLE');
});

test('behind a prefix, a code of the registry that is called counts where the stream ends, a computed name anywhere', () => {
  const fact = {
    kind: 'pickle.dynamic',
    at: { path: 'body', offset: 2, line: null },
    role: 'embedded',
    module: 'copyreg extension',
    name: '23006',
    detail: '',
    plausibility: { level: 'certain', reason: 'read-as-written' },
    callCount: 1,
    calls: [],
    chain: [],
  } as const;
  const actsBehindPrefix = (given: Fact, stops: boolean): boolean => {
    const plausibility = plausibilityBehindPrefix(given, stops);
    return plausibility !== null && !isChance(plausibility);
  };
  expect(actsBehindPrefix({ ...fact, via: 'EXT2' }, false)).toBe(false);
  expect(actsBehindPrefix({ ...fact, via: 'EXT2' }, true)).toBe(true);
  expect(actsBehindPrefix({ ...fact, via: 'STACK_GLOBAL' }, false)).toBe(true);
});
