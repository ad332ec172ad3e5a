import { weightsOnlyKind, weightsOnlyName } from '../../../catalogue/lookup.js';
import { callProblem, newProblem } from './arguments.js';
import { longValue, utf8 } from './decoding.js';
import type { PickleSetting, WeightsOnlyDecision } from './decision.js';
import { imported } from './late-names.js';
import {
  addItems,
  describe,
  DICTS,
  emptyList,
  EMPTY_SET,
  EMPTY_TUPLE,
  FALSE,
  isHashable,
  tupleOf,
  NONE,
  NUMBER,
  PLAIN,
  RESULTS,
  TRUE,
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

/**
 * The decision of PyTorch's restricted unpickler (torch/_weights_only_unpickler.py, `Unpickler.load`) on one pickle, over
 * values that are known by their types only. It stops where PyTorch stops, and goes on behind a refused name as if that
 * name were on the list of `add_safe_globals`, for what else the pickle would need.
 */

const GLOBAL = 0x63;
const NEWLINE = 0x0a;

/** `bytes` begins with the pickle; what follows its STOP is never read. */
export function decideWeightsOnly(bytes: Uint8Array, setting: PickleSetting = { format: 'zip' }): WeightsOnlyDecision {
  return new Restricted(bytes, setting).run();
}

class Restricted extends RestrictedState {
  run(): WeightsOnlyDecision {
    const { bytes } = this;
    if (this.runFrom(bytes, 0) === 'more') this.cut();
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

  /** The bytes end. `readline()[:-1]` takes the rest for a line, without its last byte: the name of a GLOBAL is looked up. */
  private cut(): void {
    this.touchedEnd = true;
    const { bytes, opcodeAt } = this;
    if (bytes[opcodeAt] === GLOBAL) {
      const from = opcodeAt + 1;
      const newline = bytes.indexOf(NEWLINE, from);
      const rest = (start: number): Uint8Array => bytes.subarray(start, Math.max(start, bytes.length - 1));
      const found =
        newline < 0
          ? this.global(rest(from), rest(bytes.length))
          : this.global(bytes.subarray(from, newline), rest(newline + 1));
      this.at = bytes.length;
      if (found === null) return;
    }
    this.fail('the pickle is cut off');
  }

  protected constant(value: boolean | null): Cell {
    return value === null ? NONE : value ? TRUE : FALSE;
  }

  protected int(value: number): Cell {
    return { kind: 'int', value };
  }

  protected long(bytes: Uint8Array, from: number, to: number): Cell {
    return { kind: 'int', value: longValue(bytes.subarray(from, to)) };
  }

  protected float(bytes: Uint8Array, from: number): Cell {
    return isZero(bytes, from) ? ZERO : NUMBER;
  }

  protected tuple(items: Cell[]): Cell {
    return items.length === 0 ? EMPTY_TUPLE : tupleOf(items);
  }

  protected list(items: Cell[]): Cell {
    const list = emptyList();
    addItems(list, items);
    return list;
  }

  protected dict(): Cell {
    return { kind: 'dict', filled: false };
  }

  protected override set(): Cell {
    return EMPTY_SET;
  }

  protected global(module: Uint8Array, name: Uint8Array): Cell | null {
    const [inModule, ofName] = [utf8(module), utf8(name)];
    if (inModule === null || ofName === null) return this.fail('a name is no UTF-8');
    const found = weightsOnlyName(inModule, ofName);
    const { path } = found;
    if (found.blocked) return this.refuse('GLOBAL', `nothing of the module ${found.module} is ever taken`, path);
    const needed = imported(path);
    if (needed !== null) return this.refuse('GLOBAL', `${path} is taken only where ${needed} is imported before`, path);
    const type = weightsOnlyKind(path);
    if (type === null && !this.listed.has(path)) {
      this.listed.add(path);
      const reason = `${path} is not on PyTorch's list`;
      this.refusals.push({ offset: this.opcodeAt, opcode: 'GLOBAL', global: path, reason, listable: true });
    }
    return { kind: 'global', of: path, type };
  }

  protected reduce(callee: Cell, args: Cell): Cell | null {
    if (callee.kind !== 'global') return this.refuse('REDUCE', 'a call of something that is no allowed global');
    const { of, type: kind } = callee;
    const items = this.arguments(args);
    if (this.failure !== null) return null;
    if (kind === null) return this.reduceListed(of, items ?? []);
    if (items !== null && !(this.spend(items) && this.accept(callProblem(of, items, this.spend)))) return null;
    const typeAt = TYPE_ARGUMENT[of];
    const type = typeAt === undefined ? undefined : items?.[typeAt];
    const [first] = items ?? [];
    // Its sizes are read before the storages are filled.
    if (of === 'torch._utils._rebuild_nested_tensor' && this.setting.format === 'legacy')
      return this.fail('PyTorch writes nested tensors to this format and cannot read them back');
    if (type?.kind === 'global') return { kind: 'instance', of: type.of };
    if (of === '_codecs.encode') return encoded(first);
    if (of === 'torch.serialization._get_layout') return { kind: 'layout' };
    if (of === 'builtins.set') return { kind: 'set', filled: first === undefined ? false : truth(first) };
    return kind === 'function' ? tensorOf(of, items ?? []) : instanceOf(callee, items ?? []);
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
  private reduceListed(of: string, items: readonly Cell[]): Cell | null {
    const [first] = items;
    const isClass = first?.kind === 'global';
    if (of === 'numpy.dtype' && first?.kind === 'text') {
      const own = dtypeClass(first.text);
      if (own === null) this.doubts.add(`the class of the dtype ${first.text}`);
      return own === null ? { kind: 'result', of } : { kind: 'instance', of: own };
    }
    if (of === 'numpy.dtype' && isClass && /^numpy\.(?:record|void)$/.test(first.of))
      return { kind: 'instance', of: 'numpy.dtypes.VoidDType' };
    if (isClass && /^numpy\.(?:_?core)\.multiarray\._reconstruct$/.test(of)) return { kind: 'instance', of: first.of };
    if (of === 'torch._C.Generator') return { kind: 'instance', of };
    if (of === 'copy_reg._reconstructor' || of === 'copyreg._reconstructor') {
      if (items.length !== 3) return this.fail(`${of} takes 3 arguments, not ${items.length}`);
      return isClass ? { kind: 'instance', of: first.of } : { kind: 'result', of };
    }
    return { kind: 'result', of };
  }

  protected newObject(type: Cell, args: Cell): Cell | null {
    if (type.kind !== 'global') return this.refuse('NEWOBJ', 'an instance of something that is no allowed class');
    const items = this.arguments(args);
    if (this.failure !== null || (items !== null && !(this.spend(items) && this.accept(newProblem(type.of, items)))))
      return null;
    return type.of === 'builtins.set' ? { kind: 'set', filled: false } : instanceOf(type, items ?? []);
  }

  protected build(target: Cell, state: Cell): Cell | null {
    if (target.kind === 'result') {
      // Of a class it is an instance; what a function gives does not show.
      this.doubts.add(
        `the class of what ${target.of} gives has to be listed as well, where ${target.of} is a function`,
      );
      return target;
    }
    const of = builtClass(target);
    if (of === null) return this.refuse('BUILD', `a state for ${describe(target)}, which takes none`);
    // Its state is a tensor, whose storage is filled behind the object.
    if (of === 'torch._C.Generator' && this.setting.format === 'legacy')
      return this.fail('PyTorch writes states of generators to this format and cannot read them back');
    if (this.listed.has(of)) return target;
    if (weightsOnlyKind(of) !== null) {
      if (!this.spend(state.kind === 'tuple' ? state.items : [])) return null;
      const problem = stateProblem(of, state);
      if (problem !== null && 'refused' in problem) return this.refuse('BUILD', problem.refused);
      return this.accept(problem) ? target : null;
    }
    // The class of a value that no name in the stream gives: numpy's dtypes.
    this.listed.add(of);
    const reason = `a state for an instance of ${of}, which is not on PyTorch's list`;
    this.refusals.push({ offset: this.opcodeAt, opcode: 'BUILD', global: of, reason, listable: true });
    return target;
  }

  protected append(target: Cell, item: Cell): boolean {
    return this.extend(target, [item]);
  }

  protected extend(target: Cell, items: Cell[]): boolean {
    if (target.kind === 'list') addItems(target, items);
    else this.refuse(this.opcodeName(), `items for ${describe(target)}: only a plain list takes any`);
    return target.kind === 'list';
  }

  protected setItems(target: Cell, items: Cell[]): boolean {
    if (target.kind !== 'dict' && !(target.kind === 'instance' && DICTS.has(target.of)))
      this.refuse(this.opcodeName(), `items for ${describe(target)}: only dict, OrderedDict and Counter take any`);
    else if (items.length % 2 === 1) this.fail('a key without a value');
    else if (items.some((item, i) => i % 2 === 0 && !isHashable(item)))
      this.fail('a key that is a list, a dict or a set');
    else {
      if (target.kind === 'dict' && items.length > 0) target.filled = true;
      return true;
    }
    return false;
  }

  protected persistent(id: Cell): Cell | null {
    if (this.setting.format === 'legacy-header') return this.refuse('BINPERSID', 'a persistent ID where none belongs');
    if (this.setting.format === 'tar') return PLAIN;
    if (id.kind === 'int') return this.fail('a persistent ID that is a number');
    if (id.kind !== 'tuple') return this.refuse('BINPERSID', `a persistent ID that is ${describe(id)}`);
    const [first] = id.items;
    if (first === undefined) return this.fail('an empty persistent ID');
    if ((first.kind !== 'text' && first.kind !== 'bytes') || first.text !== 'storage')
      return this.refuse('BINPERSID', 'a persistent ID of something that is no storage');
    const storage = this.storages.take(id.items);
    if ('kind' in storage) return storage;
    return this.accept(storage) ? { kind: 'storage', elements: null, type: '' } : null;
  }
}

/** The class whose state BUILD would set; null where PyTorch takes none. */
function builtClass(target: Cell): string | null {
  if (target.kind === 'set') return 'builtins.set';
  if (target.kind === 'storage') return 'torch.storage.TypedStorage';
  return target.kind === 'instance' ? target.of : null;
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

/** A double of eight bytes that is 0.0 or -0.0. */
function isZero(bytes: Uint8Array, from: number): boolean {
  if (((bytes[from] ?? 0) & 0x7f) !== 0) return false;
  for (let i = from + 1; i < from + 8; i += 1) if (bytes[i] !== 0) return false;
  return true;
}

function encoded(first: Cell | undefined): Cell {
  if (first?.kind !== 'text') return { kind: 'bytes', text: '', filled: null };
  return { kind: 'bytes', text: first.text, filled: truth(first) };
}
