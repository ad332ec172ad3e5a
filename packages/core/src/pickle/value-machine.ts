import { u16, u32 } from '../bytes/read.js';
import { Decoder } from './decode.js';
import { LINES } from './opcodes.js';
import { latin1Text, quotedString } from './text.js';
import { ValueConsumer } from './value-consumer.js';
import type { Fault } from './value-stack.js';
import { floatLine, intLine, slotLine, unicodeLine } from './written-constants.js';

/** `more`: the bytes end before STOP or within an opcode. `ended`: `fault`, or a method that makes a value, gave null. */
export type Outcome = 'more' | 'stopped' | 'ended';

/** What one unpickler takes. */
export interface Dialect {
  /** 1 at the code of each opcode that it has. STOP is always one of them. */
  readonly opcodes: Uint8Array;
  /** Values on the stack, marks included, and values in the memo. */
  readonly maxValues: number;
  /** Opcodes before STOP. */
  readonly maxOpcodes: number;
}

const STOP = 0x2e;
const NO_BYTES = new Uint8Array(0);

/**
 * Runs a pickle over values of any type, which a subclass makes (`ValueConsumer`). The machine of the evidence (`loop.ts`) is
 * the only other one that runs opcodes: it reports what any reader does, keeps no values, and goes on where one reader goes on.
 *
 * Fields and methods are `protected` and not `#`: V8 looks the latter up like keys of a map until it has optimised the code,
 * and most pickles end before that.
 */
export abstract class ValueMachine<V> extends ValueConsumer<V> {
  protected bytes: Uint8Array = NO_BYTES;
  /** Index in `bytes` of the opcode that is run. */
  protected opcodeAt = 0;
  /** Index behind what was read. */
  protected at = 0;
  protected code = 0;
  protected readonly header = new Decoder();
  /** Argument of the last PROTO. */
  protected protocol = 0;
  /** What STOP took. */
  protected result: V | null = null;
  private readonly opcodes: Uint8Array;
  private readonly maxValues: number;
  private readonly maxOpcodes: number;
  private count = 0;

  constructor({ opcodes, maxValues, maxOpcodes }: Dialect) {
    super();
    this.opcodes = opcodes;
    this.maxValues = maxValues;
    this.maxOpcodes = maxOpcodes;
  }

  /** Runs `bytes` from `at` on: stack and memo are those of the run before. */
  protected runFrom(bytes: Uint8Array, at: number): Outcome {
    const { header, opcodes, stack, marks, memo, maxValues } = this;
    this.bytes = bytes;
    for (this.at = at; ;) {
      const offset = this.at;
      this.opcodeAt = offset;
      const code = bytes[offset];
      if (code === undefined) return 'more';
      this.code = code;
      if (stack.length + marks.length > maxValues || memo.size > maxValues) return this.end('full');
      this.at = offset + 1;
      if (code === STOP) {
        this.result = this.pop();
        return this.result === null ? 'ended' : 'stopped';
      }
      if ((this.count += 1) > this.maxOpcodes) return this.end('full');
      if (opcodes[code] === 0) return this.end('opcode');
      if (!header.decode(bytes, offset) || header.next > bytes.length) {
        // It is run again.
        this.count -= 1;
        return 'more';
      }
      this.at = header.next;
      if (!this.step(code, header.from, header.to)) return 'ended';
    }
  }

