import { weightsOnlyKind, weightsOnlyName } from '../../../catalogue/lookup.js';
import { opcode } from '../../../pickle/opcodes.js';
import { callProblem, newProblem } from './arguments.js';
import { longValue } from './decoding.js';
import type { PickleSetting, WeightsOnlyDecision } from './decision.js';
import { imported } from './late-names.js';
import {
  addItems,
  describe,
  DICTS,
  emptyList,
  isHashable,
  tupleOf,
  MARK,
  NUMBER,
  PLAIN,
  PUSHES,
  RESULTS,
  truth,
  TYPE_ARGUMENT,
  ZERO,
  type ArgumentProblem,
  type Cell,
} from './cells.js';
import { dtypeClass } from './numpy-dtype.js';
import { RestrictedState } from './restricted-state.js';
import { stateProblem } from './states.js';
import { floatingOf } from './tensor-arguments.js';
import { MAX_CELLS } from '../../../model/limits.js';

/**
 * The decision of PyTorch's restricted unpickler (torch/_weights_only_unpickler.py, `Unpickler.load`) on one pickle, over
 * values that are known by their types only. It stops where PyTorch stops, and goes on behind a refused name as if that
 * name were on the list of `add_safe_globals`, for what else the pickle would need.
 */

/** `bytes` begins with the pickle; what follows its STOP is never read. */
export function decideWeightsOnly(bytes: Uint8Array, setting: PickleSetting = { format: 'zip' }): WeightsOnlyDecision {
  return new Restricted(bytes, setting).run();
}

class Restricted extends RestrictedState {
  run(): WeightsOnlyDecision {
    while (this.goesOn) this.step();
    const refused = this.refusals.length > 0;
    const hopeless = this.refusals.some(({ listable }) => !listable);
    return {
      outcome: refused
        ? 'refused'
        : this.failure !== null
          ? 'fails'
          : this.doubts.size + this.open.size > 0
            ? 'unknown'
            : 'loads',
      refusals: this.refusals,
      needs: hopeless ? [] : [...this.listed],
      doubts: [...this.doubts],
      open: [...this.open],
      failure: this.failure,
      touchedEnd: this.touchedEnd,
      end: this.at,
      number: this.result?.kind === 'int' ? String(this.result.value) : null,
      texts: textsOf(this.result),
      storages: this.storages.elements,
    };
  }

  private step(): void {
    const offset = this.at;
    const stack = this.stack;
    const code = this.bytes[offset];
    if (code === undefined) {
      this.touchedEnd = true;
      return this.fail('the pickle is cut off');
    }
    if (stack.length > MAX_CELLS || this.memo.length + this.farMemo.size > MAX_CELLS)
      return this.giveUp(`it holds more than ${MAX_CELLS} values`);
    this.at = offset + 1;
    // By number and in one switch: a checkpoint's pickle is run before V8 has compiled any of this.
    switch (code) {
      case 0x71: // BINPUT
      case 0x72: // LONG_BINPUT
        if (this.argument(offset)) this.put(this.unsigned());
        return;
      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        if (this.argument(offset)) this.get(this.unsigned());
        return;
      case 0x28: // MARK
        this.marks.push(stack.length);
        stack.push(MARK);
        return;
      case 0x58: // BINUNICODE
      case 0x55: // SHORT_BINSTRING
        if (this.argument(offset)) this.text(code === 0x58);
        return;
      case 0x4a: // BININT
        if (this.argument(offset)) stack.push({ kind: 'int', value: this.unsigned() | 0 });
        return;
      case 0x4b: // BININT1
      case 0x4d: // BININT2
        if (this.argument(offset)) stack.push({ kind: 'int', value: this.unsigned() });
        return;
      case 0x8a: // LONG1
        if (this.argument(offset)) stack.push({ kind: 'int', value: longValue(this.payload()) });
        return;
      case 0x47: // BINFLOAT
        if (this.argument(offset)) stack.push(isZero(this.payload()) ? ZERO : NUMBER);
        return;
      case 0x74: // TUPLE
        stack.push(tupleOf(this.popMark()));
        return;
      case 0x85: // TUPLE1
        stack.push(tupleOf([this.pop()]));
        return;
      case 0x86: {
        // TUPLE2
        const second = this.pop();
        stack.push(tupleOf([this.pop(), second]));
        return;
      }
      case 0x87: {
        // TUPLE3
        const third = this.pop();
        const second = this.pop();
        stack.push(tupleOf([this.pop(), second, third]));
        return;
      }
      case 0x52: // REDUCE
        return this.reduce(offset);
      case 0x51: // BINPERSID
        return this.persistent(offset);
      case 0x7d: // EMPTY_DICT
        stack.push({ kind: 'dict', filled: false });
        return;
      case 0x5d: // EMPTY_LIST
        stack.push(emptyList());
        return;
      case 0x63: // GLOBAL
        return this.global(offset);
      case 0x62: // BUILD
        return this.build(offset);
      case 0x81: // NEWOBJ
        return this.newObject(offset);
      case 0x61:
        return this.append(offset, 'APPEND');
      case 0x65:
        return this.append(offset, 'APPENDS');
      case 0x73:
        return this.setItems(offset, 'SETITEM');
      case 0x75:
        return this.setItems(offset, 'SETITEMS');
      case 0x80: // PROTO
        this.argument(offset);
        return;
      case 0x2e: // STOP
        this.result = this.pop();
        this.goesOn = false;
        return;
      default:
        return this.other(offset, code);
    }
  }

