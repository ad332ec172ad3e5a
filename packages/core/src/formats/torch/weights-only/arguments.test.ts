import { describe, expect, test } from 'vitest';
import { weightsOnlyKind } from '../../../catalogue/lookup.js';
import { callProblem, newProblem } from './arguments.js';
import {
  addItems,
  emptyList,
  EMPTY_TUPLE,
  FALSE,
  isHashable,
  NONE,
  NUMBER,
  PLAIN,
  TRUE,
  truth,
  tupleOf,
  ZERO,
  describe as words,
  type ArgumentProblem,
  type Cell,
} from './cells.js';
import { isUtf8, longValue } from './decoding.js';
import { imported } from './late-names.js';
import { dtypeClass } from './numpy-dtype.js';
import { stateProblem } from './states.js';
import { StorageTable } from './storages.js';
import { floatingOf } from './tensor-arguments.js';

const int = (value: number): Cell => ({ kind: 'int', value });
const text = (value: string): Cell => ({ kind: 'text', text: value });
const long = (isLatin1: boolean): Cell => ({ kind: 'text', text: '', long: { isLatin1 } });
const tuple = (...items: Cell[]): Cell => tupleOf(items);
const list = (...items: Cell[]): Cell => {
  const made = emptyList();
  addItems(made, items);
  return made;
};
const dict = (filled = true): Cell => ({ kind: 'dict', filled });
const set = (filled: boolean | null = true): Cell => ({ kind: 'set', filled });
const bytes = (filled: boolean | null = true): Cell => ({ kind: 'bytes', text: 'a', filled });
const named = (of: string): Cell => ({ kind: 'global', of, type: weightsOnlyKind(of) });
const instance = (of: string): Cell => ({ kind: 'instance', of });
const tensor = (floating?: boolean): Cell =>
  floating === undefined ? instance('torch.Tensor') : { kind: 'instance', of: 'torch.Tensor', floating };
const storage = (elements: number | null = 4, type = 'torch.FloatStorage', grows = false): Cell => ({
  kind: 'storage',
  elements,
  type,
  grows,
});
const result: Cell = { kind: 'result', of: 'm.f' };
const layout: Cell = { kind: 'layout' };
const pair = tuple(int(1), int(2));
const shape = (...sizes: number[]): Cell => tuple(...sizes.map(int));

/** `ok`, `fails` with every loader, `open`: it depends on what is not followed. */
function verdict(problem: ArgumentProblem | { readonly refused: string } | null): string {
  if (problem === null) return 'ok';
  if ('refused' in problem) return 'refused';
  return 'fails' in problem ? 'fails' : 'open';
}
const call = (of: string, ...args: Cell[]): string => verdict(callProblem(of, args, () => true));
const created = (of: string, ...args: Cell[]): string => verdict(newProblem(of, args));
const state = (of: string, given: Cell): string => verdict(stateProblem(of, given));

type Row = readonly [of: string, args: readonly Cell[], expected: string];

