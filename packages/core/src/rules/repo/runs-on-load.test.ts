import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { effect, python } from '../../../test/repository-kit.js';
import rule from './runs-on-load.js';

const named = { linked: ['repo/config.json'] };

describe('REPO-RUNS-ON-LOAD', () => {
  test.each([
    [{ when: 'import' }, 'CRITICAL', 4],
    [{ when: 'load' }, 'HIGH', 3],
    [{ when: 'body', decoded: true }, 'CRITICAL', 4],
    [{ when: 'import', name: 'urllib.request.urlopen' }, 'HIGH', 3],
    [{ when: 'load', name: 'urllib.request.urlopen' }, 'MEDIUM', 0],
    [{ when: 'load', name: 'torch.load' }, 'MEDIUM', 0],
  ] as const)('a file that is named: %j', (parts, severity, level) => {
    expect(check(rule, python({ ...named, effects: [effect(parts)] }))).toMatchObject({ severity, level });
  });

  test.each(['hubconf', 'package', 'setup', 'handler', 'site'] as const)('a file that runs by its name: %s', (role) => {
    expect(check(rule, python({ role, effects: [effect({})] }))).toMatchObject({ severity: 'CRITICAL' });
  });

  test('a file that nothing names, for what is plainly an attack', () => {
    expect(check(rule, python({ effects: [effect({})] }))).toMatchObject({ severity: 'HIGH', level: 3 });
    expect(check(rule, python({ effects: [effect({ when: 'body', decoded: true })] }))).toMatchObject({
      severity: 'HIGH',
    });
  });

  test('a line of a path configuration file', () => {
    const at = { path: 'x.whl!x.pth', offset: null, line: 1 };
    expect(check(rule, python({ role: 'site', at }))).toMatchObject({ severity: 'MEDIUM', level: 0 });
  });

  test.each([
    ['a file without calls', python(named)],
    ['a call in a function', python({ ...named, effects: [effect({ when: 'body' })] })],
    ['a call that opens files', python({ ...named, effects: [effect({ name: 'builtins.open' })] })],
    ['an import by name', python({ ...named, effects: [effect({ name: 'importlib.import_module' })] })],
    ['a name that nobody knows', python({ ...named, effects: [effect({ name: 'acme.run' })] })],
    ['a class of a file that nothing names', python({ effects: [effect({ when: 'load' })] })],
    ['a connection of a file that nothing names', python({ effects: [effect({ name: 'urllib.request.urlopen' })] })],
  ])('is quiet on %s', (_, fact) => {
    expect(check(rule, fact)).toBeUndefined();
  });
});
