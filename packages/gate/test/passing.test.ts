import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sized } from '../../../oracles/full-size.ts';
import { HEAD_BYTES } from '../src/inspect/passing-bytes.ts';
import { HELD_BYTES } from '../src/inspect/walker.ts';
import { multipart, zstdStored } from './disguises.ts';
import { inspected } from './inspect-kit.ts';
import { noise, passed, PICKLE, PICKLE4, placed } from './passing-kit.ts';

const OCTETS = 'application/octet-stream';
const FORM = 'multipart/form-data; boundary=x1y2';
const LINES = 'application/x-ndjson';
const KIB = 1024;
const MIB = 2 ** 20;
/** Pieces as they come: small ones and large ones, again and again. */
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 200_000 })), {
  minLength: 2,
  maxLength: 8,
});
const base64 = PICKLE4.toString('base64');

/** A pickle that jumps over `length` bytes before it does what it does. */
function far(length: number, rest: Buffer = PICKLE4.subarray(2), head = '\x80\x04'): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(length);
  return Buffer.concat([Buffer.from(`${head}B`, 'latin1'), size, Buffer.alloc(length, 0xff), Buffer.from('0'), rest]);
}

describe('bytes', () => {
  test.each(sized([11, 12, 13, 14, 15, 16], [11, 14]))('noise passes, seed %i', async (seed) => {
    const got = await passed(noise(3 * MIB, seed), OCTETS, [65_536], { declared: seed % 2 === 0 });
    expect(got.refusal).toBeNull();
    expect(got.held).toBeLessThan(1.5 * MIB);
  });

  const borders = [HEAD_BYTES, HEAD_BYTES * 2, HEAD_BYTES * 3].flatMap((border) =>
    [-30, -9, -2, -1, 0, 1, 2].map((by) => border + by),
  );
  test.each([0, 1, 2, 100, ...borders, MIB - 1])('a pickle at %i is refused before its call goes on', async (at) => {
    for (const pickle of [PICKLE, PICKLE4]) {
      const { refusal, settled } = await passed(placed(pickle, at, MIB), OCTETS, [50_000]);
      // The last of them is cut off.
      if (at === MIB - 1) continue;
      expect(refusal?.rule).toBe('GATE-PICKLE');
      expect(settled).toBeLessThan(at + pickle.length);
    }
  });

  test('at any offset, and in any pieces', async () => {
    const pickles = fc.constantFrom(PICKLE, PICKLE4, far(9_000), far(300_000), far(20_000, PICKLE.subarray(0)));
    await fc.assert(
      fc.asyncProperty(fc.nat(600 * KIB), pickles, sizes, fc.boolean(), async (at, pickle, pieces, declared) => {
        const body = placed(pickle, at, at + pickle.length + 50_000);
        const { refusal, settled } = await passed(body, OCTETS, pieces, { declared });
        expect(refusal).not.toBeNull();
        expect(settled).toBeLessThan(at + pickle.length);
      }),
      { numRuns: sized(120, 40) },
    );
  }, 60_000);

  test('what is plain passes as it does where it is held', async () => {
    // A name without a call, a stream that breaks, plain data behind a prefix: nothing of that is refused.
    const plain = fc.constantFrom(
      Buffer.from('\x80\x04K\x01.', 'latin1'),
      Buffer.from('\x80\x04]\x94.', 'latin1'),
      far(9_000, Buffer.from('K\x01.', 'latin1')),
      far(40_000, Buffer.from('\xff\xff', 'latin1')),
      // Codes of the extension registry, which noise has as well.
      far(30_000, Buffer.from('\xff\xff', 'latin1'), '\x80\x05\x83\x59\x7e'),
      far(30_000, Buffer.from('K\x01.'), '\x80\x05\x82\x05'),
      Buffer.from('cab\ncd\n'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 500 * KIB }),
        plain,
        sizes,
        fc.boolean(),
        async (at, bytes, pieces, declared) => {
          const body = placed(bytes, at, at + bytes.length + 10_000);
          const whole = await inspected({ contentType: OCTETS, body });
          const { refusal } = await passed(body, OCTETS, pieces, { declared });
          expect([refusal?.rule, refusal?.offset]).toEqual([whole?.rule, whole?.offset]);
        },
      ),
      { numRuns: sized(80, 25) },
    );
  }, 60_000);

  test.each([
    ['that jumps twice', far(200_000, far(200_000, PICKLE4.subarray(2), '').subarray(0))],
    ['behind one that ends', Buffer.concat([far(9_000, Buffer.from('K\x01.')), PICKLE4.subarray(2)])],
    ['that calls before it jumps', Buffer.concat([PICKLE4.subarray(0, -1), far(500_000, Buffer.from('.'), '')])],
    ['in frames', Buffer.concat([Buffer.from('\x80\x04\x95\x16\0\0\0\0\0\0\0', 'latin1'), PICKLE4.subarray(2)])],
  ])('a pickle %s is refused', async (_name, pickle) => {
    for (const at of [0, 5, 300_000]) {
      const body = placed(pickle, at, at + pickle.length + 400_000);
      const { refusal } = await passed(body, OCTETS, [40_000]);
      expect(refusal?.rule).toBe('GATE-PICKLE');
    }
  });

  test('a whole pickle of plain data is refused at its end', async () => {
    const { refusal } = await passed(far(700_000, Buffer.from('K\x01.')), OCTETS, [40_000]);
    expect(refusal).toMatchObject({ rule: 'GATE-PICKLE', path: 'body' });
  });

  test.each([
    ['gzip', gzipSync(noise(MIB))],
    ['zlib', deflateSync(noise(MIB))],
    ['zstd', zstdStored(noise(MIB))],
    ['text', Buffer.from('word '.repeat(100_000))],
    ['base64', Buffer.from(noise(MIB).toString('base64'))],
    ['zip', Buffer.concat([Buffer.from('PK\x03\x04\x14\0\0\0\x08\0', 'latin1'), noise(MIB)])],
    ['a zip behind noise', Buffer.concat([noise(MIB), Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])],
    ['xz', Buffer.concat([Buffer.from('\xfd7zXZ\0\0\x04', 'latin1'), noise(MIB)])],
    ['a tar', Buffer.concat([tarOf(noise(MIB))])],
    ['an array of objects', Buffer.concat([npy('|O'), noise(MIB)])],
  ])('%s has to be seen whole, and is refused', async (_name, body) => {
    const { refusal, settled } = await passed(body, OCTETS);
    expect(refusal?.rule).toMatch(/^GATE-(?:STREAM|UNREADABLE|PICKLE)$/);
    expect(settled).toBeLessThan(body.length);
  });

  test.each([
    ['an array of numbers', Buffer.concat([npy('<f4'), noise(MIB)])],
    ['a PNG', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), noise(MIB)])],
    ['zeros', Buffer.alloc(MIB)],
    ['small integers', Buffer.from(Int32Array.from({ length: MIB / 4 }, (_, i) => i % 200).buffer)],
    ['floats', Buffer.from(Float32Array.from({ length: MIB / 4 }, (_, i) => Math.sin(i)).buffer)],
    [
      'safetensors',
      Buffer.concat([
        Buffer.from('\x42\0\0\0\0\0\0\0', 'latin1'),
        Buffer.from('{"a":{"dtype":"F32","shape":[262144],"data_offsets":[0,1048576]}} '),
        noise(MIB),
      ]),
    ],
  ])('%s passes', async (_name, body) => {
    const { refusal } = await passed(body, OCTETS, [100_000]);
    expect(refusal).toBeNull();
  });

  test('what ends at once is inspected as if it had been held', async () => {
    for (const body of [Buffer.from(base64), gzipSync(PICKLE), PICKLE, noise(1_000), Buffer.alloc(0)]) {
      const whole = body.length === 0 ? null : await inspected({ contentType: OCTETS, body });
      expect((await passed(body, OCTETS, [7])).refusal?.rule).toBe(whole?.rule);
    }
  });
});