describe('a call', () => {
  test.each<Row>([
    ['torch.float32', [], 'fails'],
    ['torch.FloatStorage', [], 'fails'],
    ['torch.storage.TypedStorage', [int(2)], 'ok'],
    ['torch._utils._rebuild_tensor', [storage(), int(0), shape(4)], 'fails'],
    ['torch._utils._rebuild_tensor', [storage(), int(0), shape(4), shape(1), NONE], 'fails'],
    ['torch._utils._rebuild_tensor', [result, NONE, NONE, NONE], 'ok'],
    ['collections.OrderedDict', [], 'ok'],
    ['collections.OrderedDict', [dict()], 'ok'],
    ['collections.OrderedDict', [list(pair)], 'ok'],
    ['collections.OrderedDict', [list(int(1))], 'open'],
    ['collections.OrderedDict', [tuple(pair, pair)], 'ok'],
    ['collections.OrderedDict', [tuple(pair, int(1))], 'open'],
    ['collections.OrderedDict', [text('')], 'ok'],
    ['collections.OrderedDict', [text('a')], 'open'],
    ['collections.OrderedDict', [instance('collections.Counter')], 'ok'],
    ['collections.OrderedDict', [instance('torch.Size')], 'open'],
    ['collections.OrderedDict', [NONE], 'fails'],
    ['collections.OrderedDict', [FALSE], 'fails'],
    ['collections.OrderedDict', [dict(), dict()], 'fails'],
    ['collections.Counter', [NONE], 'ok'],
    ['collections.Counter', [text('a')], 'ok'],
    ['collections.Counter', [int(1)], 'fails'],
    ['builtins.set', [dict()], 'ok'],
    ['builtins.set', [set()], 'ok'],
    ['builtins.set', [bytes()], 'ok'],
    ['builtins.set', [list(list())], 'fails'],
    ['builtins.set', [list(int(1))], 'ok'],
    ['builtins.set', [tuple(list())], 'fails'],
    ['builtins.set', [tuple(pair)], 'ok'],
    ['builtins.set', [instance('torch.Size')], 'ok'],
    ['builtins.set', [tensor()], 'open'],
    ['builtins.set', [ZERO], 'fails'],
    ['torch.Size', [shape(1, 2)], 'ok'],
    ['torch.Size', [tuple(int(1), text('a'))], 'fails'],
    ['torch.Size', [tuple(int(1), TRUE)], 'open'],
    ['torch.Size', [list(int(1))], 'ok'],
    ['torch.Size', [list(text('a'))], 'open'],
    ['torch.Size', [text('')], 'ok'],
    ['torch.Size', [text('a')], 'fails'],
    ['torch.Size', [instance('torch.Size')], 'ok'],
    ['torch.Size', [int(1)], 'fails'],
    ['torch.Size', [shape(1), shape(1)], 'fails'],
    ['torch.device', [], 'fails'],
    ['torch.device', [text('cpu')], 'ok'],
    ['torch.device', [text('cuda:10')], 'ok'],
    ['torch.device', [text('cuda:01')], 'fails'],
    ['torch.device', [text('gpu')], 'fails'],
    ['torch.device', [long(true)], 'fails'],
    ['torch.device', [int(1)], 'open'],
    ['torch.device', [NONE], 'fails'],
    ['torch.device', [instance('torch.device')], 'ok'],
    ['torch.device', [instance('torch.device'), int(1)], 'fails'],
    ['torch.device', [text('cuda'), NONE], 'ok'],
    ['torch.device', [text('cuda'), int(0)], 'ok'],
    ['torch.device', [text('cuda'), int(-1)], 'fails'],
    ['torch.device', [text('cuda:1'), int(1)], 'fails'],
    ['torch.device', [text('cuda'), text('1')], 'fails'],
    ['torch.device', [text('cuda'), int(1), int(1)], 'fails'],
    ['builtins.complex', [], 'ok'],
    ['builtins.complex', [int(1), NUMBER], 'ok'],
    ['builtins.complex', [TRUE], 'ok'],
    ['builtins.complex', [text('1j')], 'open'],
    ['builtins.complex', [text('1'), int(1)], 'fails'],
    ['builtins.complex', [tensor()], 'open'],
    ['builtins.complex', [PLAIN, int(1)], 'open'],
    ['builtins.complex', [NONE], 'fails'],
    ['builtins.complex', [int(1), int(1), int(1)], 'fails'],
    ['builtins.bytearray', [], 'ok'],
    ['builtins.bytearray', [text('a')], 'fails'],
    ['builtins.bytearray', [text('a'), text('latin1')], 'ok'],
    ['builtins.bytearray', [bytes(), text('latin1')], 'fails'],
    ['builtins.bytearray', [int(2 ** 40)], 'ok'],
    ['builtins.bytearray', [int(2 ** 40 + 1)], 'fails'],
    ['builtins.bytearray', [int(0)], 'ok'],
    ['builtins.bytearray', [int(-1)], 'fails'],
    ['builtins.bytearray', [bytes()], 'ok'],
    ['builtins.bytearray', [EMPTY_TUPLE], 'ok'],
    ['builtins.bytearray', [FALSE], 'ok'],
    ['builtins.bytearray', [TRUE], 'ok'],
    ['builtins.bytearray', [NONE], 'fails'],
    ['builtins.bytearray', [ZERO], 'fails'],
    ['builtins.bytearray', [NUMBER], 'fails'],
    ['builtins.bytearray', [shape(1)], 'open'],
    ['builtins.bytearray', [text('a'), text('latin1'), text('strict'), NONE], 'fails'],
    ['torch.nn.parameter.Parameter', [], 'ok'],
    ['torch.nn.parameter.Parameter', [NONE], 'ok'],
    ['torch.nn.parameter.Parameter', [tensor(true)], 'ok'],
    ['torch.nn.parameter.Parameter', [tensor()], 'ok'],
    ['torch.nn.parameter.Parameter', [tensor(false)], 'fails'],
    ['torch.nn.parameter.Parameter', [tensor(false), TRUE], 'fails'],
    ['torch.nn.parameter.Parameter', [tensor(false), FALSE], 'ok'],
    ['torch.nn.parameter.Parameter', [tensor(), int(1)], 'fails'],
    ['torch.nn.parameter.Parameter', [tensor(), TRUE, TRUE], 'fails'],
    ['torch.nn.parameter.Parameter', [instance('torch.Size')], 'open'],
    ['torch.nn.parameter.Parameter', [int(1)], 'fails'],
    ['torch.Tensor', [int(2), int(3)], 'ok'],
    ['torch.Tensor', [int(2), int(3), int(4)], 'open'],
    ['torch.Tensor', [int(-1)], 'fails'],
    ['torch.Tensor', [int(2 ** 20)], 'open'],
    ['torch.Tensor', [int(2 ** 20 - 1)], 'ok'],
    ['torch.Tensor', [text('a')], 'open'],
    ['torch.storage.UntypedStorage', [int(2), int(3)], 'open'],
    ['torch.storage.UntypedStorage', [int(0)], 'ok'],
    ['torch.serialization._get_layout', [text('torch.strided')], 'ok'],
    ['torch.serialization._get_layout', [text('torch.sparse_coo')], 'ok'],
    ['torch.serialization._get_layout', [text('torch.dense')], 'fails'],
    ['torch.serialization._get_layout', [int(1)], 'fails'],
    ['_codecs.encode', [text('a')], 'ok'],
    ['_codecs.encode', [text('a'), text('latin1')], 'ok'],
    ['_codecs.encode', [text('\xc3\xbf'), text('latin-1')], 'ok'],
    ['_codecs.encode', [text('\xc4\x80'), text('Latin_1')], 'fails'],
    ['_codecs.encode', [text('\xc4\x80'), text('latin1'), text('ignore')], 'open'],
    ['_codecs.encode', [long(true), text('latin1')], 'ok'],
    ['_codecs.encode', [long(false), text('latin1')], 'fails'],
    ['_codecs.encode', [text('\xed\xa0\x80')], 'open'],
    ['_codecs.encode', [text('\xed\x9f\xbf'), text('utf8')], 'ok'],
    ['_codecs.encode', [text('a'), text('rot_13')], 'ok'],
    ['_codecs.encode', [text('a'), text('zip')], 'open'],
    ['_codecs.encode', [int(1)], 'fails'],
    ['_codecs.encode', [int(1), text('zip')], 'open'],
    ['_codecs.encode', [text('a'), int(1)], 'fails'],
    ['_codecs.encode', [text('a'), text('latin1'), int(1)], 'fails'],
  ])('%s(%j)', (of, args, expected) => {
    expect(call(of, ...args)).toBe(expected);
  });
});

