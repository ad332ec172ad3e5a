import { KIND } from './cells.js';
import { MachineState } from './machine-state.js';
import { extension, stackGlobal } from './operations/computed-names.js';
import { addItems, appendItems, collectFromMark, setItems } from './operations/containers.js';
import { binaryPersistent, noteNested } from './operations/data.js';
import { beforeDeath, beforeUnbuffered, beginFrame, crossedFrame, proto } from './operations/frames.js';
import { pushedGlobal } from './operations/globals.js';
import { finishLongLine, operateLine } from './operations/lines.js';
import { newObject, obj, reduce } from './operations/make.js';
import { dup, popToMark, popValue, readonlyBuffer, sized, stop } from './operations/stack.js';
import { build } from './operations/states.js';
import { rewritten } from './operations/tell.js';
import type { NestedForm } from './record.js';

/** The pickle machine: each opcode with what it does. */
export class Machine extends MachineState {
  operate(code: number): boolean {
    switch (code) {
      case 0x80:
        return proto(this);
      case 0x95:
        return beginFrame(this);
      case 0x2e:
        return stop(this);
      case 0x30:
        return popValue(this);
      case 0x31:
        return popToMark(this);
      case 0x32:
        return dup(this);
      case 0x42:
      case 0x8e:
      case 0x96:
      case 0x54:
      case 0x55:
      case 0x8d:
      case 0x8b:
        return sized(this, code);
      case 0x61:
      case 0x65:
        return appendItems(this, code);
      case 0x73:
      case 0x75:
        return setItems(this, code);
      case 0x90:
        return addItems(this);
      case 0x6c:
        return collectFromMark(this, KIND.list);
      case 0x64:
        return collectFromMark(this, KIND.dict);
      case 0x91:
        return collectFromMark(this, KIND.frozenset);
      case 0x8f:
        this.push(KIND.set, this.nodes.create());
        return true;
      case 0x52:
        return reduce(this);
      case 0x81:
        return newObject(this, false);
      case 0x92:
        return newObject(this, true);
      case 0x6f:
        return obj(this);
      case 0x62:
        return build(this);
      case 0x93:
        return stackGlobal(this);
      case 0x82:
      case 0x83:
      case 0x84:
        return extension(this, code);
      case 0x51:
        return binaryPersistent(this);
      case 0x97:
        this.push(KIND.buffer, this.base + this.opAt);
        return true;
      case 0x98:
        return readonlyBuffer(this);
      default:
        return this.fail('invalid-opcode', `invalid opcode 0x${code.toString(16).padStart(2, '0')}`);
    }
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

  /** The driver found the end of a long constant line: its value is pushed unread. */
  finishLongLine(newline: number): void {
    finishLongLine(this, newline);
  }
}
