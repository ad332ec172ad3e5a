import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { STILL } from '../../test/still-platform.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { UNKNOWN } from '../model/identity.js';
import { LOOKED_BYTES, LOOKED_TIMES } from '../model/limits.js';
import { Budget, DEFAULT_LIMITS } from './budget.js';
import { identityOfBytes, orUnknown } from './identity.js';
import { memorySource } from './source.js';

const bytes = new TextEncoder().encode('some bytes');

test('is the digest of the bytes, also of those up to an end that is not known', async () => {
  const budget = new Budget(DEFAULT_LIMITS, STILL, bytes.length);
  const digest = createHash('sha256').update(bytes.subarray(2, 7)).digest('hex');
  expect(await identityOfBytes(memorySource(bytes), 2, 7, budget)).toEqual({ of: 'bytes', digest });
  expect(await identityOfBytes(memorySource(bytes), 2, Infinity, budget)).toEqual({
    of: 'bytes',
    digest: createHash('sha256').update(bytes.subarray(2)).digest('hex'),
  });
});

test('is unknown where more is looked at than may be', async () => {
  const size = LOOKED_BYTES;
  const budget = new Budget(DEFAULT_LIMITS, STILL, size);
  for (let i = 0; i < LOOKED_TIMES + 1; i += 1) budget.countLooked(size);
  expect(await identityOfBytes(memorySource(bytes), 3, 3, budget)).toMatchObject({ of: 'bytes' });
  expect(await identityOfBytes(memorySource(bytes), 3, 4, budget)).toEqual(UNKNOWN);
});

test.each([new InputError('x', 0), new LimitError('members', 'x'), new UnsupportedError('x', 0)])(
  'is unknown behind %s',
  async (error) => {
    expect(await orUnknown(() => Promise.reject(error))).toEqual(UNKNOWN);
  },
);

test('another error is a bug', async () => {
  await expect(orUnknown(() => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
});