describe('a tensor', () => {
  const view = 'torch._utils._rebuild_tensor';
  const v2 = (gradient: Cell, ...more: Cell[]): Cell[] => [
    storage(),
    int(0),
    shape(4),
    shape(1),
    gradient,
    dict(false),
    ...more,
  ];
  const whole = storage(4, 'torch.LongStorage');
  const typed = (gradient: Cell, dtype: Cell, ...more: Cell[]): Cell[] => [
    storage(),
    int(0),
    shape(4),
    shape(1),
    gradient,
    dict(false),
    dtype,
    ...more,
  ];
  const meta = 'torch._utils._rebuild_meta_tensor_no_storage';
  const float = named('torch.float32');
  test.each<Row>([
    [view, [storage(), int(0), shape(4), shape(1)], 'ok'],
    [view, [storage(), int(0), shape(5), shape(1)], 'fails'],
    [view, [storage(), int(1), shape(4), shape(1)], 'fails'],
    [view, [storage(), int(0), shape(2, 2), shape(2, 1)], 'ok'],
    [view, [storage(), int(0), shape(2, 2), shape(3, 1)], 'fails'],
    [view, [storage(), int(0), shape(3), shape(2)], 'fails'],
    [view, [storage(), int(0), shape(2), shape(3)], 'ok'],
    [view, [storage(), int(9), shape(0, 2), shape(9, 9)], 'ok'],
    [view, [storage(), int(0), shape(), shape()], 'ok'],
    [view, [storage(4), int(4), shape(), shape()], 'fails'],
    [view, [storage(), int(0), shape(2, 2), shape()], 'ok'],
    [view, [storage(), int(0), shape(2, 3), shape()], 'fails'],
    [view, [storage(), int(0), shape(2, 2), shape(1)], 'fails'],
    [view, [storage(), int(0), list(), list()], 'ok'],
    [view, [storage(), int(0), list(int(1)), shape(1)], 'open'],
    [view, [storage(), int(0), list(text('a')), shape(1)], 'fails'],
    [view, [storage(), int(0), instance('torch.Size'), shape(1)], 'open'],
    [view, [storage(), int(0), instance('m.Size'), shape(1)], 'fails'],
    [view, [storage(), int(0), tuple(TRUE), shape(1)], 'fails'],
    [view, [storage(), int(0), shape(4), NONE], 'fails'],
    [view, [storage(), ZERO, shape(4), shape(1)], 'fails'],
    [view, [storage(), int(-1), shape(1), shape(1)], 'fails'],
    [view, [storage(), int(0), shape(-1), shape(1)], 'fails'],
    [view, [storage(), int(0), shape(1), shape(-1)], 'fails'],
    [view, [storage(null), int(0), shape(99), shape(1)], 'ok'],
    [view, [storage(4, 'torch.FloatStorage', true), int(0), shape(5), shape(1)], 'open'],
    [view, [instance('torch.storage.TypedStorage'), int(0), shape(4), shape(1)], 'open'],
    [view, [tensor(), int(0), shape(4), shape(1)], 'fails'],
    ['torch._utils._rebuild_tensor_v2', v2(TRUE), 'ok'],
    ['torch._utils._rebuild_tensor_v2', v2(int(1)), 'fails'],
    ['torch._utils._rebuild_tensor_v2', [whole, ...v2(TRUE).slice(1)], 'fails'],
    ['torch._utils._rebuild_tensor_v2', [whole, ...v2(FALSE).slice(1)], 'ok'],
    ['torch._utils._rebuild_tensor_v2', [storage(4, 'm.Odd'), ...v2(TRUE).slice(1)], 'ok'],
    ['torch._utils._rebuild_tensor_v2', v2(FALSE, dict()), 'ok'],
    ['torch._utils._rebuild_tensor_v2', v2(FALSE, NONE), 'ok'],
    ['torch._utils._rebuild_tensor_v2', v2(FALSE, tensor()), 'open'],
    ['torch._utils._rebuild_tensor_v2', v2(FALSE, int(1)), 'fails'],
    ['torch._utils._rebuild_tensor_v3', typed(TRUE, float), 'ok'],
    ['torch._utils._rebuild_tensor_v3', typed(TRUE, named('torch.int8')), 'fails'],
    ['torch._utils._rebuild_tensor_v3', typed(FALSE, named('torch.int8')), 'ok'],
    ['torch._utils._rebuild_tensor_v3', typed(FALSE, float, int(1)), 'fails'],
    ['torch._utils._rebuild_tensor_v3', typed(FALSE, text('a')), 'open'],
    ['torch._utils._rebuild_tensor_v3', [tensor(), ...typed(FALSE, float).slice(1)], 'open'],
    ['torch._utils._rebuild_parameter', [NONE, TRUE, dict()], 'ok'],
    ['torch._utils._rebuild_parameter', [tensor(true), TRUE, dict()], 'ok'],
    ['torch._utils._rebuild_parameter', [tensor(false), TRUE, dict()], 'fails'],
    ['torch._utils._rebuild_parameter', [tensor(false), FALSE, dict()], 'ok'],
    ['torch._utils._rebuild_parameter', [tensor(), int(1), dict()], 'fails'],
    ['torch._utils._rebuild_parameter', [instance('m.T'), TRUE, dict()], 'open'],
    ['torch._utils._rebuild_parameter', [int(1), TRUE, dict()], 'fails'],
    ['torch._utils._rebuild_parameter_with_state', [NONE, TRUE, dict(), dict()], 'ok'],
    ['torch._utils._rebuild_parameter_with_state', [NONE, TRUE, dict(), pair], 'ok'],
    ['torch._utils._rebuild_parameter_with_state', [NONE, TRUE, dict(), NONE], 'ok'],
    ['torch._utils._rebuild_parameter_with_state', [NONE, TRUE, dict(), int(1)], 'open'],
    [meta, [float, shape(2), shape(1), TRUE], 'ok'],
    [meta, [named('torch.int8'), shape(2), shape(1), TRUE], 'ok'],
    [meta, [float, shape(2), shape(1, 1), FALSE], 'fails'],
    [meta, [float, shape(-1), shape(1), FALSE], 'fails'],
    [meta, [float, shape(1), shape(-1), FALSE], 'fails'],
    [meta, [float, list(int(1)), shape(1), FALSE], 'ok'],
    [meta, [float, shape(1), list(int(1)), FALSE], 'ok'],
    [meta, [float, NONE, shape(1), FALSE], 'open'],
    [meta, [float, shape(1), NONE, FALSE], 'open'],
    [meta, [text('a'), shape(1), shape(1), FALSE], 'open'],
    [meta, [float, shape(1), shape(1), int(0)], 'open'],
    ['torch._utils._rebuild_sparse_tensor', [layout, tuple(tensor(), int(1))], 'ok'],
    ['torch._utils._rebuild_sparse_tensor', [layout, pair], 'open'],
    ['torch._utils._rebuild_sparse_tensor', [text('a'), tuple(tensor())], 'open'],
    ['torch._utils._rebuild_nested_tensor', [tensor(), tensor(), tensor(), tensor()], 'ok'],
    ['torch._utils._rebuild_nested_tensor', [tensor(), tensor(), tensor(), int(1)], 'open'],
  ])('%s(%j)', (of, args, expected) => {
    expect(call(of, ...args)).toBe(expected);
  });

  const quantised = (...changed: readonly (Cell | null)[]): Cell[] =>
    [storage(), int(0), shape(4), shape(1), tuple(named('torch.per_tensor_affine')), TRUE, dict()].map(
      (cell, i) => changed[i] ?? cell,
    );
  test.each<[Cell[], string]>([
    [quantised(), 'ok'],
    [quantised(NONE), 'open'],
    [quantised(null, NONE), 'open'],
    [quantised(null, null, NONE), 'open'],
    [quantised(null, null, null, NONE), 'open'],
    [quantised(null, null, null, null, NONE), 'open'],
    [quantised(null, null, null, null, tuple(NONE)), 'open'],
  ])('quantised: %j', (args, expected) => {
    expect(call('torch._utils._rebuild_qtensor', ...args)).toBe(expected);
  });

  test.each<[string, Cell[], boolean | undefined]>([
    ['torch._utils._rebuild_tensor_v2', [storage()], true],
    ['torch._utils._rebuild_tensor_v2', [whole], false],
    ['torch._utils._rebuild_tensor_v2', [storage(4, 'torch.ComplexFloatStorage')], true],
    ['torch._utils._rebuild_tensor_v2', [storage(4, 'm.FloatStorage')], undefined],
    ['torch._utils._rebuild_tensor_v2', [int(1)], undefined],
    ['torch._utils._rebuild_parameter', [tensor(false)], false],
    ['torch._utils._rebuild_tensor_v3', typed(FALSE, named('torch.bfloat16')), true],
    ['torch._utils._rebuild_tensor_v3', typed(FALSE, named('torch.int8')), false],
    ['torch._utils._rebuild_tensor_v3', typed(FALSE, named('m.float32')), undefined],
    [meta, [named('torch.complex64')], true],
  ])('gradients of %s(%j): %s', (of, args, expected) => {
    expect(floatingOf(of, args)).toBe(expected);
  });
});

