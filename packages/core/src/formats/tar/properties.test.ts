import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAll, type Shown } from '../../../test/open-container.js';
import { longName, pax, tarEntry, tarOf } from '../../../test/tar-builder.js';
import { concat } from '../../../test/zip-builder.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { tar } from './container.js';

const LONG = 'n'.repeat(120);
const PIECES = [
  tarEntry({ name: 'a', data: 'PAYLOAD-ONE' }),
  longName(LONG),
  tarEntry({ name: 'x', data: 'PAYLOAD-TWO' }),
  pax({ path: 'pax-name', size: '13' }),
  tarEntry({ name: 'y', data: 'PAYLOAD-THREE' }),
];
const PAYLOADS = ['PAYLOAD-ONE', 'PAYLOAD-TWO', 'PAYLOAD-THREE'];
const HONEST = tarOf(...PIECES);

async function tryOpen(bytes: Uint8Array): Promise<Shown | Error> {
  try {
    return await openAll(tar, bytes, { artifactMs: 5000 });
  } catch (error) {
    if (error instanceof InputError || error instanceof UnsupportedError || error instanceof LimitError) return error;
    throw error;
  }
}

describe('any bytes', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.constantFrom(...PIECES),
    fc.constant(new Uint8Array(512)),
  );

  test('throw nothing but our own errors', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        await tryOpen(concat(...pieces));
      }),
      { numRuns: 1000 },
    );
  });

  test('an honest archive with changed bytes and right checksums', async () => {
    const change = fc.record({ block: fc.nat(HONEST.length / 512 - 1), at: fc.nat(511), value: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = HONEST.slice();
        for (const { block, at, value } of changes) {
          const header = bytes.subarray(block * 512, block * 512 + 512);
          header[at] = value;
          header.fill(0x20, 148, 156);
          const sum = header.reduce((total, byte) => total + byte, 0);
          header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0`), 148);
        }
        await tryOpen(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});

test('a truncated archive finds what is left, and says what is not', async () => {
  for (let length = 1; length < HONEST.length; length += 1) {
    const shown = await tryOpen(HONEST.slice(0, length));
    if (shown instanceof Error) {
      expect(length).toBeLessThan(512);
      continue;
    }
    const contents = Object.values(shown.members);
    const missing = PAYLOADS.filter((payload) => !contents.includes(payload));
    // Cut between two entries it is an archive of fewer entries, to tarfile too.
    const whole = [1024, 3072].some((end) => length === end) || shown.notices.length > 0;
    if (missing.length > 0) expect({ length, whole }).toEqual({ length, whole: true });
    const there = PAYLOADS.filter((payload) => Buffer.from(HONEST.slice(0, length)).includes(payload));
    for (const payload of there) expect(contents.join('\n')).toContain(payload);
  }
});

test('a million zeros and headers one behind the other take linear time', async () => {
  const started = Date.now();
  const shown = await openAll(
    tar,
    concat(HONEST, new Uint8Array(2 ** 20), ...Array.from({ length: 3000 }, () => tarEntry({ name: 'z' }))),
  );
  expect(Object.keys(shown.members).length).toBe(3003);
  expect(Date.now() - started).toBeLessThan(5000);
});
