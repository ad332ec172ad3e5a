import { describe, expect, test } from 'vitest';
import { WINDOW_BYTES } from '../inspect/window-source.ts';
import { passingProvider, spooledProvider, type Passing } from './bodies.ts';

const bytes = Buffer.from('0123456789');
const read = async (offset: number, length: number): Promise<Buffer> => bytes.subarray(offset, offset + length);
const signal = new AbortController().signal;

const BAD: readonly unknown[] = [
  null,
  'x',
  {},
  { offset: 0 },
  { length: 1 },
  { offset: -1, length: 1 },
  { offset: 0, length: -1 },
  { offset: 0.5, length: 1 },
  { offset: '0', length: 1 },
  { offset: 0, length: WINDOW_BYTES + 1 },
  { offset: 0, length: 1, settled: -1 },
  { offset: 0, length: 1, settled: 'x' },
];

describe('a body on disk', () => {
  const body = { size: bytes.length, signal, read };

  test('gives what is asked for, and its clock runs', async () => {
    const provider = spooledProvider(body);
    expect(provider.stopsClock).toBe(false);
    expect(await provider.provide({ offset: 2, length: 3 })).toEqual({ given: Buffer.from('234') });
    expect(await provider.provide({ offset: 0, length: 0 })).toEqual({ given: Buffer.from('') });
    expect(await provider.provide({ offset: 0, length: WINDOW_BYTES })).toEqual({ given: bytes });
  });

  test.each(BAD)('refuses %j', (asks) => expect(spooledProvider(body).provide(asks)).toBeNull());

  test('is gone where nobody waits, and is no answer where it cannot be read', async () => {
    const gone = spooledProvider({ ...body, signal: AbortSignal.abort() });
    expect(await gone.provide({ offset: 0, length: 1 })).toEqual({ given: new Uint8Array(0), isGone: true });
    const broken = spooledProvider({ ...body, read: () => Promise.reject(new Error('disk')) });
    expect(await broken.provide({ offset: 0, length: 1 })).toBeNull();
  });
});

describe('a body that passes', () => {
  const passing = (more: Partial<Passing> = {}): Passing => ({ most: 10, signal, read, settle: () => true, ...more });

  test('gives what is asked for when what is settled may go on; its clock stops', async () => {
    const settled: number[] = [];
    const provider = passingProvider(passing({ settle: (to) => settled.push(to) > 0 }));
    expect(provider.stopsClock).toBe(true);
    expect(await provider.provide({ offset: 1, length: 2, settled: 1 })).toEqual({ given: Buffer.from('12') });
    expect(await provider.provide({ offset: 1, length: 2 })).toEqual({ given: Buffer.from('12') });
    expect(settled).toEqual([1, 0]);
    expect(passingProvider(passing({ settle: () => false })).provide({ offset: 0, length: 1 })).toBeNull();
  });

  test.each(BAD)('refuses %j, and settles nothing', (asks) => {
    const provider = passingProvider(
      passing({
        settle: () => {
          throw new Error('settled');
        },
      }),
    );
    expect(provider.provide(asks)).toBeNull();
  });

  test('is gone where nobody waits, or where it breaks off', async () => {
    const gone = { given: new Uint8Array(0), isGone: true };
    expect(await passingProvider(passing({ read: async () => null })).provide({ offset: 0, length: 1 })).toEqual(gone);
    const broken = passingProvider(passing({ read: () => Promise.reject(new Error('socket')) }));
    expect(await broken.provide({ offset: 0, length: 1 })).toEqual(gone);
  });
});
