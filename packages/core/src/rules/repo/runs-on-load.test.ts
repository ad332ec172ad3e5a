import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { effect, python } from '../../../test/repository-kit.js';
import rule from './runs-on-load.js';

const named = { linked: ['repo/config.json'] };

describe('REPO-RUNS-ON-LOAD', () => {
  test.each([
    [{ when: 'import' }, 'CRITICAL', 4],
    [{ when: 'import', isCalled: false }, 'HIGH', 3],
    [{ when: 'load' }, 'HIGH', 3],
    [{ when: 'load', kind: 'decoded-payload' }, 'CRITICAL', 4],
    [{ when: 'import', kind: 'network' }, 'HIGH', 3],
    [{ when: 'load', kind: 'network' }, 'MEDIUM', 0],
    [{ when: 'load', kind: 'loader' }, 'MEDIUM', 0],
  ] as const)('a file that is named: %j', (parts, severity, level) => {
    expect(check(rule, python({ ...named, effects: [effect(parts)] }))).toMatchObject({ severity, level });
  });

  test.each(['hubconf', 'package', 'setup', 'handler', 'site'] as const)('a file that runs by its name: %s', (role) => {
    expect(check(rule, python({ role, effects: [effect({})] }))).toMatchObject({ severity: 'CRITICAL' });
  });

  test('a file that nothing names, for what is plainly an attack', () => {
    expect(check(rule, python({ effects: [effect({})] }))).toMatchObject({ severity: 'HIGH', level: 3 });
    expect(check(rule, python({ effects: [effect({ kind: 'decoded-payload' })] }))).toMatchObject({
      severity: 'HIGH',
    });
  });

  test('a line of a path configuration file', () => {
    const at = { path: 'x.whl!x.pth', offset: null, line: 1 };
    expect(check(rule, python({ role: 'site', at }))).toMatchObject({ severity: 'MEDIUM', level: 0 });
  });

  test.each([
    ['a file without calls', python(named)],
    ['a class that writes', python({ ...named, effects: [effect({ when: 'load', kind: 'write' })] })],
    [
      'a class that imports by name',
      python({ ...named, effects: [effect({ when: 'load', kind: 'computed-import' })] }),
    ],
    ['a class of a file that nothing names', python({ effects: [effect({ when: 'load' })] })],
    ['a connection of a file that nothing names', python({ effects: [effect({ kind: 'network' })] })],
    ['a library that is opened', python({ effects: [effect({ kind: 'execution', name: 'ctypes.CDLL' })] })],
    ['a call of a file that nothing names, which may not come', python({ effects: [effect({ isCalled: false })] })],
  ])('is quiet on %s', (_, fact) => {
    expect(check(rule, fact)).toBeUndefined();
  });
});

test('a notebook is a finding for what is packed, with the cell', () => {
  const packed = effect({ kind: 'decoded-payload', name: 'builtins.exec', detail: null, line: 3, cell: 2 });
  const found = check(rule, python({ role: 'notebook', effects: [effect({ cell: 1 }), packed] }));
  expect(found).toMatchObject({ severity: 'HIGH', level: 3, chain: ['cell 2, line 3: builtins.exec'] });
  for (const kind of ['process', 'execution', 'exfiltration', 'network'] as const)
    expect(check(rule, python({ role: 'notebook', effects: [effect({ kind, cell: 1 })] }))).toBeUndefined();
});
