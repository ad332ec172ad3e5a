import { UsageError } from '@artifact-sentinel/core/internal';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { capturedOutput } from '../../../oracles/captured-output.js';
import { describeError } from './describe-error.js';
import { reportError, start } from './start.js';
import { StreamError } from './streams.js';
import { VERSION } from './version.js';

const captured = capturedOutput();
afterEach(() => vi.unstubAllEnvs());

const system = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`${code}: refused`), { code, errno: -1, syscall: 'open', ...more });

describe('an error', () => {
  test('of the user, and of standard output, is one line', () => {
    expect(describeError(new UsageError('a\nb'))).toEqual({ text: 'a\\nb', code: 2, stack: null });
    expect(describeError(new StreamError('no room'))).toEqual({ text: 'no room', code: 2, stack: null });
  });

  test('of the machine names the call, and the path where there is one', () => {
    expect(describeError(system('ENOSPC', { path: '/a\u001b' }))).toEqual({
      text: expect.stringMatching(/^open \/a\\x1b: \S/),
      code: 2,
      stack: null,
    });
    expect(describeError(system('ENOSPC')).text).toMatch(/^open: \S/);
    expect(describeError(system('ENOENT', { syscall: 'uv_cwd' })).text).toBe(
      'the working folder is not there any more; enter one that is',
    );
  });

  test('of ours says so, with its stack line for line', () => {
    const { text, code, stack } = describeError(new TypeError('x\u001b'));
    expect([text, code]).toEqual(['this is a bug in Sentinel: x\\x1b (set SENTINEL_DEBUG=1 for the details)', 2]);
    expect(stack?.split('\n')[0]).toBe('TypeError: x\\x1b');
    expect(stack?.split('\n').length).toBeGreaterThan(1);
    expect(describeError('thrown')).toEqual({
      text: 'this is a bug in Sentinel: thrown (set SENTINEL_DEBUG=1 for the details)',
      code: 2,
      stack: null,
    });
    const bare = Object.assign(new Error('x'), { stack: undefined });
    expect(describeError(bare).stack).toBeNull();
  });

  test('is reported, with its stack where it is asked for', async () => {
    vi.stubEnv('SENTINEL_DEBUG', undefined);
    expect(await reportError(new TypeError('x'))).toBe(2);
    expect(captured.error).toMatch(/^sentinel: this is a bug in Sentinel: x [^\n]*\n$/);
    vi.stubEnv('SENTINEL_DEBUG', '1');
    captured.error = '';
    await reportError(new TypeError('x'));
    expect(captured.error).toContain('\n    at ');
    captured.error = '';
    await reportError(new UsageError('bad'));
    expect(captured.error).toBe('sentinel: bad\n');
  });
});

describe('the program', () => {
  test.each(['--version', '-V'])('%s', async (option) => {
    expect(await start(['node', 'sentinel', option])).toBe(0);
    expect(captured.out).toBe(`${VERSION}\n`);
    expect(captured.error).toBe('');
  });

  test('a command, and an error of it', async () => {
    expect(await start(['node', 'sentinel', 'rules'])).toBe(0);
    expect(captured.out).toContain('PICKLE-EXEC');
    expect(await start(['node', 'sentinel', 'explain', 'NONE'])).toBe(2);
  });
});
