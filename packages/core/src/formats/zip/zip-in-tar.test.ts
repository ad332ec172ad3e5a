import { expect, test } from 'vitest';
import { bytesOf, concat, zipOf } from '../../../test/zip-builder.js';
import { Budget, DEFAULT_LIMITS } from '../../bytes/budget.js';
import { memorySource } from '../../bytes/source.js';
import { isZipOfMembers } from './zip-in-tar.js';
import { STILL } from '../../../test/still-platform.js';

const zip = zipOf([
  { name: 'a', data: bytesOf('first') },
  { name: 'b', data: bytesOf('second') },
]);
const bytes = concat(bytesOf('?'.repeat(512)), zip, bytesOf('?'.repeat(512)));
const end = 512 + zip.length;

test.each([
  ['its member', [{ start: 512, end }], true],
  [
    'one of several',
    [
      { start: 0, end: 512 },
      { start: 512, end },
    ],
    true,
  ],
  ['a member that begins behind the first entry', [{ start: 520, end }], false],
  [
    'two members',
    [
      { start: 512, end: 560 },
      { start: 560, end },
    ],
    false,
  ],
  ['a member that ends within the end record', [{ start: 512, end: end - 1 }], false],
  ['no member', [], false],
] as const)('a zip in %s', async (_, members, expected) => {
  const budget = new Budget(DEFAULT_LIMITS, STILL);
  expect(await isZipOfMembers(memorySource(bytes), members, budget)).toBe(expected);
});