describe('_rebuild_from_type_v2', () => {
  const of = 'torch._tensor._rebuild_from_type_v2';
  const view = tuple(storage(), int(0), shape(4), shape(1));
  const rebuild = named('torch._utils._rebuild_tensor');
  test.each<[Cell[], string]>([
    [[rebuild, named('torch.Tensor'), view, dict()], 'ok'],
    [[rebuild, named('torch.Tensor'), tuple(storage(), int(0), shape(9), shape(1)), dict()], 'fails'],
    [[int(1), named('torch.Tensor'), view, dict()], 'open'],
    [[rebuild, named('torch.Tensor'), int(1), dict()], 'open'],
    [[named('collections.OrderedDict'), named('torch.Tensor'), EMPTY_TUPLE, dict()], 'fails'],
    [[named('collections.OrderedDict'), named('collections.OrderedDict'), EMPTY_TUPLE, dict()], 'ok'],
    [[named('collections.OrderedDict'), int(1), EMPTY_TUPLE, dict()], 'fails'],
    [[named('torch.nn.parameter.Parameter'), named('m.T'), EMPTY_TUPLE, dict()], 'ok'],
    [[named(of), named('m.T'), tuple(rebuild, named('m.T'), view, NONE), NONE], 'ok'],
  ])('%j: %s', (args, expected) => {
    expect(call(of, ...args)).toBe(expected);
  });

  test('is given up where too much is looked at', () => {
    expect(callProblem(of, [rebuild, named('m.T'), view, dict()], () => false)).toEqual({
      doubt: 'what _rebuild_from_type_v2 calls',
    });
  });
});

