import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zstdStored } from './disguises.ts';
import { inspected } from './inspect-kit.ts';
import { noise, passed, PICKLE, PICKLE4 } from './passing-kit.ts';

const OCTETS = 'application/octet-stream';
/** A PNG of one colour, whose pixels unpack to a thousand times their size. */
const png = (pixels: Buffer): Buffer => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    return Buffer.concat([head, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([0, 0, 4, 0, 0, 0, 4, 0, 8, 0, 0, 0, 0])),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

describe('compressed data behind other bytes', () => {
  const packers = [
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zlib', (bytes: Buffer) => deflateSync(bytes)],
    ['zlib, stored', (bytes: Buffer) => deflateSync(bytes, { level: 0 })],
    ['zlib, best', (bytes: Buffer) => deflateSync(bytes, { level: 9 })],
    ['zstd', zstdStored],
  ] as const;

  test.each(packers)('a pickle in %s is found at any offset', async (_name, pack) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70_000 }), fc.constantFrom(PICKLE, PICKLE4), async (at, pickle) => {
        const body = Buffer.concat([noise(at - (at % 4) + 4).subarray(0, at), pack(pickle), noise(400)]);
        expect((await inspected({ contentType: OCTETS, body }))?.rule).toBe('GATE-PICKLE');
        const text = Buffer.from(JSON.stringify({ a: body.toString('base64') }));
        expect((await inspected({ body: text }))?.rule).toBe('GATE-PICKLE');
      }),
      { numRuns: 15 },
    );
  });

  test.each(packers)('one in %s is found in a body that passes', async (_name, pack) => {
    for (const at of [300_000, 524_287, 524_280, 700_001]) {
      const body = Buffer.concat([noise(at + 4).subarray(0, at), pack(PICKLE4), noise(200_000)]);
      expect((await passed(body, OCTETS, [70_000])).refusal?.rule).toBe('GATE-PICKLE');
    }
  });

  test.each([
    ['an image of one colour', png(Buffer.alloc(3_000_000))],
    ['an image of noise', png(noise(100_000))],
    [
      'a document with streams',
      Buffer.concat([
        Buffer.from('%PDF-1.7\n'),
        ...Array.from({ length: 300 }, (_, i) =>
          Buffer.concat([
            Buffer.from(`${i} 0 obj <</Filter /FlateDecode>> stream\r\n`),
            deflateSync(Buffer.from(`BT /F1 12 Tf (Page ${i}) Tj ET\n`)),
            Buffer.from('\r\nendstream\n'),
          ]),
        ),
      ]),
    ],
    [
      'plain pickled numbers behind a prefix',
      Buffer.concat([noise(500), gzipSync(Buffer.from('\x80\x04K\x01.', 'latin1')), noise(40)]),
    ],
    ['noise', noise(2_000_000, 77)],
  ])('%s passes', async (_name, body) => {
    expect(await inspected({ contentType: OCTETS, body })).toBeNull();
    expect((await passed(body, OCTETS, [70_000])).refusal).toBeNull();
  });
});

describe('lists of strings', () => {
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const pieces = (text: string, size: number): string[] => text.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];

  test('a value in pieces is found, for every kind of body', async () => {
    for (const size of [1, 3, 10, 37]) {
      const body = json({ model: { chunks: pieces(PICKLE4.toString('base64'), size), n: 3 } });
      expect((await inspected({ body }))?.rule).toBe('GATE-PICKLE');
      expect((await passed(body, 'application/json', [5])).refusal?.rule).toBe('GATE-PICKLE');
    }
  });

  test('honest ones pass', async () => {
    const words = 'the quick brown fox jumps over the lazy dog internationalization'.split(' ');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.uuid(), fc.base64String(), fc.ipV4(), fc.webUrl()), {
          maxLength: 30,
        }),
        async (list) => {
          const body = json({ list, nested: [list, list] });
          expect(await inspected({ body })).toBeNull();
          expect((await passed(body, 'application/json', [11])).refusal).toBeNull();
        },
      ),
      { numRuns: 200, seed: 3 },
    );
  });
});

test('what looks like uuencode, or like Z85, and is none', async () => {
  for (const text of [
    'HELLO WORLD, THIS IS A SENTENCE IN CAPITALS.\nAND ANOTHER ONE\n',
    'begin 644 of the story\nand so on',
    'A-1234-5678-90\nB-1234-5678-91',
    '#REF! #NAME? 100% (A) [B]',
    'https://example.org/a?b=c&d=e(f)[g]{h}',
    'M'.repeat(61),
    `${'M'.repeat(61)}\n`.repeat(40),
    'f(x)=a*x^2+b*x+c',
    '0123456789',
  ])
    expect(await inspected({ body: Buffer.from(JSON.stringify({ text })) })).toBeNull();
});
