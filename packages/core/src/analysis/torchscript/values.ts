import { InputError } from '../../model/errors.js';
import { MAX_SCRIPT_OPCODES } from '../../model/limits.js';

/**
 * Reads the pickles that PyTorch's C++ pickler writes (torch/csrc/jit/serialization/pickler.cpp): values only, nothing is
 * looked up or called. What its reader does not know, this one does not either.
 */
export type ScriptValue =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number }
  | { readonly kind: 'items'; readonly items: ScriptValue[] }
  | { readonly kind: 'global'; readonly name: string; readonly offset: number }
  | { readonly kind: 'other' };

const OTHER: ScriptValue = { kind: 'other' };

/** Opcodes without an argument that push something of no interest, and those that push or pop nothing. */
const PUSHED = new Set([0x4e, 0x88, 0x89]);
/** Bytes of the arguments of opcodes that push a number or address the memo. */
const NUMBERS: ReadonlyMap<number, number> = new Map([
  [0x4a, 4],
  [0x4b, 1],
  [0x4d, 2],
  [0x47, 8],
]);

export function readScriptPickle(bytes: Uint8Array): ScriptValue {
  return new ScriptReader(bytes).run();
}

class ScriptReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #stack: ScriptValue[] = [];
  readonly #marks: ScriptValue[][] = [];
  readonly #memo = new Map<number, ScriptValue>();
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): ScriptValue {
    for (;;) {
      const offset = this.#at;
      const code = this.#number(1);
      if (code === 0x2e) return this.#pop();
      if ((this.#count += 1) > MAX_SCRIPT_OPCODES)
        throw new InputError(`more than ${MAX_SCRIPT_OPCODES} opcodes`, offset);
      this.#step(code, offset);
    }
  }

  #step(code: number, offset: number): void {
    const length = NUMBERS.get(code);
    if (length !== undefined) this.#skip(length);
    if (length !== undefined || PUSHED.has(code)) {
      this.#stack.push(OTHER);
      return;
    }
    switch (code) {
      case 0x80: // PROTO
        return this.#skip(1);
      case 0x28: // MARK
        this.#marks.push(this.#stack);
        this.#stack = [];
        return;
      case 0x58: // BINUNICODE
        this.#stack.push({ kind: 'text', text: this.#text(this.#number(4)), offset });
        return;
      case 0x54: // BINSTRING
      case 0x8a: // LONG1
      case 0x42: // BINBYTES
        this.#skip(this.#number(code === 0x8a ? 1 : 4));
        this.#stack.push(OTHER);
        return;
      case 0x63: {
        // GLOBAL
        const name = `${this.#line()}.${this.#line()}`;
        this.#stack.push({ kind: 'global', name, offset });
        return;
      }
      case 0x29: // EMPTY_TUPLE
      case 0x5d: // EMPTY_LIST
      case 0x7d: // EMPTY_DICT
        this.#stack.push({ kind: 'items', items: [] });
        return;
      case 0x74: // TUPLE
        return this.#tuple(this.#popMark());
      case 0x85: // TUPLE1 to TUPLE3
      case 0x86:
      case 0x87:
        return this.#tuple(this.#stack.splice(-(code - 0x84)));
      case 0x61: // APPEND
        return this.#extend([this.#pop()]);
      case 0x65: // APPENDS
      case 0x75: // SETITEMS
        return this.#extend(this.#popMark());
      case 0x73: // SETITEM
        return this.#extend(this.#stack.splice(-2));
      default:
        return this.#rest(code, offset);
    }
  }

  #rest(code: number, offset: number): void {
    switch (code) {
      case 0x71: // BINPUT
      case 0x72: // LONG_BINPUT
        this.#memo.set(this.#number(code === 0x71 ? 1 : 4), this.#stack.at(-1) ?? OTHER);
        return;
      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        this.#stack.push(this.#memo.get(this.#number(code === 0x68 ? 1 : 4)) ?? OTHER);
        return;
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
      case 0x62: {
        // BUILD: the parts stay reachable, for there may be names in them.
        const argument = this.#pop();
        const on = this.#pop();
        this.#stack.push({ kind: 'items', items: [on, argument] });
        return;
      }
      case 0x51: // BINPERSID
        this.#pop();
        this.#stack.push(OTHER);
        return;
      case 0x30: // POP
        this.#pop();
        return;
      default:
        throw new InputError(`the opcode 0x${code.toString(16)}, which PyTorch's reader does not know`, offset);
    }
  }

  #tuple(items: ScriptValue[]): void {
    this.#stack.push({ kind: 'items', items });
  }

  #extend(items: readonly ScriptValue[]): void {
    const target = this.#stack.at(-1);
    if (target?.kind === 'items') for (const item of items) target.items.push(item);
  }

  #pop(): ScriptValue {
    const value = this.#stack.pop();
    if (value === undefined) throw new InputError('a value is expected on the stack', this.#at);
    return value;
  }

  #popMark(): ScriptValue[] {
    const items = this.#stack;
    const below = this.#marks.pop();
    if (below === undefined) throw new InputError('a mark is expected on the stack', this.#at);
    this.#stack = below;
    return items;
  }

  #skip(length: number): void {
    if (this.#at + length > this.#bytes.length)
      throw new InputError('truncated: the pickle is cut', this.#bytes.length);
    this.#at += length;
  }

  #number(length: 1 | 4): number {
    const from = this.#at;
    this.#skip(length);
    return length === 1 ? this.#view.getUint8(from) : this.#view.getUint32(from, true);
  }

  #text(length: number): string {
    const from = this.#at;
    this.#skip(length);
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(from, this.#at));
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0) throw new InputError('truncated: a line is cut', this.#bytes.length);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }
}