test.each<Row>([
  ['torch._utils._rebuild_tensor', [], 'fails'],
  ['torch.float32', [], 'fails'],
  ['torch.FloatStorage', [], 'fails'],
  ['torch.Tensor', [], 'ok'],
  ['torch.Tensor', [int(1)], 'ok'],
  ['torch.FloatTensor', [], 'ok'],
  ['torch.FloatTensor', [int(1)], 'open'],
  ['torch.Size', [int(1)], 'fails'],
  ['torch.Size', [result], 'ok'],
  ['collections.OrderedDict', [int(1)], 'ok'],
  ['builtins.set', [int(1)], 'ok'],
  ['builtins.bytearray', [NONE], 'ok'],
  ['builtins.complex', [NONE], 'fails'],
  ['torch.storage.TypedStorage', [text('a')], 'ok'],
  ['m.Net', [int(1), int(2)], 'ok'],
])('an instance of %s(%j): %s', (of, args, expected) => {
  expect(created(of, ...args)).toBe(expected);
});

describe('a state', () => {
  test.each<[string, Cell, string]>([
    ['torch.Size', result, 'ok'],
    ['torch.Size', NONE, 'ok'],
    ['torch.Size', dict(false), 'ok'],
    ['torch.Size', dict(), 'fails'],
    ['torch.Size', tensor(), 'open'],
    ['torch.Size', tuple(NONE, dict()), 'fails'],
    ['torch.Size', tuple(NONE, NONE), 'ok'],
    ['torch.Size', tuple(tensor(), NONE), 'open'],
    ['torch.Size', tuple(NONE, NONE, NONE), 'fails'],
    ['torch.storage.TypedStorage', dict(), 'ok'],
    ['torch.storage.TypedStorage', int(1), 'fails'],
    ['torch.storage.TypedStorage', ZERO, 'ok'],
    ['torch.storage.TypedStorage', tensor(), 'open'],
    ['torch.storage.TypedStorage', tuple(dict(), NONE), 'ok'],
    ['torch.storage.TypedStorage', tuple(dict(), dict()), 'open'],
    ['torch.storage.TypedStorage', tuple(int(1), dict()), 'fails'],
    ['torch.storage.TypedStorage', tuple(dict(), int(1)), 'fails'],
    ['torch.storage.TypedStorage', tuple(dict(), tensor()), 'open'],
    ['torch.storage.TypedStorage', list(pair), 'ok'],
    ['torch.storage.TypedStorage', list(int(1)), 'open'],
    ['torch.storage.TypedStorage', tuple(pair), 'ok'],
    ['torch.storage.TypedStorage', tuple(int(1)), 'open'],
    ['torch.storage.TypedStorage', named('torch.Tensor'), 'fails'],
    ['torch.storage.TypedStorage', text('a'), 'open'],
    ['collections.OrderedDict', NONE, 'refused'],
    ['collections.OrderedDict', dict(), 'ok'],
    ['collections.OrderedDict', instance('collections.Counter'), 'ok'],
    ['collections.OrderedDict', instance('torch.Size'), 'open'],
    ['collections.OrderedDict', tuple(dict(false), dict(false)), 'refused'],
    ['collections.OrderedDict', tuple(dict(), NONE), 'fails'],
    ['collections.OrderedDict', tuple(NONE, dict()), 'refused'],
    ['collections.OrderedDict', tuple(dict(), dict(false)), 'refused'],
    ['collections.OrderedDict', tuple(int(1), NONE), 'fails'],
    ['collections.OrderedDict', tuple(int(1), dict(false)), 'fails'],
    ['collections.OrderedDict', tuple(pair, pair), 'ok'],
    ['collections.OrderedDict', tuple(pair, pair, pair), 'ok'],
    ['collections.OrderedDict', tuple(NONE, dict(false), pair), 'open'],
    ['torch.Tensor', tuple(storage(), int(0), shape(4), shape(1)), 'ok'],
    ['torch.Tensor', tuple(storage(), int(0), shape(5), shape(1)), 'open'],
    ['torch.Tensor', pair, 'open'],
    ['torch.Tensor', NONE, 'fails'],
    ['torch.nn.parameter.Parameter', dict(), 'open'],
    ['torch.nn.parameter.Parameter', dict(false), 'fails'],
    ['torch.nn.parameter.Parameter', int(1), 'fails'],
    ['torch.nn.parameter.Parameter', shape(1, 2), 'fails'],
    ['torch.nn.parameter.Parameter', shape(1, 2, 3), 'open'],
    ['torch.nn.parameter.Parameter', shape(1, 2, 3, 4, 5), 'open'],
    ['torch.nn.parameter.Parameter', shape(1, 2, 3, 4, 5, 6), 'fails'],
  ])('%s %j: %s', (of, given, expected) => {
    expect(state(of, given)).toBe(expected);
  });
});

