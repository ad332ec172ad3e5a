import { describe, expect, test } from 'vitest';
import { memorySource } from '../bytes/source.js';
import { scan } from '../scan.js';

/** More containers than the ring of nodes holds (2 ** 18). */
const MANY = 300_000;

async function seen(pickle: string): Promise<readonly string[]> {
  const bytes = Uint8Array.from(Buffer.from(pickle, 'latin1'));
  const report = await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }]);
  return report.findings.map(({ evidence }) => evidence.signal);
}

function int(value: number): string {
  return `J${String.fromCharCode(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >> 24)}`;
}

/** An array of objects with `count` dicts, in the batches of pickle, whose shape says `size`. */
function objects(count: number, size: number, element = '}'): string {
  const batches = Array.from({ length: Math.ceil(count / 1000) }, (_, i) => {
    const length = Math.min(1000, count - i * 1000);
    return `(${element.repeat(length)}e`;
  });
  return [
    '\x80\x03cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\x85C\x01b\x87R',
    `(K\x01${int(size)}\x85cnumpy\ndtype\nX\x02\0\0\0O8K\0K\x01\x87R(K\x03X\x01\0\0\0|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x3ftb\x89]`,
    ...batches,
    'tb.',
  ].join('');
}

describe('an array with more elements than are remembered', () => {
  test.each([
    ['dicts', '}'],
    ['tuples', 'K\x01K\x02\x86'],
    ['lists of one', ']K\x01a'],
  ])('of %s fits together', async (_, element) => {
    expect(await seen(objects(MANY, MANY, element))).toEqual([]);
  });

  test('does not where its shape says more', async () => {
    expect(await seen(objects(MANY, MANY + 1))).toEqual(['array-state']);
  });

  test('does not where it is the second one, either', async () => {
    expect(
      await seen(`\x80\x03](${objects(MANY, MANY).slice(2, -1)}${objects(MANY, MANY + 1).slice(2, -1)}e.`),
    ).toEqual(['array-state']);
  });
});

describe('a list that is filled after it was handed out', () => {
  const handedOut = (between: string): string => `\x80\x02]q\0${between}ccollections\ndeque\nh\0\x85Ra.`;

  test('is told at once', async () => expect(await seen(handedOut(''))).toEqual(['GLOBAL collections.deque']));

  test('is told behind more containers than are remembered', async () => {
    expect(await seen(handedOut('}0'.repeat(MANY)))).toEqual(['GLOBAL collections.deque']);
    expect(await seen(handedOut(`${'}'.repeat(MANY)}${'0'.repeat(MANY)}`))).toEqual(['GLOBAL collections.deque']);
  });
});
