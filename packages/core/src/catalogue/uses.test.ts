import { describe, expect, test } from 'vitest';
import type { PickleGlobalFact } from '../model/fact.js';
import { memorySource } from '../bytes/source.js';
import { scan } from '../scan.js';
import { entriesOf } from '../../../../tools/catalogue/tables.js';
import { oddUse, readPattern } from './uses.js';

describe('the tables of uses', () => {
  test('hold codes only', () => {
    let count = 0;
    for (const { path, words, text } of entriesOf('uses')) {
      for (const code of text.split(' ').filter((one) => one !== '')) {
        expect(() => readPattern(code), `${code} of ${words.join(' ')} in ${path}`).not.toThrow();
        count++;
      }
    }
    expect(count).toBeGreaterThan(500);
  });

  test.each(['r', 'q0()', 'r1(x)', 'r1(d)Z', 'bX()', 'r1(d', ''])('%j is no code', (code) => {
    if (code === 'r') expect(readPattern(code).event).toBe('call');
    else expect(() => readPattern(code)).toThrow(/use table/);
  });
});

const PROTO = '\u0080\u0002';
const REGRESSION = 'csklearn.linear_model._base\nLinearRegression\n';

async function verdictOf(pickle: string): Promise<string> {
  const bytes = Uint8Array.from(Buffer.from(pickle, 'latin1'));
  return (await scan([{ path: 'a.pkl', source: memorySource(bytes), size: bytes.length }])).verdict;
}

describe('a class of the allowlist', () => {
  test.each([
    ['is stored', `${PROTO}${REGRESSION}.`],
    ['is made bare', `${PROTO}${REGRESSION})\u0081.`],
    ['is made bare and given a dict of attributes', `${PROTO}${REGRESSION})\u0081}U\u0001aK\u0001sb.`],
    ['is an identifier', `${PROTO}cuuid\nUUID\n)\u0081}(U\u0003intK\u0001U\u0007is_safeK\u0000ub.`],
    [
      'is an identifier of Python 3.6',
      `${PROTO}cuuid\nUUID\n)\u0081}(U\u0003intK\u0001U\u0007is_safecuuid\nSafeUUID\nK\u0000\u0085Rub.`,
    ],
    [
      'is the type of a tensor with attributes',
      `${PROTO}ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_sparse_tensor\nctorch\nTensor\n(K\u0001t}U\u0001aK\u0001stR.`,
    ],
    [
      'is a regression with thresholds',
      `${PROTO}csklearn.isotonic\nIsotonicRegression\n)\u0081}U\u000dX_thresholds_]K\u0001asb.`,
    ],
  ])('%s', async (_what, pickle) => {
    expect(await verdictOf(pickle)).toBe('pass');
  });

  test.each([
    ['is called', `${PROTO}${REGRESSION})R.`],
    // An enumeration shows what is none of its members: torch's modules call `extra_repr` of their own for it.
    [
      'shows an object that it holds while its state is set',
      `${PROTO}cuuid\nUUID\n)\u0081}(U\u0003intK\u0001U\u0007is_safe${REGRESSION})\u0081ub.`,
    ],
    // `_all_weights[0][0]` and the length of `handle`.
    [
      'takes items of an object that it holds',
      `${PROTO}ctorch.nn.modules.rnn\nLSTM\n)\u0081}U\u000c_all_weights]${REGRESSION})\u0081asb.`,
    ],
    [
      'asks for the length of an object that it holds',
      `${PROTO}cxgboost.core\nBooster\n)\u0081}U\u0006handle${REGRESSION})\u0081sb.`,
    ],
    // PyTorch makes a tensor of the values, for which it calls `__dlpack_device__` and `__dlpack__` of what is none.
    [
      'asks an object that a rebuild function is given',
      `${PROTO}ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_sparse_tensor\nctorch\nTensor\n(${REGRESSION})\u0081t}tR.`,
    ],
    [
      'sets a name that Python looks for on what a rebuild function made',
      `${PROTO}ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_sparse_tensor\nctorch\nTensor\n(t}U\u0009__class__ctorch.nn.parameter\nParameter\nstR.`,
    ],
    // numpy makes an array of the thresholds, for which it asks them for `__array_interface__` among other names.
    [
      'asks an object that it holds while its state is set',
      `${PROTO}csklearn.isotonic\nIsotonicRegression\n)\u0081}U\u000dX_thresholds_${REGRESSION})\u0081sb.`,
    ],
    ['is called with a global', `${PROTO}${REGRESSION}cbuiltins\nlen\n\u0085R.`],
    [
      'gets a state with a name that Python looks for',
      `${PROTO}${REGRESSION})\u0081}U\u0009__class__cbuiltins\nlist\nsb.`,
    ],
    ['has attributes set by the second dict of a pair', `${PROTO}${REGRESSION})\u0081N}U\u0001aK\u0001s\u0086b.`],
    [
      'gets a state that is filled through a reference afterwards',
      `${PROTO}}q\u00000${REGRESSION})\u0081h\u0000b0h\u0000U\u0009__class__cbuiltins\nlist\ns.`,
    ],
    [
      'gets its state through a reference from the memo',
      `${PROTO}]q\u0001${REGRESSION})\u0081q\u0000ah\u0000}U\u0001aK\u0001sb0h\u0001.`,
    ],
  ])('does not pass where it %s', async (_what, pickle) => {
    expect(await verdictOf(pickle)).not.toBe('pass');
  });
});