describe('a persistent ID', () => {
  const table = (format: 'zip' | 'legacy', records?: Readonly<Record<string, number>>): StorageTable =>
    new StorageTable(records === undefined ? { format } : { format, storageBytes: (key) => records[key] ?? null });
  const id = (type: Cell, key: Cell, count: Cell, ...more: Cell[]): Cell[] => [
    text('storage'),
    type,
    key,
    text('cpu'),
    count,
    ...more,
  ];
  const taken = (one: StorageTable, given: Cell[]): string => {
    const found = one.take(given);
    return 'kind' in found ? `${found.type} ${found.elements}` : verdict(found);
  };
  const float = named('torch.FloatStorage');

  test.each<[Cell[], string]>([
    [id(float, text('0'), int(2)), 'torch.FloatStorage 2'],
    [id(float, text('0'), TRUE), 'torch.FloatStorage 1'],
    [id(float, text('0'), int(-1)), 'fails'],
    [id(float, text('0'), int(0)), 'torch.FloatStorage 0'],
    [id(float, text('0'), int(2)).slice(0, 4), 'fails'],
    [id(float, text('0'), int(2), NONE), 'fails'],
    [id(float, text('0'), text('2')), 'fails'],
    [id(float, text('0'), result), 'open'],
    [id(result, text('0'), int(2)), ' null'],
    [id(storage(1, 'torch.LongStorage'), text('0'), int(2)), 'torch.LongStorage 2'],
    [id(tensor(), text('0'), int(2)), 'open'],
    [id(instance('torch.Size'), text('0'), int(2)), 'fails'],
    [id(named('m.Odd'), text('0'), int(2)), 'm.Odd null'],
    [id(named('torch.float32'), text('0'), int(2)), 'fails'],
    [id(named('torch.FloatTensor'), text('0'), int(2)), 'torch.FloatTensor 2'],
    [id(named('torch.storage.UntypedStorage'), text('0'), int(2)), 'torch.storage.UntypedStorage 2'],
    [id(float, tuple(int(1)), int(2)), 'open'],
    [id(float, list(), int(2)), 'fails'],
    [id(float, NONE, int(2)), 'torch.FloatStorage 2'],
  ])('%j: %s', (given, expected) => {
    expect(taken(table('zip'), given)).toBe(expected);
  });

  test.each<[Cell[], string]>([
    [id(float, text('0'), int(2)), 'torch.FloatStorage 2'],
    [id(float, text('0'), int(3)), 'fails'],
    [id(float, text('1'), int(2)), 'fails'],
    [id(float, int(0), int(2)), 'torch.FloatStorage 2'],
    [id(float, TRUE, int(1)), 'torch.FloatStorage 1'],
    [id(float, FALSE, int(1)), 'fails'],
    [id(float, long(true), int(2)), 'open'],
    [id(result, text('0'), int(9)), ' null'],
  ])('with the records of an archive, %j: %s', (given, expected) => {
    expect(taken(table('zip', { 0: 8, True: 4 }), given)).toBe(expected);
  });

  test.each<[Cell[], string]>([
    [id(float, text('0'), int(2), NONE), 'torch.FloatStorage 2'],
    [id(float, text('0'), int(2), shape(1, 2, 3)), 'torch.FloatStorage null'],
    [id(float, text('0'), int(2), pair), 'fails'],
    [id(float, text('0'), int(2), int(1)), 'fails'],
    [id(float, text('0'), int(2), text('a')), 'open'],
    [id(float, text('0'), int(2)), 'fails'],
    [id(float, text('0'), text('a'), NONE), 'open'],
    [id(float, text('0'), NONE, NONE), 'fails'],
    [id(named('torch.storage.UntypedStorage'), text('0'), int(2), NONE), 'fails'],
  ])('before PyTorch 1.6, %j: %s', (given, expected) => {
    expect(taken(table('legacy'), given)).toBe(expected);
  });

  test('a key that was there is not measured again, and numbers are told apart as Python does', () => {
    const one = table('zip', { 0: 8, a: 8 });
    expect(taken(one, id(float, int(0), int(2)))).toBe('torch.FloatStorage 2');
    expect(taken(one, id(named('torch.LongStorage'), FALSE, text('x')))).toBe('torch.FloatStorage 2');
    expect(taken(one, id(float, text('0'), int(9)))).toBe('fails');
    expect(taken(one, id(float, text('a'), int(2)))).toBe('torch.FloatStorage 2');
    expect([...one.elements]).toEqual([['a', { elements: 2, bytes: 8 }]]);
  });
});

