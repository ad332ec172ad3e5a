import { describe, expect, test } from 'vitest';
import { call, globalFact, str } from '../../../test/fact-kit.js';
import type { Value } from '../../model/fact.js';
import { CALL_LENGTH, renderCall, renderCalls } from './render-call.js';
import { renderValue } from '../../model/render-value.js';

const int = (text: string): Value => ({ kind: 'int', text });

describe('values as Python writes them', () => {
  test.each<[Value, string]>([
    [{ kind: 'none' }, 'None'],
    [{ kind: 'bool', value: true }, 'True'],
    [int('42'), '42'],
    [{ kind: 'float', text: '1' }, '1.0'],
    [{ kind: 'float', text: '-0' }, '-0.0'],
    [{ kind: 'float', text: 'Infinity' }, 'inf'],
    [{ kind: 'float', text: 'NaN' }, 'nan'],
    [str("it's\n\\"), String.raw`'it\'s\n\\'`],
    [str('\u202eevil'), String.raw`'\u202eevil'`],
    [{ kind: 'bytes', value: '\u0000\u00ffA', length: 3 }, String.raw`b'\x00\xffA'`],
    [{ kind: 'bytes', value: 'ab', length: 5 }, "b'ab'…(+3)"],
    [{ kind: 'tuple', items: [], length: 0 }, '()'],
    [{ kind: 'tuple', items: [int('1')], length: 1 }, '(1,)'],
    [{ kind: 'list', items: [int('1')], length: 3 }, '[1, …(+2)]'],
    [{ kind: 'set', items: [], length: 0 }, 'set()'],
    [{ kind: 'frozenset', items: [int('1')], length: 1 }, 'frozenset({1})'],
    [{ kind: 'dict', items: [[str('a'), int('1')]], length: 1 }, "{'a': 1}"],
    [{ kind: 'global', module: 'os', name: 'system' }, 'os.system'],
    [{ kind: 'call', callee: 'builtins.getattr', offset: 9 }, 'builtins.getattr(…)'],
    [{ kind: 'unknown' }, '<unknown>'],
  ])('%o', (value, text) => {
    expect(renderValue(value)).toBe(text);
  });

  test('long text is cut by characters, with the rest counted', () => {
    expect(renderValue(str('x'.repeat(200)))).toBe(`'${'x'.repeat(80)}'…(+120)`);
  });

  test('deep nesting ends', () => {
    let value: Value = int('1');
    for (let i = 0; i < 50; i += 1) value = { kind: 'list', items: [value], length: 1 };
    expect(renderValue(value)).toBe('[[[[…]]]]');
  });
});

describe('calls', () => {
  test.each([
    ['REDUCE', "f.g('x')"],
    ['INST', "f.g('x')"],
    ['NEWOBJ', "f.g.__new__(f.g, 'x')"],
    ['BUILD', "f.g.__setstate__('x')"],
  ] as const)('%s', (via, text) => {
    expect(renderCall('f.g', call([str('x')], via))).toBe(text);
  });

  test('unknown arguments are shown as such', () => {
    expect(renderCall('f.g', { via: 'REDUCE', offset: 0, args: [], argsKnown: false })).toBe('f.g(…)');
  });

  test('further calls are counted', () => {
    expect(renderCalls(globalFact('f', 'g', [call(), call([str('b')])]))).toBe('f.g() and 1 more call');
  });

  test('a call is cut', () => {
    const many = Array.from({ length: 50 }, () => str('y'.repeat(70)));
    expect(renderCall('f.g', call(many)).length).toBeLessThan(CALL_LENGTH + 40);
  });
});
