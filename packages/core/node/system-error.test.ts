import { expect, test } from 'vitest';
import { isEnvironment, isSystemError, systemReason, type SystemError } from './system-error.js';

/** As Node makes them. */
const failed = (code: string): SystemError => Object.assign(new Error(code), { code, syscall: 'open' });

test.each<[string, unknown, boolean]>([
  ['an error of the system', failed('ENOENT'), true],
  ['an error of Node without a call of the system', Object.assign(new Error('x'), { code: 'ERR_X' }), false],
  ['one whose code is no text', Object.assign(new Error('x'), { code: 2, syscall: 'open' }), false],
  ['one whose call is no text', Object.assign(new Error('x'), { code: 'ENOENT', syscall: 2 }), false],
  ['one that has a call and no code', Object.assign(new Error('x'), { syscall: 'open' }), false],
  ['what is no error', { code: 'ENOENT', syscall: 'open' }, false],
  ['nothing', null, false],
])('%s', (_what, thrown, expected) => expect(isSystemError(thrown)).toBe(expected));

test('what the machine does is said in words, and anything else by its code', () => {
  expect(['ENOSPC', 'ERANGE'].map((code) => [systemReason(failed(code)), isEnvironment(failed(code))])).toEqual([
    ['no space left', true],
    ['ERANGE', false],
  ]);
});
