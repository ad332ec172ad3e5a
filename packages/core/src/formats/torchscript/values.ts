import { InputError } from '../../model/errors.js';
import { MAX_SCRIPT_OPCODES } from '../../model/limits.js';
import { opcodesOf } from '../../pickle/opcodes.js';
import { ValueMachine } from '../../pickle/value-machine.js';
import type { Fault } from '../../pickle/value-stack.js';

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

const DIALECT = {
  opcodes: opcodesOf(
    'PROTO MARK STOP NONE NEWTRUE NEWFALSE BININT BININT1 BININT2 BINFLOAT BINSTRING LONG1 BINBYTES BINUNICODE GLOBAL EMPTY_TUPLE EMPTY_LIST EMPTY_DICT TUPLE TUPLE1 TUPLE2 TUPLE3 APPEND APPENDS SETITEM SETITEMS BINPUT LONG_BINPUT BINGET LONG_BINGET REDUCE NEWOBJ BUILD BINPERSID POP',
  ),
  maxValues: Infinity,
  maxOpcodes: MAX_SCRIPT_OPCODES,
};

/** Throws InputError where PyTorch's reader stops, and for the limit. */
export function readScriptPickle(bytes: Uint8Array): ScriptValue {
  return new ScriptReader(DIALECT).run(bytes);
}

class ScriptReader extends ValueMachine<ScriptValue> {
  run(bytes: Uint8Array): ScriptValue {
    this.runFrom(bytes, 0);
    return this.result ?? this.cut();
  }

  protected fault(fault: Fault): ScriptValue {
    switch (fault) {
      case 'target':
      case 'slot':
        return OTHER;
      case 'full':
        throw new InputError(`more than ${MAX_SCRIPT_OPCODES} opcodes`, this.opcodeAt);
      case 'opcode':
        if (!this.header.decode(this.bytes, this.opcodeAt) || this.header.next > this.bytes.length) this.cut();
        throw new InputError(
          `the opcode 0x${this.code.toString(16)}, which PyTorch's reader does not know`,
          this.opcodeAt,
        );
      default:
        throw new InputError(`a ${fault} is expected on the stack`, this.opcodeAt);
    }
  }

  private cut(): never {
    throw new InputError('truncated: the pickle is cut', this.bytes.length, 'truncated');
  }

  /** Fewer values than a tuple or an item takes are taken all the same: names are looked for, no value is made. */
  protected override take(count: number): ScriptValue[] {
    return this.stack.splice(Math.max(this.fence, this.stack.length - count));
  }

  /** Its reader takes no mark for a value. */
  protected override drop(): boolean {
    return this.pop() !== null;
  }

  protected constant(): ScriptValue {
    return OTHER;
  }

  protected int(): ScriptValue {
    return OTHER;
  }

  protected long(): ScriptValue {
    return OTHER;
  }

  protected float(): ScriptValue {
    return OTHER;
  }

  protected override oldText(): ScriptValue {
    return OTHER;
  }

  protected override byteString(): ScriptValue {
    return OTHER;
  }

  protected text(bytes: Uint8Array, from: number, to: number): ScriptValue {
    return { kind: 'text', text: decoded(bytes.subarray(from, to)), offset: this.opcodeAt };
  }

  protected global(module: Uint8Array, name: Uint8Array): ScriptValue {
    return { kind: 'global', name: `${decoded(module)}.${decoded(name)}`, offset: this.opcodeAt };
  }

  protected tuple(items: ScriptValue[]): ScriptValue {
    return { kind: 'items', items };
  }

  protected list(items: ScriptValue[]): ScriptValue {
    return { kind: 'items', items };
  }

  protected dict(): ScriptValue {
    return { kind: 'items', items: [] };
  }

  protected append(target: ScriptValue, item: ScriptValue): boolean {
    if (target.kind === 'items') target.items.push(item);
    return true;
  }

  protected extend(target: ScriptValue, items: ScriptValue[]): boolean {
    if (target.kind === 'items') for (const item of items) target.items.push(item);
    return true;
  }

  protected setItems(target: ScriptValue, items: ScriptValue[]): boolean {
    return this.extend(target, items);
  }

  /** Of calls and states the parts stay reachable, for there may be names in them. */
  protected reduce(callee: ScriptValue, args: ScriptValue): ScriptValue {
    return { kind: 'items', items: [callee, args] };
  }

  protected newObject(type: ScriptValue, args: ScriptValue): ScriptValue {
    return this.reduce(type, args);
  }

  protected build(target: ScriptValue, state: ScriptValue): ScriptValue {
    return this.reduce(target, state);
  }

  protected persistent(): ScriptValue {
    return OTHER;
  }
}

function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