describe('parts', () => {
  const part = (type: string, body: Buffer, more: readonly string[] = []) => ({
    headers: ['Content-Disposition: form-data; name="f"; filename="a.bin"', `Content-Type: ${type}`, ...more],
    body,
  });

  test('give the same as when they are held, in any pieces', async () => {
    const piece = fc.constantFrom(
      part('image/png', noise(400_000)),
      part('image/png', noise(500)),
      part('image/png', placed(PICKLE4, 300_000, 400_000)),
      part('image/png', PICKLE),
      part('text/plain', Buffer.from(base64)),
      part('text/plain', Buffer.from('hello')),
      part('application/json', Buffer.from(`{"a":"${base64}"}`)),
      part('application/octet-stream', Buffer.from(base64), ['Content-Transfer-Encoding: base64']),
      part('application/octet-stream', Buffer.alloc(0)),
      part('application/octet-stream', Buffer.from('a\r\n--x1y\r\n--x1y\r\n')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 3 }), sizes, async (parts, pieces) => {
        const body = multipart(parts);
        const whole = await inspected({ contentType: FORM, body });
        const { refusal } = await passed(body, FORM, pieces);
        expect([refusal?.rule, refusal?.path.split('@')[0]]).toEqual([whole?.rule, whole?.path.split('@')[0]]);
      }),
      { numRuns: sized(80, 25) },
    );
  }, 60_000);

  test('broken ones are refused', async () => {
    const good = multipart([part('image/png', noise(300_000))]);
    for (const body of [
      good.subarray(0, -8),
      Buffer.concat([good, Buffer.from('more')]),
      Buffer.concat([Buffer.from('preamble '), good]),
      Buffer.concat([Buffer.alloc(100_000, 0x20), good]),
      Buffer.from('--x1y2\r\nno header\r\n\r\nbody\r\n--x1y2--\r\n'),
      Buffer.from('--x1y2 tail\r\n\r\n\r\n--x1y2--\r\n'),
    ])
      expect((await passed(body, FORM, [1_000])).refusal?.rule).toBe('GATE-MALFORMED');
    const text = multipart([part('text/plain', Buffer.alloc(HELD_BYTES + MIB, 0x61))]);
    expect((await passed(text, FORM)).refusal).toMatchObject({ rule: 'GATE-STREAM', signal: 'part' });
  });
});

