import { describe, expect, test } from 'vitest';
import { concat, decode, describeCodec, packed } from '../../test/codec-kit.js';
import { InputError } from '../model/errors.js';
import { bzip2 } from './bzip2.js';

describeCodec('bzip2', {
  codec: bzip2,
  vectors: ['bzip2Empty', 'bzip2Hello', 'bzip2Mixed', 'bzip2Long', 'bzip2Runs', 'bzip2Randomised'],
  small: 'bzip2Hello',
  joins: true,
});

describe('bzip2', () => {
  const hello = packed('bzip2Hello');

  test('joins streams of other levels', async () => {
    const decoded = await decode(bzip2, concat(hello, packed('bzip2Runs'), packed('bzip2Empty'), hello));
    expect(decoded.end?.streams).toBe(4);
    expect(decoded.bytes.subarray(-28)).toEqual((await decode(bzip2, hello)).bytes);
  });

  test('reports a wrong CRC of a block and of the stream', async () => {
    const wrong = hello.slice();
    wrong[10]! ^= 1;
    const decoded = await decode(bzip2, wrong);
    expect(decoded.end?.mismatches).toEqual([{ offset: 10, what: 'CRC-32 of a bzip2 block' }]);
    const last = hello.slice();
    last[hello.length - 2]! ^= 0x10;
    expect((await decode(bzip2, last)).end?.mismatches.map(({ what }) => what)).toEqual(['CRC-32 of the bzip2 stream']);
  });

  test('leaves a header behind which no block follows, as Python does', async () => {
    const input = concat(hello, new TextEncoder().encode('BZh9 this is no block'));
    expect((await decode(bzip2, input)).end).toMatchObject({ end: hello.length, streams: 1 });
  });

  test('a second stream that is cut off is truncated', async () => {
    const decoded = await decode(bzip2, concat(hello, hello.subarray(0, 30)));
    expect(decoded.error).toBeInstanceOf(InputError);
    expect(decoded.bytes.length).toBe(28);
  });

  test('a block may not be longer than its level allows', async () => {
    // 300,000 bytes in blocks of level 1; the lower level of the header is the only change.
    const lowered = packed('bzip2Long');
    expect(lowered[3]).toBe(0x31);
    lowered[3] = 0x30;
    expect((await decode(bzip2, lowered)).error).toBeInstanceOf(InputError);
  });
});
