import { expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf, concat, crcOf, zipOf, type ZipMember } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { findUnlisted } from './unlisted.js';

const WINDOW = 64 * 1024;
/** Headers and data, and no directory. */
function headers(...members: ZipMember[]): Uint8Array {
  const whole = zipOf(members.map((member) => ({ ...member, unlisted: true })));
  return whole.subarray(0, whole.length - 22);
}
const A = headers({ name: 'a', data: 'alpha' });

async function found(bytes: Uint8Array, start = 0, end = bytes.length, members?: number) {
  const search = await findUnlisted(
    memorySource(bytes),
    bytes.length,
    [{ start, end }],
    budgetOf(members === undefined ? {} : { members }),
  );
  return search.entries.map(({ local, data, descriptor, sizeUnknown }) => [
    local?.name,
    local?.at,
    data?.start,
    data?.end,
    descriptor?.length ?? null,
    sizeUnknown,
  ]);
}

test('headers are found wherever they lie, also across a window', async () => {
  for (const at of [0, 1, 3, WINDOW - 5, WINDOW - 4, WINDOW - 3, WINDOW - 1, WINDOW, 2 * WINDOW + 7]) {
    const bytes = concat(new Uint8Array(at).fill(0x50), A);
    expect(await found(bytes)).toEqual([['a', at, at + 31, at + 36, null, false]]);
  }
});

test('only in the gap, and whole', async () => {
  const bytes = concat(bytesOf('xx'), A, bytesOf('yy'));
  expect(await found(bytes, 3)).toEqual([]);
  expect(await found(bytes, 2, 5)).toEqual([]);
  expect(await found(bytes, 2, 6)).toHaveLength(1);
  expect(await found(A.subarray(0, 20))).toEqual([]);
  expect(await found(concat(bytesOf('PK\x03\x04'), A))).toHaveLength(1);
});

test('one behind another, after their data', async () => {
  const two = headers({ name: 'a', data: 'PK\x03\x04 no header' }, { name: 'b', data: 'beta' });
  expect((await found(two)).map(([name]) => name)).toEqual(['a', 'b']);
  expect((await found(two, 0, two.length, 0)).map(([name]) => name)).toEqual(['a']);
});

test('streamed ones end at their descriptor, at the next header or with the gap', async () => {
  const streamed = (descriptor: ZipMember['descriptor']): Uint8Array =>
    headers({ name: 's', data: 'stream', method: 8, ...(descriptor === undefined ? {} : { descriptor }) });
  const data = 8;
  expect(await found(streamed('signed'))).toEqual([['s', 0, 31, 31 + data, 16, true]]);
  const bare = streamed('plain').subarray(0, 31 + data);
  expect(await found(bare)).toEqual([['s', 0, 31, 31 + data, null, true]]);
  expect(await found(concat(bare, A))).toEqual([
    ['s', 0, 31, 31 + data, null, true],
    ['a', 31 + data, 62 + data, 67 + data, null, false],
  ]);
  expect(await found(concat(bare, bytesOf('PK\x01\x02'), new Uint8Array(40)))).toEqual([
    ['s', 0, 31, 31 + data, null, true],
  ]);
  // A descriptor of another size belongs to nobody.
  const other = headers({
    name: 's',
    data: 'stream',
    method: 8,
    descriptor: 'signed',
    descriptorValues: { compressed: 7 },
  });
  expect(await found(other)).toEqual([['s', 0, 31, other.length, null, true]]);
});

test('a descriptor behind a header with sizes is taken along', async () => {
  const member: ZipMember = {
    name: 'a',
    data: 'alpha',
    descriptor: 'signed',
    local: { crc: crcOf(bytesOf('alpha')), compressed: 5, uncompressed: 5 },
  };
  const bytes = concat(headers(member), new Uint8Array(8));
  expect(await found(bytes)).toEqual([['a', 0, 31, 36, 16, false]]);
  expect(await found(bytes.subarray(0, -1))).toEqual([['a', 0, 31, 36, null, false]]);
});