test.each<[Cell, boolean | null, string]>([
  [NONE, false, 'None'],
  [TRUE, true, 'a truth value'],
  [FALSE, false, 'a truth value'],
  [ZERO, false, 'a number'],
  [int(2), true, 'a number'],
  [text(''), false, 'a text'],
  [long(true), true, 'a text'],
  [list(), false, 'a list'],
  [list(NONE), true, 'a list'],
  [dict(false), false, 'a dict'],
  [set(null), null, 'a set'],
  [bytes(), true, 'bytes'],
  [EMPTY_TUPLE, false, 'a tuple'],
  [pair, true, 'a tuple'],
  [named('m.f'), true, 'm.f itself'],
  [layout, true, 'a plain value'],
  [PLAIN, null, 'a plain value'],
  [tensor(), null, 'an instance of torch.Tensor'],
  [result, null, 'what m.f gives'],
  [storage(), null, 'a storage'],
])('%j is %s as a condition, and called %s', (cell, expected, said) => {
  expect([truth(cell), words(cell)]).toEqual([expected, said]);
});

test.each<[Cell, boolean]>([
  [list(), false],
  [dict(), false],
  [set(), false],
  [bytes(), true],
  [tuple(list()), false],
  [tuple(text('a')), true],
  [instance('collections.OrderedDict'), false],
  [instance('torch.Size'), true],
  [result, true],
])('%j as a key: %s', (cell, expected) => {
  expect(isHashable(cell)).toBe(expected);
});

