import { latin1 } from '../bytes/read.js';
import { MAX_CELLS, MAX_TENSOR_DIMENSIONS, MAX_TENSOR_OPCODES } from '../model/limits.js';
import { opcodesOf } from '../pickle/opcodes.js';
import { ValueMachine } from '../pickle/value-machine.js';

/** What matters of a value for the names, types and shapes of tensors. Nothing is looked up or called. */
export type TensorValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'items'; readonly items: TensorValue[] }
  /** Keys and values by turns. */
  | { readonly kind: 'dict'; readonly entries: TensorValue[] }
  | { readonly kind: 'storage'; readonly type: string; readonly key: string }
  | TensorRecord
  /** Anything that was made by a call: what it was made of and what it was given. */
  | { readonly kind: 'object'; readonly parts: TensorValue[] }
  | { readonly kind: 'other' };

export interface TensorRecord {
  readonly kind: 'tensor';
  readonly storage: Extract<TensorValue, { kind: 'storage' }>;
  /** In elements. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** Where the call names it besides the storage. */
  readonly dtype: string | null;
}

const OTHER: TensorValue = { kind: 'other' };

const DIALECT = { opcodes: opcodesOf(), maxValues: MAX_CELLS, maxOpcodes: MAX_TENSOR_OPCODES };

/** What the first pickle in these bytes returns, null where it does not end or a limit is reached. */
export function tensorValues(bytes: Uint8Array): TensorValue | null {
  return new TensorMachine(DIALECT).run(bytes);
}

class TensorMachine extends ValueMachine<TensorValue> {
  run(bytes: Uint8Array): TensorValue | null {
    return this.runFrom(bytes, 0) === 'stopped' ? this.result : null;
  }

  protected fault(): null {
    return null;
  }

  protected constant(): TensorValue {
    return OTHER;
  }

  protected int(value: number): TensorValue {
    return { kind: 'int', value };
  }

  /** Sizes of tensors beyond 2^31 are written so. */
  protected long(bytes: Uint8Array, from: number, to: number): TensorValue {
    if (to - from > 8) return OTHER;
    let value = 0;
    for (let at = to - 1; at >= from; at -= 1) value = value * 256 + (bytes[at] ?? 0);
    const isNegative = to > from && (bytes[to - 1] ?? 0) >= 0x80;
    return isNegative ? OTHER : { kind: 'int', value };
  }

  protected float(): TensorValue {
    return OTHER;
  }

  protected text(bytes: Uint8Array, from: number, to: number): TensorValue {
    return { kind: 'text', text: decoded(bytes.subarray(from, to)) };
  }

  protected override oldText(bytes: Uint8Array, from: number, to: number): TensorValue {
    return { kind: 'text', text: latin1(bytes, from, to) };
  }

  protected override byteString(): TensorValue {
    return OTHER;
  }

  protected override byteArray(): TensorValue {
    return OTHER;
  }

  protected tuple(items: TensorValue[]): TensorValue {
    return { kind: 'items', items };
  }

  protected list(items: TensorValue[]): TensorValue {
    return { kind: 'items', items };
  }

  protected dict(): TensorValue {
    return { kind: 'dict', entries: [] };
  }

  protected override set(): TensorValue {
    return { kind: 'items', items: [] };
  }

  protected override frozenset(items: TensorValue[]): TensorValue {
    return { kind: 'items', items };
  }

  protected append(target: TensorValue, item: TensorValue): boolean {
    return this.extend(target, [item]);
  }

  protected extend(target: TensorValue, items: TensorValue[]): boolean {
    if (target.kind === 'items') for (const item of items) target.items.push(item);
    else if (target.kind === 'object') for (const item of items) target.parts.push(item);
    return true;
  }

  protected setItems(target: TensorValue, items: TensorValue[]): boolean {
    if (target.kind === 'dict') for (const item of items) target.entries.push(item);
    // An OrderedDict is made by a call, and filled like a dict.
    else if (target.kind === 'object') target.parts.push({ kind: 'dict', entries: items });
    return true;
  }

  protected override addItems(target: TensorValue, items: TensorValue[]): boolean {
    return this.extend(target, items);
  }

  protected global(module: Uint8Array, name: Uint8Array): TensorValue {
    return { kind: 'global', name: `${decoded(module)}.${decoded(name)}` };
  }

  protected override stackGlobal(module: TensorValue, name: TensorValue): TensorValue {
    const known = module.kind === 'text' && name.kind === 'text';
    return known ? { kind: 'global', name: `${module.text}.${name.text}` } : OTHER;
  }

  protected override extension(): TensorValue {
    return OTHER;
  }

  protected reduce(callee: TensorValue, args: TensorValue): TensorValue {
    const items = args.kind === 'items' ? args.items : [];
    if (callee.kind === 'global' && callee.name.startsWith('torch.')) {
      const made = tensorOf(callee.name, items);
      if (made !== null) return made;
    }
    // As it is: many calls may share one tuple.
    return { kind: 'object', parts: [args] };
  }

  protected newObject(_type: TensorValue, args: TensorValue): TensorValue {
    return { kind: 'object', parts: [args] };
  }

  protected override newObjectEx(type: TensorValue, args: TensorValue): TensorValue {
    return this.newObject(type, args);
  }

  protected override instantiate(items: TensorValue[]): TensorValue {
    return { kind: 'object', parts: items.slice(1) };
  }

  protected build(target: TensorValue, state: TensorValue): TensorValue {
    if (target.kind === 'object') target.parts.push(state);
    return target;
  }

  /** ("storage", class, key, location, elements) */
  protected persistent(id: TensorValue): TensorValue {
    if (id.kind !== 'items') return OTHER;
    const [what, type, key] = id.items;
    const isStorage =
      what?.kind === 'text' && what.text === 'storage' && type?.kind === 'global' && key?.kind === 'text';
    return isStorage ? { kind: 'storage', type: type.name, key: key.text } : OTHER;
  }

  protected override persistentLine(): TensorValue {
    return OTHER;
  }

  protected override buffer(): TensorValue {
    return OTHER;
  }

  protected override readOnly(): TensorValue {
    return OTHER;
  }
}

/** What the functions of torch/_utils.py make of such arguments, where that is a tensor. */
function tensorOf(callee: string, args: readonly TensorValue[]): TensorValue | null {
  const [first, offset, size] = args;
  if (/^torch\._utils\._rebuild_(?:parameter|parameter_with_state)$/.test(callee))
    return first?.kind === 'tensor' ? first : null;
  if (!/^torch\._utils\._rebuild_(?:tensor|tensor_v2|tensor_v3|qtensor)$/.test(callee)) return null;
  if (first?.kind !== 'storage' || offset?.kind !== 'int' || size?.kind !== 'items') return null;
  if (size.items.length > MAX_TENSOR_DIMENSIONS) return null;
  const shape = size.items.map((item) => (item.kind === 'int' ? item.value : -1));
  if (shape.includes(-1)) return null;
  const named = callee.endsWith('_v3') ? args[6] : undefined;
  const dtype = named?.kind === 'global' ? named.name.slice(named.name.lastIndexOf('.') + 1) : null;
  return { kind: 'tensor', storage: first, offset: offset.value, shape, dtype };
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