describe('an entry of the user', () => {
  const fact = {
    uses: [{ event: 'call', size: 1, direct: 2, holds: 2, state: 'none', flags: 0, offset: 0, count: 1 }],
    usesComplete: true,
  } as unknown as PickleGlobalFact;
  test('of role bare does not vouch for a call', () => {
    expect(oddUse(fact, 'mine', 'make', 'user')).toBe(fact.uses[0]);
  });
  test('of role maker does', () => {
    expect(oddUse(fact, 'mine', 'make', 'user-maker')).toBeNull();
  });
  test('vouches for nothing where uses were not counted to the end', () => {
    expect(oddUse({ ...fact, usesComplete: false }, 'mine', 'make', 'user-maker')).toBe('too-many');
  });
});

describe('harmless functions', () => {
  test.each([
    ['len', `${PROTO}cbuiltins\nlen\n.`],
    ['max in a list', `${PROTO}](cbuiltins\nmax\ne.`],
    ['print', `${PROTO}c__builtin__\nprint\n.`],
    ['an operator', `${PROTO}c_operator\nadd\n.`],
    ['math.sqrt', `${PROTO}cmath\nsqrt\n.`],
    ['str.upper', `${PROTO}cbuiltins\ngetattr\ncbuiltins\nstr\nX\x05\0\0\0upper\x86R.`],
    ['itemgetter(1, 2)', `${PROTO}coperator\nitemgetter\nK\x01K\x02\x86R.`],
    ['string.Template', `${PROTO}cstring\nTemplate\n)\x81}X\x08\0\0\0templateX\x01\0\0\0asb.`],
  ])('%s is stored', async (_, pickle) => expect(await verdictOf(pickle)).toBe('pass'));

  test.each([
    ['len is called', `${PROTO}cbuiltins\nlen\n]\x85R.`],
    ['print is called', `${PROTO}cbuiltins\nprint\nK\x01\x85R.`],
    ['max gets a state', `${PROTO}cbuiltins\nmax\n}b.`],
    ['an operator is called', `${PROTO}c_operator\nadd\nK\x01K\x01\x86R.`],
    ['it is bound', `${PROTO}cfunctools\npartial\ncbuiltins\nprint\n\x85R.`],
    ['str.format', `${PROTO}cbuiltins\ngetattr\ncbuiltins\nstr\nX\x06\0\0\0format\x86R.`],
    ['itemgetter of a global', `${PROTO}coperator\nitemgetter\ncbuiltins\nlen\n\x85R.`],
    ['itemgetter is called on a value', `${PROTO}coperator\nitemgetter\nK\x01\x85R]\x85R.`],
    ['itemgetter of nothing', `${PROTO}coperator\nitemgetter\n)R.`],
    ['getitem is stored', `${PROTO}c_operator\ngetitem\n.`],
  ])('%s: a finding', async (_, pickle) => expect(await verdictOf(pickle)).toBe('fail'));
});

describe("sympy's numbers and symbols", () => {
  const number = 'csympy.core.numbers\nRational\n';
  test.each([
    ['Rational(1, 3)', `${PROTO}${number}K\x01K\x03\x86\x81.`],
    ['One()', `${PROTO}csympy.core.numbers\nOne\n)\x81.`],
    ["Symbol('x')", `${PROTO}csympy.core.symbol\nSymbol\nX\x01\0\0\0x\x85\x81.`],
  ])('%s as pickle writes it', async (_, pickle) => expect(await verdictOf(pickle)).toBe('pass'));

  test.each([
    ['of a text', `${PROTO}${number}X\x01\0\0\0a\x85\x81.`],
    ['by REDUCE', `${PROTO}${number}K\x01K\x03\x86R.`],
    ['with a state', `${PROTO}${number}K\x01K\x03\x86\x81}b.`],
    ['handed on', `${PROTO}cbuiltins\nlist\n${number}\x85R.`],
    ['with keywords', `\x80\x04${number}K\x01\x85}X\x03\0\0\0gcdK\x01s\x92.`],
    ['of another sum', `${PROTO}csympy.core.add\nAdd\n${number}K\x01K\x03\x86\x81\x85\x81.`],
  ])('%s: a finding', async (_, pickle) => expect(await verdictOf(pickle)).toBe('fail'));
});