  /** By number and in one switch: a checkpoint's pickle is run before V8 has compiled any of this. */
  private step(code: number, from: number, to: number): boolean {
    const bytes = this.bytes;
    switch (code) {
      case 0x71: // BINPUT
        return this.put(bytes[from] as number);
      case 0x72: // LONG_BINPUT
        return this.put(u32(bytes, from));
      case 0x68: // BINGET
        return this.get(bytes[from] as number);
      case 0x6a: // LONG_BINGET
        return this.get(u32(bytes, from));
      case 0x94: // MEMOIZE
        return this.put(this.memo.size);
      case 0x28: // MARK
        this.fence = this.stack.length;
        this.marks.push(this.fence);
        return true;
      case 0x58: // BINUNICODE
      case 0x8c: // SHORT_BINUNICODE
      case 0x8d: // BINUNICODE8
        return this.push(this.text(bytes, from, to));
      case 0x54: // BINSTRING
      case 0x55: // SHORT_BINSTRING
        return this.push(this.oldText(bytes, from, to));
      case 0x42: // BINBYTES
      case 0x43: // SHORT_BINBYTES
      case 0x8e: // BINBYTES8
        return this.push(this.byteString(bytes, from, to));
      case 0x4a: // BININT
        return this.push(this.int(u32(bytes, from) | 0));
      case 0x4b: // BININT1
        return this.push(this.int(bytes[from] as number));
      case 0x4d: // BININT2
        return this.push(this.int(u16(bytes, from)));
      case 0x8a: // LONG1
      case 0x8b: // LONG4
        return this.push(this.long(bytes, from, to));
      case 0x47: // BINFLOAT
        return this.push(this.float(bytes, from));
      case 0x4e: // NONE
        return this.push(this.constant(null));
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        return this.push(this.constant(code === 0x88));
      case 0x29: // EMPTY_TUPLE
        return this.push(this.tuple([]));
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.pushTuple(this.take(code - 0x84));
      case 0x74: // TUPLE
        return this.pushTuple(this.popMark());
      case 0x5d: // EMPTY_LIST
        return this.push(this.list([]));
      case 0x7d: // EMPTY_DICT
        return this.push(this.dict());
      case 0x61: // APPEND
        return this.appendTop(this.pop());
      case 0x65: // APPENDS
        return this.extendTop(this.popMark());
      case 0x73: // SETITEM
        return this.setItemsTop(this.take(2));
      case 0x75: // SETITEMS
        return this.setItemsTop(this.popMark());
      case 0x52: // REDUCE
      case 0x62: // BUILD
      case 0x81: // NEWOBJ
        return this.call(code);
      case 0x51: // BINPERSID
        return this.pushPersistent(this.pop());
      case 0x63: // GLOBAL
        return this.push(this.globalOf(from, to));
      case 0x80: // PROTO
        this.protocol = bytes[from] as number;
        return true;
      default:
        return LINES[code] === 0 ? this.seldom(code, from, to) : this.line(code, from, to);
    }
  }

  /** Opcodes that checkpoints do not have. */
  private seldom(code: number, from: number, to: number): boolean {
    const bytes = this.bytes;
    switch (code) {
      case 0x95: // FRAME
        return true;
      case 0x96: // BYTEARRAY8
        return this.push(this.byteArray(bytes, from, to));
      case 0x30: // POP
        return this.drop();
      case 0x31: // POP_MARK
        return this.popMark() !== null;
      case 0x32: {
        // DUP
        const top = this.pop();
        return this.push(top) && this.push(top);
      }
      case 0x6c: {
        // LIST
        const items = this.popMark();
        return items !== null && this.push(this.list(items));
      }
      case 0x64: {
        // DICT
        const items = this.popMark();
        return items !== null && this.push(this.dict()) && this.setItemsTop(items);
      }
      case 0x8f: // EMPTY_SET
        return this.push(this.set());
      case 0x90: {
        // ADDITEMS
        const items = this.popMark();
        const target = items === null ? null : this.top();
        return items !== null && target !== null && this.addItems(target, items);
      }
      case 0x91: {
        // FROZENSET
        const items = this.popMark();
        return items !== null && this.push(this.frozenset(items));
      }
      case 0x93: {
        // STACK_GLOBAL
        const name = this.pop();
        const module = name === null ? null : this.pop();
        return name !== null && module !== null && this.push(this.stackGlobal(module, name));
      }
      case 0x82: // EXT1
        return this.push(this.extension(bytes[from] as number));
      case 0x83: // EXT2
        return this.push(this.extension(u16(bytes, from)));
      case 0x84: // EXT4
        return this.push(this.extension(u32(bytes, from) | 0));
      case 0x6f: {
        // OBJ
        const items = this.popMark();
        return items !== null && this.push(this.instantiate(items));
      }
      case 0x92: {
        // NEWOBJ_EX
        const named = this.pop();
        const args = named === null ? null : this.pop();
        const type = args === null ? null : this.pop();
        return named !== null && args !== null && type !== null && this.push(this.newObjectEx(type, args, named));
      }
      case 0x97: // NEXT_BUFFER
        return this.push(this.buffer());
      case 0x98: {
        // READONLY_BUFFER
        const buffer = this.pop();
        return buffer !== null && this.push(this.readOnly(buffer));
      }
      default:
        return this.fault('opcode') !== null;
    }
  }