  private other(offset: number, code: number): void {
    const pushed = PUSHES[code];
    if (pushed !== undefined) {
      this.stack.push(pushed);
      return;
    }
    const name = opcode(code)?.name ?? `0x${code.toString(16)}`;
    this.refuse(offset, name, `PyTorch's restricted unpickler has no opcode ${name}`);
  }

  private global(offset: number): void {
    const written = this.line();
    const { path, module, blocked } = weightsOnlyName(written, this.line());
    if (this.failure !== null) return;
    if (blocked) return this.refuse(offset, 'GLOBAL', `nothing of the module ${module} is ever taken`, path);
    const needed = imported(path);
    if (needed !== null)
      return this.refuse(offset, 'GLOBAL', `${path} is taken only where ${needed} is imported before`, path);
    const type = weightsOnlyKind(path);
    if (type === null && !this.listed.has(path)) {
      this.listed.add(path);
      const reason = `${path} is not on PyTorch's list`;
      this.refusals.push({ offset, opcode: 'GLOBAL', global: path, reason, listable: true });
    }
    this.stack.push({ kind: 'global', of: path, type });
  }

  private reduce(offset: number): void {
    const args = this.pop();
    const callee = this.top();
    if (this.failure !== null) return;
    if (callee.kind !== 'global') return this.refuse(offset, 'REDUCE', 'a call of something that is no allowed global');
    const { of, type: kind } = callee;
    const items = this.arguments(args);
    if (this.failure !== null) return;
    if (kind === null) return this.reduceListed(of, items ?? []);
    if (items !== null && !(this.spend(items) && this.accept(callProblem(of, items, this.spend)))) return;
    const typeAt = TYPE_ARGUMENT[of];
    const type = typeAt === undefined ? undefined : items?.[typeAt];
    const [first] = items ?? [];
    // Its sizes are read before the storages are filled.
    if (of === 'torch._utils._rebuild_nested_tensor' && this.setting.format === 'legacy')
      return this.fail('PyTorch writes nested tensors to this format and cannot read them back');
    if (type?.kind === 'global') this.replace({ kind: 'instance', of: type.of });
    else if (of === '_codecs.encode') this.replace(encoded(first));
    else if (of === 'torch.serialization._get_layout') this.replace({ kind: 'layout' });
    else if (of === 'builtins.set') this.replace({ kind: 'set', filled: first === undefined ? false : truth(first) });
    else if (kind === 'function') this.replace(tensorOf(of, items ?? []));
    else this.replace(instanceOf(callee, items ?? []));
  }

  /** What `*args` gives; null where that is not followed. */
  private arguments(args: Cell): readonly Cell[] | null {
    if (args.kind === 'tuple') return args.items;
    if (/^(?:none|bool|int|float|global|layout)$/.test(args.kind)) {
      this.fail('arguments that are no tuple');
      return null;
    }
    if (truth(args) === false) return [];
    if (args.kind !== 'result') this.open.add(`arguments that are ${describe(args)}`);
    return null;
  }

  /** False where any loader fails. */
  private accept(problem: ArgumentProblem | null): boolean {
    if (problem === null) return true;
    if ('doubt' in problem) this.open.add(problem.doubt);
    else this.fail(problem.fails);
    return 'doubt' in problem;
  }

  /** A function or class that would be listed: numpy's are known, of others the result has the type of the class. */
  private reduceListed(of: string, items: readonly Cell[]): void {
    const [first] = items;
    if (of === 'numpy.dtype' && first?.kind === 'text') {
      const own = dtypeClass(first.text);
      if (own === null) this.doubts.add(`the class of the dtype ${first.text}`);
      this.replace(own === null ? { kind: 'result', of } : { kind: 'instance', of: own });
    } else if (of === 'numpy.dtype' && first?.kind === 'global' && /^numpy\.(?:record|void)$/.test(first.of)) {
      this.replace({ kind: 'instance', of: 'numpy.dtypes.VoidDType' });
    } else if (/^numpy\.(?:_?core)\.multiarray\._reconstruct$/.test(of) && first?.kind === 'global') {
      this.replace({ kind: 'instance', of: first.of });
    } else if (of === 'copy_reg._reconstructor' || of === 'copyreg._reconstructor') {
      if (items.length !== 3) return this.fail(`${of} takes 3 arguments, not ${items.length}`);
      this.replace(first?.kind === 'global' ? { kind: 'instance', of: first.of } : { kind: 'result', of });
    } else {
      this.replace({ kind: 'result', of });
    }
  }

