import { describe, expect, test } from 'vitest';
import { call, check, dynamicFact, globalFact, str } from '../../../test/fact-kit.js';
import rule from './exec.js';

describe('PICKLE-EXEC', () => {
  test.each([
    ['os', 'system', 5],
    ['posix', 'system', 5],
    ['builtins', 'eval', 5],
    ['builtins', 'exec', 5],
    ['builtins', 'open', 5],
  ])('a call of %s.%s is the attack itself', (module, name, level) => {
    const match = check(rule, globalFact(module, name, [call([str('id')])]));
    expect(match).toMatchObject({ signal: `GLOBAL ${module}.${name}`, call: `${module}.${name}('id')`, level });
  });

  test('an import that is never called is reported one level lower', () => {
    const match = check(rule, globalFact('os', 'system', [], { via: 'STACK_GLOBAL' }));
    expect(match).toMatchObject({ signal: 'STACK_GLOBAL os.system', call: null, level: 4 });
    expect(match?.message).toMatch(/^Loading this imports os\.system/);
  });

  test('the message says what the call does', () => {
    const match = check(rule, globalFact('os', 'system', [call([str('id')])]));
    expect(match?.message).toMatch(/^Loading this calls os\.system\('id'\)[:.] /);
  });

  test('a name that is computed while loading is reported', () => {
    const match = check(rule, dynamicFact('the result of builtins.chr'));
    expect(match).toMatchObject({ signal: 'STACK_GLOBAL <computed>', level: 4 });
    expect(match?.message).toContain('the result of builtins.chr');
  });

  test('a user allow entry cannot lift it', () => {
    expect(check(rule, globalFact('os', 'system'), ['os.system'])).toBeDefined();
  });

  test('hostile names reach the evidence escaped and cut', () => {
    const match = check(rule, globalFact('os', `sys\u001b[2J${'x'.repeat(5000)}`));
    expect(match?.signal).toContain('sys\\x1b[2J');
    expect(match?.signal.length).toBeLessThan(300);
  });

  test.each([
    ['collections', 'OrderedDict'],
    ['mylib.model', 'Net'],
  ])('is quiet on %s.%s', (module, name) => {
    expect(check(rule, globalFact(module, name, [call()]))).toBeUndefined();
  });
});