describe('JSON', () => {
  const filler = JSON.stringify(Array.from({ length: 30_000 }, (_, i) => [i, -i / 7, `row ${i}`, null, true]));

  test('gives the same as when it is held, in any pieces', async () => {
    const text = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.constantFrom(
        '[1,2,]',
        '{"a":1,"a":2}',
        '[01]',
        '"\\x"',
        '[1 2]',
        '{"a" 1}',
        '{,}',
        '[',
        '"a',
        'nul',
        '1.',
        '-',
        '1e',
        '[]]',
        '\ufeff[]',
        '"\u0001"',
        `["${base64}"]`,
        `{"${base64}":1}`,
        `"\\u0041"`,
        '"\\ud800"',
        '  []  ',
        '12',
        'true',
        '""',
        `{"a":{"b":["x","${[...base64].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')}"]}}`,
        `${'['.repeat(70)}${']'.repeat(70)}`,
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (json, pieces) => {
          const body = Buffer.from(json);
          const whole = await inspected({ body });
          const { refusal } = await passed(body, 'application/json', pieces);
          expect([refusal?.rule, refusal?.signal]).toEqual([whole?.rule, whole?.signal]);
        },
      ),
      { numRuns: sized(500, 200) },
    );
  });

  test('a value across every border is found before it goes on', async () => {
    for (const lead of [0, 1, 5, 20]) {
      const body = Buffer.from(`[${' '.repeat(lead)}${filler},{"k":["x","${base64}"]},${filler}]`);
      const at = body.indexOf(base64);
      const { refusal, settled, held } = await passed(body, 'application/json', [4_093]);
      expect(refusal?.rule).toBe('GATE-PICKLE');
      expect(settled).toBeLessThanOrEqual(at);
      expect(held).toBeLessThan(MIB);
    }
    expect((await passed(Buffer.from(filler), 'application/json', [777])).refusal).toBeNull();
  });

  test('what would have to be held is refused', async () => {
    const long = Buffer.from(`["${'a '.repeat(HELD_BYTES)}"]`);
    expect((await passed(long, 'application/json')).refusal).toMatchObject({
      rule: 'GATE-STREAM',
      signal: 'json-string',
    });
    const keys = Buffer.from(`{${Array.from({ length: 70_000 }, (_, i) => `"key ${i}":1`).join(',')}}`);
    expect((await passed(keys, 'application/json')).refusal).toMatchObject({
      rule: 'GATE-STREAM',
      signal: 'json-keys',
    });
    const digits = Buffer.from(`[${'1'.repeat(400_000)}]`);
    expect((await passed(digits, 'application/json')).refusal?.rule).toBe('GATE-MALFORMED');
  });

  test('lines', async () => {
    const line = '{"a":1,"b":"some text"}\n';
    const honest = Buffer.from(line.repeat(40_000));
    expect((await passed(honest, LINES, [999])).refusal).toBeNull();
    const hostile = Buffer.from(`${line.repeat(20_000)}{"a":"${base64}"}\n${line.repeat(20_000)}`);
    const { refusal, settled, held } = await passed(hostile, LINES, [999]);
    expect(refusal).toMatchObject({ rule: 'GATE-PICKLE', path: `body>line@${20_000 * line.length}@5>base64` });
    expect(settled).toBeLessThanOrEqual(20_000 * line.length);
    expect(held).toBeLessThan(MIB);
    expect((await passed(Buffer.from(`${line}{"a":`), LINES, [3])).refusal?.rule).toBe('GATE-MALFORMED');
    const long = Buffer.from(`{"a":"${'x'.repeat(HELD_BYTES + MIB)}"}\n`);
    expect((await passed(long, LINES)).refusal).toMatchObject({ rule: 'GATE-STREAM', signal: 'line' });
  });
});

