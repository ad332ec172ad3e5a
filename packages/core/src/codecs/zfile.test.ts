import { describe, expect, test } from 'vitest';
import { decode, describeCodec, packed } from '../../test/codec-kit.js';
import { InputError } from '../model/errors.js';
import { zfile } from './zfile.js';

describeCodec('zfile', { codec: zfile, vectors: ['zfileHello', 'zfileSpace'], small: 'zfileHello', joins: false });

describe('zfile', () => {
  test.each([
    ['another length', '0x1d               '],
    ['no number', 'a length           '],
  ])('reports %s in the header and decodes all the same', async (_what, length) => {
    const wrong = packed('zfileHello');
    wrong.set(new TextEncoder().encode(length), 2);
    const decoded = await decode(zfile, wrong);
    expect(decoded.bytes.length).toBe(28);
    expect(decoded.end?.mismatches).toEqual([{ offset: 2, what: 'length in the header of the joblib file' }]);
  });

  test('keeps the mismatches of the zlib data', async () => {
    const wrong = packed('zfileHello');
    wrong[wrong.length - 1]! ^= 1;
    expect((await decode(zfile, wrong)).end?.mismatches).toHaveLength(1);
  });

  test('refuses other data', async () => {
    expect((await decode(zfile, new TextEncoder().encode('PK not a joblib file at all'))).error).toBeInstanceOf(
      InputError,
    );
  });
});
