import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WeightsOnlyDecision } from './decision.js';
import { decideWeightsOnly } from './weights-only.js';

/** Opcodes as text; `\xNN` for bytes. */
const decide = (text: string): WeightsOnlyDecision => decideWeightsOnly(Uint8Array.from(text, (c) => c.charCodeAt(0)));

const ORDERED = 'ccollections\nOrderedDict\n';

describe('loads', () => {
  test.each([
    ['a state dict', `\x80\x02${ORDERED})Rq\x00X\x01\x00\x00\x00aK\x01s.`],
    ['without PROTO', '}.'],
    ['protocol 5 in name', '\x80\x05K\x01.'],
    ['a set', '\x80\x02\x8f.'],
    [
      'a tensor',
      '\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x01tQK\x00(K\x01tK\x01\x85\x89ccollections\nOrderedDict\n)RtR.',
    ],
    ['a name cut elsewhere', '\x80\x02ctorch\n_utils._rebuild_tensor_v2\n.'],
    ['a name of Python 2', '\x80\x02c__builtin__\nset\n(]tR.'],
    ['a parameter', '\x80\x02ctorch._utils\n_rebuild_parameter\n(N\x89NtR.'],
    ['an empty state for what takes none', '\x80\x02ctorch\nSize\n)RNb.'],
    ['a state for a storage', '\x80\x02ctorch.storage\nUntypedStorage\n)R}b.'],
    ['the pairs of Python 2', `\x80\x02${ORDERED}](](K\x01K\x02ee\x85R.`],
    ['a state of an OrderedDict', `\x80\x02${ORDERED})R}b.`],
    // `dict.update` takes pairs, of which CPython's unpickler takes none.
    ['pairs as the state of an OrderedDict', `\x80\x02${ORDERED})RK\x01K\x02\x86K\x03K\x04\x86\x86b.`],
    ['no pairs as the state of an OrderedDict', `\x80\x02${ORDERED})R)b.`],
  ])('%s', (_name, text) => {
    expect(decide(text)).toMatchObject({ outcome: 'loads', refusals: [], needs: [], doubts: [], failure: null });
  });
});

describe('fails with any loader', () => {
  const text = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
  const stored = (type: string, elements: string): string =>
    `((${text('storage')}ctorch\n${type}\n${text('0')}${text('cpu')}${elements}tQ`;
  test.each([
    ['a call of a legacy storage', '\x80\x02ctorch\nFloatStorage\n)R.'],
    ['an instance of a legacy storage', '\x80\x02ctorch\nFloatStorage\n)\x81.'],
    ['a state that a parameter does not take', '\x80\x02ctorch._utils\n_rebuild_parameter\n(N\x89NtR}b.'],
    ['a storage of no type', `\x80\x02${stored('device', 'K\x01')}t.`],
    ['a storage of a text of elements', `\x80\x02${stored('FloatStorage', text('1'))}t.`],
    [
      'a tensor that is larger than its storage',
      `\x80\x02ctorch._utils\n_rebuild_tensor\n${stored('FloatStorage', 'K\x01')}K\0K\x02\x85K\x01\x85tR.`,
    ],
    [
      'gradients of whole numbers',
      `\x80\x02ctorch._utils\n_rebuild_tensor_v2\n${stored('LongStorage', 'K\x01')}K\0K\x01\x85K\x01\x85\x88NtR.`,
    ],
    ['a key that holds a list', '\x80\x02}]\x85Ns.'],
    ['a state of an OrderedDict and None for slots', `\x80\x02${ORDERED})R}N\x86b.`],
    ['a number as the state of an OrderedDict', `\x80\x02${ORDERED})RK\x01b.`],
    ['an OrderedDict of a number', `\x80\x02${ORDERED}K\x01\x85R.`],
  ])('%s', (_name, stream) => {
    expect(decide(stream)).toMatchObject({ outcome: 'fails', refusals: [], open: [] });
  });

  test('the state of a generator in the older format, whose storages are filled behind it', () => {
    const bytes = Uint8Array.from('\x80\x02ctorch._C\nGenerator\n)R}b.', (c) => c.charCodeAt(0));
    expect(decideWeightsOnly(bytes, { format: 'legacy' })).toMatchObject({
      outcome: 'refused',
      needs: ['torch._C.Generator'],
      failure: 'PyTorch writes states of generators to this format and cannot read them back',
    });
    expect(decideWeightsOnly(bytes)).toMatchObject({ needs: ['torch._C.Generator'], failure: null, doubts: [] });
  });

  test('what depends on values that are not followed is open, and what comes behind is refused all the same', () => {
    const call = `\x80\x02ctorch\nTensor\n${text('a')}\x85R`;
    expect(decide(`${call}.`)).toMatchObject({ outcome: 'unknown', refusals: [] });
    expect(decide(`${call}cposix\nsystem\n.`)).toMatchObject({ outcome: 'refused', open: [expect.any(String)] });
  });
});

