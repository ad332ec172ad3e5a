import { latin1 } from '../../bytes/read.js';
import { weightsOnlyKind, weightsOnlyName } from '../../catalogue/weights-only.js';
import { opcode } from '../pickle/opcodes.js';
import type { TorchRefusal } from '../../model/fact.js';
import { elementSize } from '../pickle/torch-sizes.js';
import { argumentProblem } from './call-arguments.js';
import { isUtf8, longValue, utf8 } from './decoding.js';
import { imported } from './late-names.js';
import { dtypeClass } from './numpy-dtype.js';

/**
 * The decision of PyTorch's restricted unpickler (torch/_weights_only_unpickler.py, `Unpickler.load`) on one pickle, over
 * values that are known by their types only. It stops where PyTorch stops, and goes on behind a refused name as if that
 * name were on the list of `add_safe_globals`, for what else the pickle would need.
 */

export type Refusal = Omit<TorchRefusal, 'path'>;

export interface WeightsOnlyDecision {
  /** `refused`: an UnpicklingError. `fails`: any loader fails. `unknown`: a call's result is of a type that is not known. */
  readonly outcome: 'loads' | 'refused' | 'fails' | 'unknown';
  /** In the order of the stream; with the names taken as listed. */
  readonly refusals: readonly Refusal[];
  /** Names that have to be listed, each once. Empty where no list helps. */
  readonly needs: readonly string[];
  /** Set where a listed name cannot be told to be enough: PyTorch looks at types that a stream does not show. */
  readonly doubts: readonly string[];
  /** Why any loader would fail, or null. */
  readonly failure: string | null;
  /** It asked for bytes behind the given ones. */
  readonly touchedEnd: boolean;
  /** Behind the last opcode that was read. */
  readonly end: number;
  /** The number that the pickle holds, as a text, where it holds nothing else. */
  readonly number: string | null;
  /** The texts that the pickle holds, where it is a list of nothing else. */
  readonly texts: readonly string[] | null;
  /** The storages that it names, by key. */
  readonly storages: ReadonlyMap<string, StoredElements>;
}

export interface StoredElements {
  readonly elements: number;
  readonly bytes: number;
}

/** What a pickle stands in. */
export interface PickleSetting {
  /**
   * `legacy`: the object of the format before PyTorch 1.6. `legacy-header`: the pickles around it, which have no persistent
   * IDs. `tar`: the oldest one, of which only what is named counts.
   */
  readonly format: 'zip' | 'legacy' | 'legacy-header' | 'tar';
  /** Bytes of a record of the archive by the key of its storage; null where there is none. */
  readonly storageBytes?: (key: string) => number | null;
}

