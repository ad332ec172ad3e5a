import { expect, test } from 'vitest';
import { collect } from './collect.js';
import { InputError } from './model/errors.js';

test.each([100, 100_000])('a file of %i bytes on a disk that fails is unreadable, and is closed', async (size) => {
  let closed = 0;
  const collected = await collect({
    path: 'a.pkl',
    size,
    source: {
      size,
      read: (offset) => {
        throw new InputError('cannot be read: EIO', offset);
      },
    },
    close: () => {
      closed += 1;
      return null;
    },
  });
  expect(collected.notices).toMatchObject([{ path: 'a.pkl', offset: 0, reason: 'cannot be read: EIO' }]);
  expect(closed).toBe(1);
});

test('an error of our own passes, and the file is closed', async () => {
  let closed = 0;
  const source = {
    size: 10,
    read: () => {
      throw new TypeError('a bug');
    },
  };
  const close = (): null => {
    closed += 1;
    return null;
  };
  await expect(collect({ path: 'a.pkl', size: 10, source, close })).rejects.toThrow(TypeError);
  expect(closed).toBe(1);
});