describe('refused, and no list helps', () => {
  test.each([
    ['a frame', '\x80\x04\x95\x02\x00\x00\x00\x00\x00\x00\x00K\x01.', 2, 'FRAME'],
    ['a lone POP', '\x80\x02K\x010.', 4, 'POP'],
    ['bytes of protocol 3', '\x80\x03C\x01a.', 2, 'SHORT_BINBYTES'],
    ['text forms', "S'a'\n.", 0, 'STRING'],
    ['INST', '(ios\nsystem\n.', 1, 'INST'],
    ['a blocked module', '\x80\x02cposix\nsystem\n.', 2, 'GLOBAL'],
    ['a blocked module by its translated name', '\x80\x02c__builtin__\nintern\n.', 2, 'GLOBAL'],
    ['items for a listed class', '\x80\x02ccollections\ndefaultdict\n)RK\x01K\x02s.', 33, 'SETITEM'],
    ['a state for a dict', '\x80\x02}}b.', 4, 'BUILD'],
    ['no state for an OrderedDict', `\x80\x02${ORDERED})RNb.`, 30, 'BUILD'],
    ['no state and one for slots', `\x80\x02${ORDERED})RN}\x86b.`, 32, 'BUILD'],
    ['two empty states', `\x80\x02${ORDERED})R}}\x86b.`, 32, 'BUILD'],
    ['a state for a class', `\x80\x02${ORDERED}}b.`, 28, 'BUILD'],
    ['a call of a call', `\x80\x02${ORDERED})R)R.`, 30, 'REDUCE'],
    ['a persistent ID of another kind', '\x80\x02X\x01\x00\x00\x00aQ.', 8, 'BINPERSID'],
  ])('%s', (_name, text, offset, opcode) => {
    const { outcome, refusals, needs } = decide(text);
    expect(outcome).toBe('refused');
    expect(refusals.at(-1)).toMatchObject({ offset, opcode, listable: false });
    expect(needs).toEqual([]);
  });
});

describe('refused, with the list that lifts it', () => {
  test('the dtype of a record array has a class that no name in the stream gives', () => {
    expect(decide('\x80\x02cnumpy\ndtype\ncnumpy\nrecord\n\x89\x88\x87R}b.').needs).toEqual([
      'numpy.dtype',
      'numpy.record',
      'numpy.dtypes.VoidDType',
    ]);
  });

  test('every name once, in the order of the stream', () => {
    const { refusals, needs, outcome } = decide('\x80\x02(cmylib\nNet\n)\x81}bcmylib\nNet\ncother\nf\nl.');
    expect(outcome).toBe('refused');
    // LIST is none of its opcodes, so that no list helps after all.
    expect(refusals.map(({ offset }) => offset)).toEqual([3, 29, 38]);
    expect(needs).toEqual([]);
    expect(decide('\x80\x02cmylib\nNet\n)\x81}bq\x00cother\nf\n\x86.').needs).toEqual(['mylib.Net', 'other.f']);
  });

  test('the class of a dtype of numpy, which no name in the stream gives', () => {
    const text = '\x80\x02cnumpy\ndtype\n(X\x02\x00\x00\x00f8\x89\x88tR(K\x03tb.';
    expect(decide(text)).toMatchObject({ outcome: 'refused', needs: ['numpy.dtype', 'numpy.dtypes.Float64DType'] });
  });

  test('what a function gives is not known', () => {
    expect(decide('\x80\x02cmylib\nmake\n)R}b.')).toMatchObject({
      needs: ['mylib.make'],
      doubts: ['the class of what mylib.make gives has to be listed as well, where mylib.make is a function'],
    });
  });
});

