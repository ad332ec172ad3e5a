import fc from 'fast-check';
import { portablePlatform } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import { nodePlatform } from './platform.js';

test('both platforms say the same of bytes, few and many', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6000, size: 'max' }), (bytes) => {
      expect(nodePlatform.sha256(bytes)).toBe(portablePlatform.sha256(bytes));
    }),
  );
  expect(nodePlatform.sha256(new Uint8Array(0))).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

test('both platforms say the same of bytes that come in pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 6 }), (pieces) => {
      const hashes = [nodePlatform, portablePlatform].map((platform) => {
        const hash = platform.sha256Stream();
        for (const piece of pieces) hash.update(piece);
        return hash.hex();
      });
      expect(hashes[0]).toBe(hashes[1]);
    }),
  );
});
