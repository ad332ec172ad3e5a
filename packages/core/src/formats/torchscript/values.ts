import { u32 } from '../../bytes/read.js';
import { InputError } from '../../model/errors.js';
import { MAX_SCRIPT_OPCODES } from '../../model/limits.js';
import { Decoder } from '../../pickle/decode.js';

/**
 * Reads the pickles that PyTorch's C++ pickler writes (torch/csrc/jit/serialization/pickler.cpp): values only, nothing is
 * looked up or called. What its reader does not know, this one does not either.
 */
export type ScriptValue =
  | { readonly kind: 'text'; readonly text: string; readonly offset: number }
  | { readonly kind: 'items'; readonly items: ScriptValue[] }
  | { readonly kind: 'global'; readonly name: string; readonly offset: number }
  | { readonly kind: 'other' };

const STOP = 0x2e;

const OTHER: ScriptValue = { kind: 'other' };

/** Opcodes that push something of no interest. */
const PUSHED = new Set([
  0x4e, // NONE
  0x88, // NEWTRUE
  0x89, // NEWFALSE
  0x4a, // BININT
  0x4b, // BININT1
  0x4d, // BININT2
  0x47, // BINFLOAT
  0x54, // BINSTRING
  0x8a, // LONG1
  0x42, // BINBYTES
]);

export function readScriptPickle(bytes: Uint8Array): ScriptValue {
  return new ScriptReader(bytes).run();
}

class ScriptReader {
  readonly #bytes: Uint8Array;
  readonly #header = new Decoder();
  #at = 0;
  #stack: ScriptValue[] = [];
  readonly #marks: ScriptValue[][] = [];
  readonly #memo = new Map<number, ScriptValue>();
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(): ScriptValue {
    for (;;) {
      const offset = this.#at;
      const code = this.#bytes[offset];
      if (code === undefined) throw new InputError('truncated: the pickle is cut', offset, 'truncated');
      if (code === STOP) return this.#pop();
      if ((this.#count += 1) > MAX_SCRIPT_OPCODES)
        throw new InputError(`more than ${MAX_SCRIPT_OPCODES} opcodes`, offset);
      const { next } = this.#read(offset);
      this.#step(code, offset);
      this.#at = next;
    }
  }

  #step(code: number, offset: number): void {
    if (PUSHED.has(code)) {
      this.#stack.push(OTHER);
      return;
    }
    switch (code) {
      case 0x80: // PROTO
        return;
      case 0x28: // MARK
        this.#marks.push(this.#stack);
        this.#stack = [];
        return;
      case 0x58: // BINUNICODE
        this.#stack.push({ kind: 'text', text: this.#text(this.#header.from, this.#header.to), offset });
        return;
      case 0x63: {
        // GLOBAL
        const { from, to, secondFrom, secondTo } = this.#header;
        const name = `${this.#text(from, to)}.${this.#text(secondFrom, secondTo)}`;
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
        this.#memo.set(this.#slot(code === 0x71), this.#stack.at(-1) ?? OTHER);
        return;
      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        this.#stack.push(this.#memo.get(this.#slot(code === 0x68)) ?? OTHER);
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

  #read(offset: number): Decoder {
    const header = this.#header;
    if (!header.decode(this.#bytes, offset) || header.next > this.#bytes.length)
      throw new InputError('truncated: the pickle is cut', this.#bytes.length, 'truncated');
    return header;
  }

  #slot(isShort: boolean): number {
    const { from } = this.#header;
    return isShort ? (this.#bytes[from] ?? 0) : u32(this.#bytes, from);
  }

  #text(from: number, to: number): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes.subarray(from, to));
  }
}