test.each([
  ['empty', ''],
  ['cut', '\x80\x02X\x09\x00\x00\x00ab'],
  ['a memo slot that was never written', '\x80\x02h\x00.'],
  ['an empty stack', '\x80\x02.'],
  ['a tuple without a mark', '\x80\x02t.'],
  ['a call of a value', '\x80\x02ctorch\nfloat32\n)R.'],
])('fails with every loader: %s', (_name, text) => {
  expect(decide(text)).toMatchObject({ outcome: 'fails', refusals: [] });
});

test.each([
  // `readline()[:-1]` takes the rest without its last byte.
  ['\x80\x02cmylib\nNetx', 'mylib.Net', 2],
  ['\x80\x02cmylib\n', 'mylib.', 2],
  ['cmylibx', 'mylib.', 0],
  ['c', '.', 0],
])('a name that is cut is looked up: %j', (text, global, offset) => {
  const { outcome, refusals, failure, end, touchedEnd } = decide(text);
  expect({ outcome, failure, end, touchedEnd }).toEqual({
    outcome: 'refused',
    failure: 'the pickle is cut off',
    end: text.length,
    touchedEnd: true,
  });
  expect(refusals).toMatchObject([{ offset, global, opcode: 'GLOBAL', listable: true }]);
});

test('the end of the bytes is touched where an opcode goes on behind them', () => {
  expect(decide('}.').touchedEnd).toBe(false);
  expect(decide('}').touchedEnd).toBe(true);
});

test('an object of a subclass takes no state of an OrderedDict, a dict of the class does', () => {
  const from = (type: string): string => `\x80\x02ctorch._tensor\n_rebuild_from_type_v2\n(${ORDERED}${type})}tR}b.`;
  expect(decide(from('ctorch.nn.parameter\nParameter\n'))).toMatchObject({ outcome: 'fails' });
  expect(decide(from(ORDERED))).toMatchObject({ outcome: 'loads' });
});

test('a module that is never taken is refused where its name is cut, and nothing fails besides', () => {
  expect(decide('cposix\nsystemx')).toMatchObject({ outcome: 'refused', failure: null, needs: [] });
});

describe('a text of more than forty bytes', () => {
  const encoded = (text: string): string => {
    const bytes = String.fromCharCode(...new TextEncoder().encode(text));
    return `c_codecs\nencode\nX${String.fromCharCode(bytes.length)}\0\0\0${bytes}X\x06\0\0\0latin1\x86R.`;
  };
  test.each([
    ['a'.repeat(41), 'loads'],
    [`${'a'.repeat(41)}\xff`, 'loads'],
    [`${'a'.repeat(41)}\u0100`, 'fails'],
    [`\u0100${'a'.repeat(41)}`, 'fails'],
    [`${'a'.repeat(38)}\u0100`, 'fails'],
    [`${'a'.repeat(39)}\u0100`, 'fails'],
  ])('%s in latin-1', (text, outcome) => {
    expect(decide(encoded(text)).outcome).toBe(outcome);
  });
});