describe('texts and numbers', () => {
  test.each<[number[], boolean, boolean]>([
    [[0x61], false, true],
    [[0xc3, 0xa9], false, true],
    [[0xc3], false, false],
    [[0xed, 0xa0, 0x80], false, false],
    [[0xed, 0xa0, 0x80], true, true],
    [[0x61, 0xed, 0xbf, 0xbf, 0xc3, 0xa9], true, true],
    [[0xed, 0xa0, 0x80, 0xc3], true, false],
    [[0xff], true, false],
  ])('%j as UTF-8, surrogates %s: %s', (given, surrogates, expected) => {
    expect(isUtf8(Uint8Array.from(given), surrogates)).toBe(expected);
  });

  test.each<[number[], bigint]>([
    [[], 0n],
    [[0x7f], 127n],
    [[0xff], -1n],
    [[0x00, 0x80], -32768n],
    [[0xff, 0x00], 255n],
  ])('%j is %s', (given, expected) => {
    expect(longValue(Uint8Array.from(given))).toBe(expected);
  });

  test.each([
    ['<f8', 'numpy.dtypes.Float64DType'],
    ['|b1', 'numpy.dtypes.BoolDType'],
    ['S10', 'numpy.dtypes.BytesDType'],
    ['=U3', 'numpy.dtypes.StrDType'],
    ['M8', 'numpy.dtypes.DateTime64DType'],
    ['M8[ns]', null],
    ['>>f8', null],
    ['f3', null],
    ['', null],
    ['constructor', null],
  ])('the class of the dtype %s: %s', (code, expected) => {
    expect(dtypeClass(code)).toBe(expected);
  });

  test.each([
    ['torch._dynamo.decorators._DimRange', 'torch.nested with torch._dynamo'],
    ['torch.distributed.tensor.DTensor', 'torch.distributed.tensor'],
    ['torch.distributed.tensor.Other', null],
    ['torch.Tensor', null],
  ])('%s comes with %s', (path, expected) => {
    expect(imported(path)).toBe(expected);
  });
});