/** What the unpickler can tell apart. `of` is the full name of a global, a class or an instance's class. */
type Cell =
  | { readonly kind: 'plain' | 'none' | 'set' | 'mark' | 'storage' }
  /** `texts`: the texts in it, while there is nothing else. */
  | { readonly kind: 'list'; texts: string[] | null }
  | { readonly kind: 'dict'; filled: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tuple'; readonly items: readonly Cell[] }
  | { readonly kind: 'global'; readonly of: string }
  | { readonly kind: 'instance'; readonly of: string }
  /** The result of a function that would have to be listed. */
  | { readonly kind: 'result'; readonly of: string };

const PLAIN: Cell = { kind: 'plain' };
const MARK: Cell = { kind: 'mark' };

/** Opcodes of PyTorch's subset that only push something, with what they push. */
const PUSHES: Readonly<Record<string, Cell>> = {
  NONE: { kind: 'none' },
  NEWTRUE: PLAIN,
  NEWFALSE: PLAIN,
  BINFLOAT: PLAIN,
  EMPTY_TUPLE: { kind: 'tuple', items: [] },
  EMPTY_SET: { kind: 'set' },
};

/** Results of the functions in the table, by the type that BUILD looks at. */
const RESULTS: Readonly<Record<string, string>> = {
  'torch._utils._rebuild_parameter': 'torch.nn.parameter.Parameter',
  'torch._utils._rebuild_parameter_with_state': 'torch.nn.parameter.Parameter',
};
/** Functions that give an instance of a class among their arguments, and where it stands. */
const TYPE_ARGUMENT: Readonly<Record<string, number>> = {
  'torch._tensor._rebuild_from_type_v2': 1,
  'torch._utils._rebuild_wrapper_subclass': 0,
};
/** Classes of the table without attributes. */
const STATELESS = new Set(['torch.Size', 'torch.device', 'builtins.bytearray', 'builtins.complex']);
const DICTS = new Set(['collections.OrderedDict', 'collections.Counter']);

/** Values on the stack at the same time, and in the memo (CWE-770): a checkpoint of 100,000 tensors has 2 million. */
const MAX_CELLS = 8_000_000;

/** `bytes` begins with the pickle; what follows its STOP is never read. */
export function decideWeightsOnly(bytes: Uint8Array, setting: PickleSetting = { format: 'zip' }): WeightsOnlyDecision {
  return new Restricted(bytes, setting).run();
}

class Restricted {
  readonly #bytes: Uint8Array;
  readonly #setting: PickleSetting;
  readonly #view: DataView;
  #at = 0;
  readonly #stack: Cell[] = [];
  readonly #memo = new Map<number, Cell>();
  readonly #refusals: Refusal[] = [];
  readonly #listed = new Set<string>();
  readonly #storages = new Map<string, StoredElements>();
  readonly #doubts = new Set<string>();
  #failure: string | null = null;
  #stopped = false;
  #touchedEnd = false;
  #result: Cell | null = null;
  /** Nothing behind a refusal that no list lifts matters to PyTorch. */
  #ended = false;

  constructor(bytes: Uint8Array, setting: PickleSetting) {
    this.#bytes = bytes;
    this.#setting = setting;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): WeightsOnlyDecision {
    while (!this.#stopped && !this.#ended && this.#failure === null) this.#step();
    const refused = this.#refusals.length > 0;
    const hopeless = this.#refusals.some(({ listable }) => !listable);
    return {
      outcome: refused ? 'refused' : this.#failure !== null ? 'fails' : this.#doubts.size > 0 ? 'unknown' : 'loads',
      refusals: this.#refusals,
      needs: hopeless ? [] : [...this.#listed],
      doubts: [...this.#doubts],
      failure: this.#failure,
      touchedEnd: this.#touchedEnd,
      end: this.#at,
      number: this.#result?.kind === 'int' ? String(this.#result.value) : null,
      texts: this.#result?.kind === 'list' ? this.#result.texts : null,
      storages: this.#storages,
    };
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
  }

  /** What stands behind is not looked at. */
  #giveUp(reason: string): void {
    this.#doubts.add(reason);
    this.#ended = true;
  }

  #refuse(offset: number, name: string, reason: string, global: string | null = null): void {
    this.#refusals.push({ offset, opcode: name, global, reason, listable: false });
    this.#ended = true;
  }

  #pop(): Cell {
    const cell = this.#stack.pop();
    if (cell === undefined || cell.kind === 'mark') {
      if (cell !== undefined) this.#stack.push(cell);
      this.#fail('the stack is empty');
      return PLAIN;
    }
    return cell;
  }

  #top(): Cell {
    const cell = this.#stack.at(-1);
    if (cell !== undefined && cell.kind !== 'mark') return cell;
    this.#fail('the stack is empty');
    return PLAIN;
  }

  /** Replaces the topmost value. */
  #put(cell: Cell): void {
    this.#stack[this.#stack.length - 1] = cell;
  }

  #popMark(): Cell[] {
    let at = this.#stack.length - 1;
    while (at >= 0 && this.#stack[at]?.kind !== 'mark') at -= 1;
    if (at < 0) {
      this.#fail('there is no mark');
      return [];
    }
    return this.#stack.splice(at).slice(1);
  }

  #take(length: number): Uint8Array {
    const from = this.#at;
    if (from + length > this.#bytes.length) {
      this.#touchedEnd = true;
      this.#fail('the pickle is cut off');
      return new Uint8Array(0);
    }
    this.#at += length;
    return this.#bytes.subarray(from, from + length);
  }

  #number(length: 1 | 2 | 4): number {
    const from = this.#at;
    if (this.#take(length).length < length) return 0;
    if (length === 2) return this.#view.getUint16(from, true);
    return length === 1 ? this.#view.getUint8(from) : this.#view.getUint32(from, true);
  }

  /** A line without its last byte, as `readline()[:-1]`. */
  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) this.#touchedEnd = true;
    const to = end < 0 ? this.#bytes.length : end + 1;
    const line = this.#bytes.subarray(this.#at, Math.max(this.#at, to - 1));
    this.#at = to;
    return utf8(line) ?? (this.#fail('a name is no UTF-8'), latin1(line));
  }

  #step(): void {
    const offset = this.#at;
    const code = this.#bytes[offset];
    if (code === undefined) {
      this.#touchedEnd = true;
      return this.#fail('the pickle is cut off');
    }
    if (this.#stack.length > MAX_CELLS || this.#memo.size > MAX_CELLS)
      return this.#giveUp(`it holds more than ${MAX_CELLS} values`);
    this.#at += 1;
    const name = opcode(code)?.name ?? `0x${code.toString(16)}`;
    const pushed = PUSHES[name];
    if (pushed !== undefined) {
      if (name === 'BINFLOAT') this.#take(8);
      this.#stack.push(pushed);
      return;
    }
    switch (name) {
      case 'EMPTY_LIST':
        this.#stack.push({ kind: 'list', texts: [] });
        return;
      case 'EMPTY_DICT':
        this.#stack.push({ kind: 'dict', filled: false });
        return;
      case 'BININT':
        this.#stack.push({ kind: 'int', value: this.#number(4) | 0 });
        return;
      case 'BININT1':
        this.#stack.push({ kind: 'int', value: this.#number(1) });
        return;
      case 'BININT2':
        this.#stack.push({ kind: 'int', value: this.#number(2) });
        return;
      case 'LONG1':
        this.#stack.push({ kind: 'int', value: longValue(this.#take(this.#number(1))) });
        return;
      case 'PROTO':
        this.#take(1);
        return;
      case 'STOP':
        this.#result = this.#pop();
        this.#stopped = true;
        return;
      case 'MARK':
        this.#stack.push(MARK);
        return;
      case 'GLOBAL':
        return this.#global(offset);
      case 'REDUCE':
        return this.#reduce(offset);
      case 'NEWOBJ':
        return this.#newObject(offset);
      case 'BUILD':
        return this.#build(offset);
      case 'BINPERSID':
        return this.#persistent(offset);
      case 'APPEND':
      case 'APPENDS':
        return this.#append(offset, name);
      case 'SETITEM':
      case 'SETITEMS':
        return this.#setItems(offset, name);
      case 'BINUNICODE': {
        const bytes = this.#take(this.#number(4));
        if (!isUtf8(bytes, true)) return this.#fail('a text is no UTF-8');
        // Only keys, devices and layouts are looked at, and these are short.
        this.#stack.push({ kind: 'text', text: bytes.length > 40 ? '' : latin1(bytes) });
        return;
      }
      case 'SHORT_BINSTRING':
        return this.#shortString(this.#take(this.#number(1)));
      default:
        return this.#rest(offset, name);
    }
  }

  #shortString(bytes: Uint8Array): void {
    if (!isUtf8(bytes, false)) return this.#fail('a text is no UTF-8');
    this.#stack.push({ kind: 'text', text: latin1(bytes) });
  }

  #rest(offset: number, name: string): void {
    switch (name) {
      case 'TUPLE':
        this.#stack.push({ kind: 'tuple', items: this.#popMark() });
        return;
      case 'TUPLE1':
      case 'TUPLE2':
      case 'TUPLE3': {
        const items: Cell[] = [];
        for (let i = Number(name.slice(-1)); i > 0; i -= 1) items.unshift(this.#pop());
        this.#stack.push({ kind: 'tuple', items });
        return;
      }
      case 'BINGET':
      case 'LONG_BINGET': {
        const cell = this.#memo.get(this.#number(name === 'BINGET' ? 1 : 4));
        if (cell === undefined) this.#fail('a memo slot is read that was never written');
        else this.#stack.push(cell);
        return;
      }
      case 'BINPUT':
      case 'LONG_BINPUT':
        this.#memo.set(this.#number(name === 'BINPUT' ? 1 : 4), this.#top());
        return;
      default:
        this.#refuse(offset, name, `PyTorch's restricted unpickler has no opcode ${name}`);
    }
  }

  #global(offset: number): void {
    const written = this.#line();
    const { path, module, blocked } = weightsOnlyName(written, this.#line());
    if (this.#failure !== null) return;
    if (blocked) return this.#refuse(offset, 'GLOBAL', `nothing of the module ${module} is ever taken`, path);
    const needed = imported(path);
    if (needed !== null)
      return this.#refuse(offset, 'GLOBAL', `${path} is taken only where ${needed} is imported before`, path);
    if (weightsOnlyKind(path) === null && !this.#listed.has(path)) {
      this.#listed.add(path);
      const reason = `${path} is not on PyTorch's list`;
      this.#refusals.push({ offset, opcode: 'GLOBAL', global: path, reason, listable: true });
    }
    this.#stack.push({ kind: 'global', of: path });
  }

  #reduce(offset: number): void {
    const args = this.#pop();
    const callee = this.#top();
    if (this.#failure !== null) return;
    if (callee.kind !== 'global')
      return this.#refuse(offset, 'REDUCE', 'a call of something that is no allowed global');
    const { of } = callee;
    const items = args.kind === 'tuple' ? args.items : null;
    const kind = weightsOnlyKind(of);
    if (kind === 'value') return this.#fail(`${of} cannot be called`);
    if (args.kind === 'int' || args.kind === 'plain' || args.kind === 'none')
      return this.#fail('arguments that are no tuple');
    const problem = items === null || kind === null ? null : argumentProblem(of, items);
    if (problem !== null) return this.#fail(problem);
    if (kind === null) return this.#reduceListed(of, items ?? []);
    const typeAt = TYPE_ARGUMENT[of];
    const type = typeAt === undefined ? undefined : items?.[typeAt];
    // Its sizes are read before the storages are filled.
    if (of === 'torch._utils._rebuild_nested_tensor' && this.#setting.format === 'legacy')
      return this.#fail('PyTorch writes nested tensors to this format and cannot read them back');
    if (type?.kind === 'global') this.#put({ kind: 'instance', of: type.of });
    else if (of === '_codecs.encode' || of === 'torch.serialization._get_layout') this.#put(PLAIN);
    else if (of === 'builtins.set') this.#put({ kind: 'set' });
    else if (kind === 'class') this.#put({ kind: 'instance', of });
    else if (kind === 'storage') this.#put({ kind: 'storage' });
    else this.#put({ kind: 'instance', of: RESULTS[of] ?? 'torch.Tensor' });
  }

  /** A function or class that would be listed: numpy's are known, of others the result has the type of the class. */
  #reduceListed(of: string, items: readonly Cell[]): void {
    const [first] = items;
    if (of === 'numpy.dtype' && first?.kind === 'text') {
      const own = dtypeClass(first.text);
      if (own === null) this.#doubts.add(`the class of the dtype ${first.text}`);
      this.#put(own === null ? { kind: 'result', of } : { kind: 'instance', of: own });
    } else if (/^numpy\.(?:_?core)\.multiarray\._reconstruct$/.test(of) && first?.kind === 'global') {
      this.#put({ kind: 'instance', of: first.of });
    } else if (of === 'copy_reg._reconstructor' || of === 'copyreg._reconstructor') {
      if (items.length !== 3) return this.#fail(`${of} takes 3 arguments, not ${items.length}`);
      this.#put(first?.kind === 'global' ? { kind: 'instance', of: first.of } : { kind: 'result', of });
    } else {
      this.#put({ kind: 'result', of });
    }
  }

  #newObject(offset: number): void {
    const args = this.#pop();
    const type = this.#pop();
    if (this.#failure !== null) return;
    if (type.kind !== 'global')
      return this.#refuse(offset, 'NEWOBJ', 'an instance of something that is no allowed class');
    const kind = weightsOnlyKind(type.of);
    if (kind === 'function' || kind === 'value') return this.#fail(`${type.of} is no class`);
    if (args.kind === 'int' || args.kind === 'plain' || args.kind === 'none')
      return this.#fail('arguments that are no tuple');
    this.#stack.push(type.of === 'builtins.set' ? { kind: 'set' } : { kind: 'instance', of: type.of });
  }

  #build(offset: number): void {
    const state = this.#pop();
    const target = this.#top();
    if (this.#failure !== null) return;
    if (target.kind === 'result') {
      // Of a class it is an instance; what a function gives does not show.
      this.#doubts.add(
        `the class of what ${target.of} gives has to be listed as well, where ${target.of} is a function`,
      );
      return;
    }
    const isEmpty = state.kind === 'none' || (state.kind === 'dict' && !state.filled);
    if (target.kind === 'set' || (target.kind === 'instance' && STATELESS.has(target.of)))
      return isEmpty ? undefined : this.#fail(`${describe(target)} takes no state`);
    if (target.kind !== 'instance')
      return this.#refuse(offset, 'BUILD', `a state for ${describe(target)}, which takes none`);
    const { of } = target;
    if (weightsOnlyKind(of) === 'tensor' || weightsOnlyKind(of) === 'class' || this.#listed.has(of)) return;
    if (weightsOnlyKind(of) !== null) return this.#refuse(offset, 'BUILD', `a state for an instance of ${of}`);
    // The class of a value that no name in the stream gives: numpy's dtypes.
    this.#listed.add(of);
    const reason = `a state for an instance of ${of}, which is not on PyTorch's list`;
    this.#refusals.push({ offset, opcode: 'BUILD', global: of, reason, listable: true });
  }

  #append(offset: number, name: string): void {
    const items = name === 'APPEND' ? [this.#pop()] : this.#popMark();
    const target = this.#top();
    if (this.#failure === null && target.kind !== 'list')
      this.#refuse(offset, name, `items for ${describe(target)}: only a plain list takes any`);
    else if (target.kind === 'list') addTexts(target, items);
  }

  #setItems(offset: number, name: string): void {
    const items = name === 'SETITEM' ? [this.#pop(), this.#pop()].toReversed() : this.#popMark();
    const target = this.#top();
    if (this.#failure !== null) return;
    if (target.kind === 'dict' || (target.kind === 'instance' && DICTS.has(target.of))) {
      if (items.length % 2 === 1) return this.#fail('a key without a value');
      if (items.some((item, i) => i % 2 === 0 && isUnhashable(item)))
        return this.#fail('a key that is a list or a dict');
      if (target.kind === 'dict' && items.length > 0) target.filled = true;
      return;
    }
    this.#refuse(offset, name, `items for ${describe(target)}: only dict, OrderedDict and Counter take any`);
  }

  #persistent(offset: number): void {
    const id = this.#pop();
    if (this.#failure !== null) return;
    if (this.#setting.format === 'legacy-header')
      return this.#refuse(offset, 'BINPERSID', 'a persistent ID where none belongs');
    if (this.#setting.format === 'tar') {
      this.#stack.push(PLAIN);
      return;
    }
    if (id.kind === 'int') return this.#fail('a persistent ID that is a number');
    if (id.kind !== 'tuple') return this.#refuse(offset, 'BINPERSID', `a persistent ID that is ${describe(id)}`);
    const [first] = id.items;
    if (first === undefined) return this.#fail('an empty persistent ID');
    if (first.kind !== 'text' || first.text !== 'storage')
      return this.#refuse(offset, 'BINPERSID', 'a persistent ID of something that is no storage');
    const problem = this.#storageProblem(id.items);
    if (problem !== null) return this.#fail(problem);
    this.#stack.push({ kind: 'storage' });
  }

  /** What `persistent_load` of torch/serialization.py fails on: ("storage", class, key, location, elements), and a view. */
  #storageProblem(id: readonly Cell[]): string | null {
    const { format, storageBytes } = this.#setting;
    const [, type, key, , elements] = id;
    const parts = format === 'legacy' ? 6 : 5;
    if (id.length !== parts) return `a persistent ID of ${id.length} parts in the place of ${parts}`;
    if (type?.kind !== 'global' || elements?.kind !== 'int') return 'a persistent ID that is no storage record';
    const untyped = type.of === 'torch.storage.UntypedStorage';
    // `_legacy_load` asks the class for its dtype: newer dtypes are written there and cannot be read back.
    if (untyped && format === 'legacy')
      return 'PyTorch writes storages without a type to this format and cannot read them back';
    if (key?.kind !== 'text' || key.text === '') return null;
    const count = Number(elements.value);
    const wanted = count * (untyped ? 1 : (elementSize(type.of) ?? 0));
    this.#storages.set(key.text, { elements: count, bytes: wanted });
    if (storageBytes === undefined) return null;
    const size = storageBytes(key.text);
    if (size === null) return `the record data/${key.text} of a tensor is missing`;
    return wanted > 0 && size !== wanted ? `the record data/${key.text} holds ${size} bytes, not ${wanted}` : null;
  }
}

function addTexts(list: Cell & { readonly kind: 'list' }, items: readonly Cell[]): void {
  for (const item of items) {
    if (item.kind === 'text') list.texts?.push(item.text);
    else list.texts = null;
  }
}

function isUnhashable({ kind }: Cell): boolean {
  return kind === 'list' || kind === 'dict' || kind === 'set';
}

function describe(cell: Cell): string {
  if (cell.kind === 'global') return `${cell.of} itself`;
  if (cell.kind === 'instance') return `an instance of ${cell.of}`;
  if (cell.kind === 'result') return `what ${cell.of} gives`;
  if (cell.kind === 'plain') return 'a plain value';
  if (cell.kind === 'text') return 'a text';
  return cell.kind === 'int' ? 'a number' : `a ${cell.kind}`;
}