describe('tensors', () => {
  const request = (datatype: string, shape: readonly number[], bytes: Buffer) => {
    const head = Buffer.from(
      JSON.stringify({
        inputs: [
          { name: 'a', shape: [1], datatype: 'BOOL', data: [true] },
          { name: 'x', shape, datatype, parameters: { binary_data_size: bytes.length } },
        ],
      }),
    );
    return { body: Buffer.concat([head, bytes]), infer: head.length };
  };
  const element = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return Buffer.concat([length, bytes]);
  };

  test('are what they are where they are held', async () => {
    const large = noise(400_000);
    const cases = [
      request('FP32', [100_000], large),
      request('FP32', [100_001], large),
      request('FP32', [100_000], placed(PICKLE4, 350_000, 400_000)),
      request('FP32', [10], noise(40)),
      request('BYTES', [2], Buffer.concat([element(large), element(Buffer.from('text'))])),
      request('BYTES', [2], Buffer.concat([element(large), element(PICKLE)])),
      request('BYTES', [2], Buffer.concat([element(placed(PICKLE, 300_000, 400_000)), element(Buffer.from('text'))])),
      request('BYTES', [3], Buffer.concat([element(large), element(Buffer.from('text'))])),
      request('BYTES', [1], element(large).subarray(0, -3)),
      request('BYTES', [1], element(Buffer.from(base64))),
    ];
    for (const { body, infer } of cases) {
      const whole = await inspected({ contentType: OCTETS, body, inferHeaderLength: String(infer) });
      for (const pieces of [[70_000], [1_001, 33], [200_000, 5]]) {
        const got = await passed(body, OCTETS, pieces, { infer });
        expect([got.refusal?.rule, got.refusal?.signal]).toEqual([whole?.rule, whole?.signal]);
      }
    }
  });

  test('cut ones, and those with a rest, are refused', async () => {
    const { body, infer } = request('FP32', [100_000], noise(400_000));
    for (const wrong of [body.subarray(0, -1), Buffer.concat([body, Buffer.from('x')]), body.subarray(0, 10)])
      expect((await passed(wrong, OCTETS, [50_000], { infer })).refusal?.rule).toMatch(/^GATE-(?:TENSOR|MALFORMED)$/);
  });
});

test('a body with a coding is not unpacked', async () => {
  const body = gzipSync(noise(1_000));
  expect((await passed(body, OCTETS, [100], { coding: 'gzip' })).refusal?.rule).toBe('GATE-STREAM');
});

test('honest files pass, or are refused as needing the whole', async () => {
  for (const name of ['numpy/dtype-lf8.npy'])
    expect(
      (await passed(readFileSync(new URL(`../../../fixtures/honest/${name}`, import.meta.url)), OCTETS, [100])).refusal,
    ).toBeNull();
});

function npy(descr: string): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (262144,), }`.padEnd(117) + '\n';
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header)]);
}

function tarOf(bytes: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write('a.bin', 0);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('ustar\u000000', 257);
  header.fill(0x20, 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, bytes]);
}