test.each<[string, readonly string[] | null]>([
  ['](X\x01\0\0\0aX\x01\0\0\0be.', ['a', 'b']],
  ['](X\x01\0\0\0aNe.', null],
  ['].', []],
  ['}.', []],
  ['N.', null],
  ['K\0.', null],
])('texts of %j', (text, texts) => {
  expect(decide(text).texts).toEqual(texts);
});

test('the persistent IDs of the tar format are of any kind', () => {
  const inTar = (text: string): string =>
    decideWeightsOnly(
      Uint8Array.from(text, (c) => c.charCodeAt(0)),
      { format: 'tar' },
    ).outcome;
  for (const text of ['K\x01Q.', 'X\x01\0\0\x000Q.', '}Q.', ')Q.'])
    expect([text, inTar(text)]).toEqual([text, 'loads']);
  expect(decide('K\x01Q.').outcome).toBe('fails');
});

test.each([
  ['K\x07.', '7'],
  ['\x8a\x01\xff.', '-1'],
  ['G\0\0\0\0\0\0\0\0.', null],
])('the number of %j', (text, number) => {
  expect(decide(text).number).toBe(number);
});

test.each([
  ['\0\0\0\0\0\0\0\0', 'ok'],
  ['\x80\0\0\0\0\0\0\0', 'ok'],
  ['\x40\0\0\0\0\0\0\0', 'fails'],
  ['\0\0\0\0\0\0\0\x01', 'fails'],
])('0.0 as the state of what takes none, %j: %s', (bytes, expected) => {
  expect(decide(`ctorch\nSize\n)RG${bytes}b.`).outcome).toBe(expected === 'ok' ? 'loads' : 'fails');
});

test('the older format does not take storages without a type', () => {
  const parts =
    '\x80\x02(X\x07\x00\x00\x00storagectorch.storage\nUntypedStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x01';
  const bytes = (end: string): Uint8Array => Uint8Array.from(parts + end, (c) => c.charCodeAt(0));
  expect(decideWeightsOnly(bytes('tQ.')).outcome).toBe('loads');
  expect(decideWeightsOnly(bytes('NtQ.'), { format: 'legacy' }).outcome).toBe('fails');
});

test('any bytes end in a decision', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { outcome, refusals, needs } = decideWeightsOnly(bytes);
      expect(['loads', 'refused', 'fails', 'unknown']).toContain(outcome);
      expect(outcome === 'refused').toBe(refusals.length > 0);
      if (needs.length > 0) expect(refusals.every(({ listable }) => listable)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('what lies in itself or is shared a hundred thousand times', () => {
  const N = 200_000;

  test('tuples in tuples as a key', () => {
    expect(decide(`\x80\x02})${'\x85'.repeat(N)}Ns.`)).toMatchObject({ outcome: 'loads', failure: null });
    expect(decide(`\x80\x02}]${'\x85'.repeat(N)}Ns.`).failure).toBe('a key that is a list, a dict or a set');
  });

  test('_rebuild_from_type_v2 that calls itself', () => {
    const own = 'ctorch._tensor\n_rebuild_from_type_v2\nq\x00';
    const { failure, open } = decide(`\x80\x02${own}${'(h\x00h\x00'.repeat(N)})${'}t'.repeat(N)}R.`);
    expect(failure ?? [...open].join()).toMatch(/_rebuild_from_type_v2/);
  });

  test('one tuple for many calls is given up, and told', () => {
    const { outcome, open } = decide(
      `\x80\x02((${'K\x01'.repeat(20_000)}tq\x00cbuiltins\nset\nq\x01${'h\x01h\x00\x85R'.repeat(20_000)}t.`,
    );
    expect([outcome, open]).toEqual(['unknown', ['its calls share arguments of more than 16 times its length']]);
  });

  test('arguments of their own, however many, are looked at', () => {
    expect(decide(`\x80\x02(${'cbuiltins\nset\n(K\x01K\x02K\x03t\x85R'.repeat(5_000)}t.`)).toMatchObject({
      outcome: 'loads',
    });
  });
});
