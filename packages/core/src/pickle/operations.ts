import { KIND, kindOf, MARK, refOf } from './cells.js';
import { MachineState } from './machine-state.js';
import { extension, stackGlobal } from './operations/computed-names.js';
import { addItems, appendItems, collectFromMark, setItems } from './operations/containers.js';
import { binaryPersistent, noteNested } from './operations/data.js';
import { beforeDeath, beforeUnbuffered, beginFrame, crossedFrame, proto } from './operations/frames.js';
import { pushedGlobal } from './operations/globals.js';
import { finishLongLine, operateLine } from './operations/lines.js';
import { newObject, obj, reduce, routineCall } from './operations/make.js';
import { emptyContainer, fixedConstant, get, mark, put, shortTuple, tuple } from './operations/push.js';
import { dup, popToMark, popValue, readonlyBuffer, sized, stop } from './operations/stack.js';
import { build, routineState } from './operations/states.js';
import { rewritten } from './operations/tell.js';
import type { NestedForm } from './record.js';

/** The pickle machine: each opcode with what it does. */
export class Machine extends MachineState {
  operate(code: number): boolean {
    switch (code) {
      case 0x80: // PROTO
        return proto(this);
      case 0x95: // FRAME
        return beginFrame(this);
      case 0x2e: // STOP
        return stop(this);
      case 0x30: // POP
        return popValue(this);
      case 0x31: // POP_MARK
        return popToMark(this);
      case 0x32: // DUP
        return dup(this);
      case 0x4e: // NONE
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
      case 0x4b: // BININT1
      case 0x4d: // BININT2
      case 0x4a: // BININT
      case 0x47: // BINFLOAT
      case 0x29: // EMPTY_TUPLE
        return fixedConstant(this, code);
      case 0x42: // BINBYTES
      case 0x43: // SHORT_BINBYTES
      case 0x54: // BINSTRING
      case 0x55: // SHORT_BINSTRING
      case 0x58: // BINUNICODE
      case 0x8a: // LONG1
      case 0x8b: // LONG4
      case 0x8c: // SHORT_BINUNICODE
      case 0x8d: // BINUNICODE8
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        return sized(this, code);
      case 0x94: // MEMOIZE
      case 0x71: // BINPUT
      case 0x72: // LONG_BINPUT
        return put(this, code);
      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        return get(this, code);
      case 0x28: // MARK
        return mark(this);
      case 0x5d: // EMPTY_LIST
        return emptyContainer(this, KIND.list);
      case 0x7d: // EMPTY_DICT
        return emptyContainer(this, KIND.dict);
      case 0x8f: // EMPTY_SET
        return emptyContainer(this, KIND.set);
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return shortTuple(this, code - 0x84);
      case 0x74: // TUPLE
        return tuple(this);
      case 0x61: // APPEND
      case 0x65: // APPENDS
        return appendItems(this, code);
      case 0x73: // SETITEM
      case 0x75: // SETITEMS
        return setItems(this, code);
      case 0x90: // ADDITEMS
        return addItems(this);
      case 0x6c: // LIST
        return collectFromMark(this, KIND.list);
      case 0x64: // DICT
        return collectFromMark(this, KIND.dict);
      case 0x91: // FROZENSET
        return collectFromMark(this, KIND.frozenset);
      case 0x52: // REDUCE
        return reduce(this);
      case 0x81: // NEWOBJ
        return newObject(this, false);
      case 0x92: // NEWOBJ_EX
        return newObject(this, true);
      case 0x6f: // OBJ
        return obj(this);
      case 0x62: // BUILD
        return build(this);
      case 0x93: // STACK_GLOBAL
        return stackGlobal(this);
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
        return extension(this, code);
      case 0x51: // BINPERSID
        return binaryPersistent(this);
      case 0x97: // NEXT_BUFFER
        this.push(KIND.buffer, this.base + this.opAt);
        return true;
      case 0x98: // READONLY_BUFFER
        return readonlyBuffer(this);
      default:
        return this.fail('invalid-opcode', `invalid opcode 0x${code.toString(16).padStart(2, '0')}`);
    }
  }

  routine(code: number): boolean {
    return code === 0x62 ? routineState(this) : routineCall(this, code === 0x81);
  }

  crossedFrame(): boolean {
    return crossedFrame(this);
  }

  /** An opcode fails whose argument another reader would have taken from behind the frame. */
  override beforeDeath(): void {
    beforeDeath(this);
  }

  beforeUnbuffered(): boolean {
    return beforeUnbuffered(this);
  }

  rewritten(slot: number, old: { hi: number; lo: number }, now: { hi: number; lo: number }): string {
    return rewritten(this, slot, old, now);
  }

  pushedGlobal(index: number): void {
    pushedGlobal(this, index);
  }

  noteNested(payload: number, length: number, form: NestedForm): void {
    noteNested(this, payload, length, form);
  }

  operateLine(code: number): boolean {
    return operateLine(this, code);
  }

  /** The wrapper on top of the stack becomes the array that joblib reads. */
  becomesArray(holdsObjects: boolean): void {
    const position = this.sp - 1;
    const hi = this.stack.hi[position] ?? 0;
    const number = this.objectNumber(kindOf(hi), refOf(hi, this.stack.lo[position] ?? 0));
    const content = holdsObjects ? MARK.data | MARK.inner : MARK.data;
    if (number !== null) {
      this.objects.replaceContent(number, content);
      if (this.arrayState !== null) this.objects.setCode(number, this.arrayState.code);
    }
    this.stack.marks[position] = content;
  }

  /** The driver found the end of a long constant line: its value is pushed unread. */
  finishLongLine(newline: number): void {
    finishLongLine(this, newline);
  }
}