  private newObject(offset: number): void {
    const args = this.pop();
    const type = this.pop();
    if (this.failure !== null) return;
    if (type.kind !== 'global')
      return this.refuse(offset, 'NEWOBJ', 'an instance of something that is no allowed class');
    const items = this.arguments(args);
    if (this.failure !== null || (items !== null && !(this.spend(items) && this.accept(newProblem(type.of, items)))))
      return;
    this.stack.push(type.of === 'builtins.set' ? { kind: 'set', filled: false } : instanceOf(type, items ?? []));
  }

  private build(offset: number): void {
    const state = this.pop();
    const target = this.top();
    if (this.failure !== null) return;
    if (target.kind === 'result') {
      // Of a class it is an instance; what a function gives does not show.
      this.doubts.add(
        `the class of what ${target.of} gives has to be listed as well, where ${target.of} is a function`,
      );
      return;
    }
    const of =
      target.kind === 'set'
        ? 'builtins.set'
        : target.kind === 'storage'
          ? 'torch.storage.TypedStorage'
          : target.kind === 'instance'
            ? target.of
            : null;
    if (of === null) return this.refuse(offset, 'BUILD', `a state for ${describe(target)}, which takes none`);
    if (this.listed.has(of)) return;
    if (weightsOnlyKind(of) !== null) {
      if (this.spend(state.kind === 'tuple' ? state.items : [])) this.accept(stateProblem(of, state));
      return;
    }
    // The class of a value that no name in the stream gives: numpy's dtypes.
    this.listed.add(of);
    const reason = `a state for an instance of ${of}, which is not on PyTorch's list`;
    this.refusals.push({ offset, opcode: 'BUILD', global: of, reason, listable: true });
  }

  private append(offset: number, name: string): void {
    const items = name === 'APPEND' ? [this.pop()] : this.popMark();
    const target = this.top();
    if (this.failure === null && target.kind !== 'list')
      this.refuse(offset, name, `items for ${describe(target)}: only a plain list takes any`);
    else if (target.kind === 'list') addItems(target, items);
  }

  private setItems(offset: number, name: string): void {
    const items = name === 'SETITEM' ? [this.pop(), this.pop()].toReversed() : this.popMark();
    const target = this.top();
    if (this.failure !== null) return;
    if (target.kind === 'dict' || (target.kind === 'instance' && DICTS.has(target.of))) {
      if (items.length % 2 === 1) return this.fail('a key without a value');
      if (items.some((item, i) => i % 2 === 0 && !isHashable(item)))
        return this.fail('a key that is a list, a dict or a set');
      if (target.kind === 'dict' && items.length > 0) target.filled = true;
      return;
    }
    this.refuse(offset, name, `items for ${describe(target)}: only dict, OrderedDict and Counter take any`);
  }

  private persistent(offset: number): void {
    const id = this.pop();
    if (this.failure !== null) return;
    if (this.setting.format === 'legacy-header')
      return this.refuse(offset, 'BINPERSID', 'a persistent ID where none belongs');
    if (this.setting.format === 'tar') {
      this.stack.push(PLAIN);
      return;
    }
    if (id.kind === 'int') return this.fail('a persistent ID that is a number');
    if (id.kind !== 'tuple') return this.refuse(offset, 'BINPERSID', `a persistent ID that is ${describe(id)}`);
    const [first] = id.items;
    if (first === undefined) return this.fail('an empty persistent ID');
    if ((first.kind !== 'text' && first.kind !== 'bytes') || first.text !== 'storage')
      return this.refuse(offset, 'BINPERSID', 'a persistent ID of something that is no storage');
    const storage = this.storages.take(id.items);
    if ('kind' in storage) this.stack.push(storage);
    else if (this.accept(storage)) this.stack.push({ kind: 'storage', elements: null, type: '' });
  }
}

function instanceOf({ of, type }: Cell & { readonly kind: 'global' }, args: readonly Cell[]): Cell {
  if (type === 'tensor') return { kind: 'instance', of: 'torch.Tensor' };
  return of === 'torch.nn.parameter.Parameter' ? tensorOf(of, args) : { kind: 'instance', of };
}

function tensorOf(maker: string, args: readonly Cell[]): Cell {
  const of = RESULTS[maker] ?? 'torch.Tensor';
  const floating = floatingOf(maker, args);
  return floating === undefined ? { kind: 'instance', of } : { kind: 'instance', of, floating };
}

function textsOf(result: Cell | null): readonly string[] | null {
  if (result?.kind === 'list') return result.texts;
  const isEmpty = result !== null && /^(?:tuple|dict|set|text)$/.test(result.kind) && truth(result) === false;
  return isEmpty ? [] : null;
}

/** A number of eight bytes that is 0.0 or -0.0. */
function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte, i) => (i === 0 ? byte & 0x7f : byte) === 0);
}

function encoded(first: Cell | undefined): Cell {
  if (first?.kind !== 'text') return { kind: 'bytes', text: '', filled: null };
  return { kind: 'bytes', text: first.text, filled: truth(first) };
}