  /** Opcodes of protocol 0, whose arguments are lines. What readers take in several ways ends the run. */
  private line(code: number, from: number, to: number): boolean {
    const line = this.bytes.subarray(from, to);
    switch (code) {
      case 0x49: {
        // INT
        const text = latin1Text(line);
        if (text === '00' || text === '01') return this.push(this.constant(text === '01'));
        const value = this.plain(intLine(text));
        return value !== null && this.push(this.long(value, 0, value.length));
      }
      case 0x4c: {
        // LONG
        const text = latin1Text(line);
        const value = this.plain(intLine(text.endsWith('L') ? text.slice(0, -1) : text));
        return value !== null && this.push(this.long(value, 0, value.length));
      }
      case 0x46: {
        // FLOAT
        const value = this.plain(floatLine(latin1Text(line)));
        return value !== null && this.push(this.float(value, 0));
      }
      case 0x56: {
        // UNICODE
        const value = this.plain(unicodeLine(line));
        return value !== null && this.push(this.text(value, 0, value.length));
      }
      case 0x53: {
        // STRING
        const value = this.plain(quotedString(line));
        return value !== null && this.push(this.oldText(value, 0, value.length));
      }
      case 0x67: // GET
      case 0x70: {
        // PUT
        const slot = this.plain(slotLine(line));
        return slot !== null && (code === 0x67 ? this.get(slot) : this.put(slot));
      }
      case 0x50: // PERSID
        return this.push(this.persistentLine(line));
      case 0x69: {
        // INST
        const items = this.popMark();
        const found = items === null ? null : this.globalOf(from, to);
        if (items === null || found === null) return false;
        items.unshift(found);
        return this.push(this.instantiate(items));
      }
      default:
        return this.fault('opcode') !== null;
    }
  }

  private plain<T>(value: T | null): T | null {
    if (value === null) this.fault('line');
    return value;
  }

  private globalOf(from: number, to: number): V | null {
    const { bytes, header } = this;
    return this.global(bytes.subarray(from, to), bytes.subarray(header.secondFrom, header.secondTo));
  }

  private call(code: number): boolean {
    const given = this.pop();
    const on = given === null ? null : this.pop();
    if (given === null || on === null) return false;
    if (code === 0x52) return this.push(this.reduce(on, given));
    return this.push(code === 0x62 ? this.build(on, given) : this.newObject(on, given));
  }

  private pushPersistent(id: V | null): boolean {
    return id !== null && this.push(this.persistent(id));
  }

  private pushTuple(items: V[] | null): boolean {
    return items !== null && this.push(this.tuple(items));
  }

  private appendTop(item: V | null): boolean {
    const target = item === null ? null : this.top();
    return item !== null && target !== null && this.append(target, item);
  }

  private extendTop(items: V[] | null): boolean {
    const target = items === null ? null : this.top();
    return items !== null && target !== null && this.extend(target, items);
  }

  private setItemsTop(items: V[] | null): boolean {
    const target = items === null ? null : this.top();
    return items !== null && target !== null && this.setItems(target, items);
  }

  private end(fault: Fault): Outcome {
    this.fault(fault);
    return 'ended';
  }
}
