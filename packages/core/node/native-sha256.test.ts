import fc from 'fast-check';
import { expect, test } from 'vitest';
import { portableSha256 } from '../src/model/sha256.js';
import { nativeSha256 } from './native-sha256.js';

test('both engines say the same, before and after the change from one to the other', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 }), (inputs) => {
      const native = nativeSha256(portableSha256);
      expect(inputs.map((bytes) => native(bytes))).toEqual(inputs.map((bytes) => portableSha256(bytes)));
    }),
  );
  expect(nativeSha256(portableSha256)(new Uint8Array(0))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});
