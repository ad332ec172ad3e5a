import { op, pickle, repeat } from '../../../packages/core/test/kit.js';
import { bytesOf, zipOf } from '../../../packages/core/test/zip-builder.js';
import { proto2, text, type Case } from './case.js';

/*
 * What asks for native code: sources of TorchScript, the mobile interpreter's bytecode, programs of torch.export and of
 * ExecuTorch. Deflated, most of these files are a few kilobytes.
 */

const CLASS = '__torch__.torch.classes.a.b ';

function modelCase(name: string, record: string, from: number, make: (n: number) => Uint8Array, doublings = 3): Case {
  const archive = (n: number): Uint8Array =>
    zipOf([
      { name: 'm/data.pkl', data: proto2(op.none) },
      { name: 'm/constants.pkl', data: proto2(op.emptyTuple) },
      { name: 'm/version', data: bytesOf('3\n') },
      { name: `m/${record}`, data: make(n), method: 8 },
    ]);
  return { name, file: 'model.pt', from, doublings, make: archive };
}

const code = (name: string, from: number, make: (n: number) => string): Case =>
  modelCase(name, 'code/__torch__.py', from, (n) => bytesOf(make(n)));

const json = (name: string, from: number, make: (n: number) => string): Case =>
  modelCase(name, 'models/model.json', from, (n) => bytesOf(make(n)));

const bytecode = (name: string, from: number, make: (n: number) => Uint8Array): Case =>
  modelCase(name, 'bytecode.pkl', from, make);

/** An ExecuTorch program whose operators all have one name, which reaches to the end of the file. */
function executorch(n: number): Uint8Array {
  const bytes = new Uint8Array(68 + 20 * n + n);
  const view = new DataView(bytes.buffer);
  const table = (at: number, vtable: number, field: number, slots: number): void => {
    view.setUint16(vtable, 4 + 2 * slots, true);
    view.setUint16(vtable + 4 + 2 * field, 4, true);
    view.setInt32(at, at - vtable, true);
  };
  bytes.set(bytesOf('ET12'), 4);
  view.setUint32(0, 16, true);
  table(16, 8, 1, 2);
  view.setUint32(20, 4, true); // the vector of plans
  view.setUint32(24, 1, true);
  view.setUint32(28, 24, true); // the plan
  table(52, 32, 6, 7);
  view.setUint32(56, 4, true); // the vector of operators
  view.setUint32(60, n, true);
  const operators = 68 + 4 * n;
  const names = operators + 16 * n;
  for (let i = 0; i < n; i += 1) {
    const at = operators + 16 * i + 8;
    view.setUint32(64 + 4 * i, at - (64 + 4 * i), true);
    table(at, at - 8, 0, 1);
    view.setUint32(at + 4, names - (at + 4), true);
  }
  bytes.fill(0, names);
  view.setUint32(names, n - 4, true);
  return bytes;
}

/** A checkpoint as torch.save writes it, of which PyTorch's restricted unpickler is asked. */
function checkpoint(name: string, from: number, make: (n: number) => Uint8Array): Case {
  return {
    name,
    file: 'model.pt',
    from,
    doublings: 3,
    make: (n) =>
      zipOf([
        { name: 'm/data.pkl', data: make(n), method: 8 },
        { name: 'm/version', data: bytesOf('3\n') },
      ]),
  };
}

/** A tuple of `n` numbers in the memo, given to `n` calls. */
const sharedArgument = (n: number, module: string, name: string): Uint8Array =>
  proto2(
    op.mark,
    op.mark,
    repeat(n, op.binInt1(1)),
    op.tuple,
    op.binPut(0),
    op.global(module, name),
    op.binPut(1),
    repeat(n, op.binGet(1), op.binGet(0), op.tuple1, op.reduce),
    op.tuple,
  );

/** `_rebuild_from_type_v2` that calls itself, `n` deep. */
const rebuilt = (n: number): Uint8Array =>
  proto2(
    op.global('torch._tensor', '_rebuild_from_type_v2'),
    op.binPut(0),
    repeat(n, op.binGet(0), op.none, op.mark),
    op.emptyTuple,
    repeat(n, op.none, op.tuple, op.none),
    op.reduce,
  );

export const MODEL_CASES: readonly Case[] = [
  bytecode('bytecode.pkl: one text of many classes', 40_000, (n) => proto2(text(CLASS.repeat(n)), op.tuple1)),
  bytecode('bytecode.pkl: a text from the memo, again and again', 2000, (n) =>
    proto2(op.mark, text(CLASS.repeat(n)), op.binPut(0), repeat(n, op.binGet(0)), op.tuple),
  ),
  bytecode('bytecode.pkl: a table of operators from the memo, again and again', 1000, (n) => {
    const operators = pickle(op.mark, repeat(n, text('ns::op'), op.tuple1), op.tuple);
    return proto2(
      op.mark,
      text('operators'),
      op.binPut(0),
      operators,
      op.binPut(1),
      op.tuple2,
      repeat(n, op.binGet(0), op.binGet(1), op.tuple2),
      op.tuple,
    );
  }),
  json('model.json: one text of many classes', 40_000, (n) => JSON.stringify({ type: CLASS.repeat(n) })),
  json('model.json: targets', 20_000, (n) =>
    JSON.stringify({ nodes: Array.from({ length: n }, (_, i) => ({ target: `torch.ops.ns.op${i}` })) }),
  ),
  json('model.json: lists in lists', 50_000, (n) => `${'['.repeat(n)}${']'.repeat(n)}`),
  code('TorchScript: calls of operators in a row', 4000, (n) => `def f(x):\n${'  y = ops.ns.op(x)\n'.repeat(n)}`),
  code(
    'TorchScript: operators of one name each',
    2000,
    (n) => `def f(x):\n${Array.from({ length: n }, (_, i) => `  y = ops.ns.op${i}(x)\n`).join('')}`,
  ),
  code(
    'TorchScript: operators behind letters of two bytes',
    4000,
    (n) => `def f(x):\n${'  y = ops.ns.op(x) # \u00e4\n'.repeat(n)}`,
  ),
  code('TorchScript: a long chain of attributes', 4000, (n) => `def f(x):\n  return ops${'.a'.repeat(n)}(x)\n`),
  code(
    'TorchScript: annotations of classes',
    4000,
    (n) =>
      `class M(Module):\n${Array.from({ length: n }, (_, i) => `  a${i} : __torch__.torch.classes.ns.T${i}\n`).join('')}`,
  ),
  checkpoint('weights_only: one long tuple for many calls of set', 4000, (n) => sharedArgument(n, 'builtins', 'set')),
  checkpoint('weights_only: one long tuple for many calls of torch.Size', 4000, (n) =>
    sharedArgument(n, 'torch', 'Size'),
  ),
  checkpoint('weights_only: tuples in tuples as a key', 20_000, (n) =>
    proto2(op.emptyDict, op.emptyTuple, repeat(n, op.tuple1), op.none, op.setItem),
  ),
  checkpoint('weights_only: _rebuild_from_type_v2 within itself', 4000, rebuilt),
  {
    name: 'ExecuTorch: one name for all operators',
    file: 'model.pte',
    from: 4000,
    doublings: 3,
    make: executorch,
    stops: 'share their bytes',
  },
];
