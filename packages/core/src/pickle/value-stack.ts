import { ValueMemo } from './value-memo.js';

/**
 * Why a run cannot go on as the stream says: a value is missing (`target`: one that is filled or stored), a mark, or a memo
 * slot that was never written; the dialect does not have the opcode; readers take a line in several ways; a limit is reached.
 */
export type Fault = 'value' | 'target' | 'mark' | 'slot' | 'opcode' | 'line' | 'full';

/** Stack, marks and memo of an unpickler. `null`, of any method, ends the run. See `ValueMachine` for why nothing is `#`. */
export abstract class ValueStack<V> {
  protected readonly stack: V[] = [];
  /** Lengths of the stack at each MARK. */
  protected readonly marks: number[] = [];
  /** The last of `marks`: opcodes take values above it only. */
  protected fence = 0;
  protected readonly memo = new ValueMemo<V>();

  /** What replaces a value, target or slot that is missing; null ends the run, as other faults always do. */
  protected abstract fault(fault: Fault): V | null;

  protected push(value: V | null): boolean {
    if (value === null) return false;
    this.stack.push(value);
    return true;
  }

  protected pop(): V | null {
    return this.stack.length > this.fence ? (this.stack.pop() as V) : this.fault('value');
  }

  protected top(): V | null {
    return this.stack.length > this.fence ? (this.stack[this.stack.length - 1] as V) : this.fault('target');
  }

  /** The topmost values, the lowest first. */
  protected take(count: number): V[] | null {
    const from = this.stack.length - count;
    if (from >= this.fence) return this.stack.splice(from);
    this.fault('value');
    return null;
  }

  /** What lies above the last mark, which is gone afterwards. */
  protected popMark(): V[] | null {
    const { stack, marks } = this;
    const mark = marks.pop();
    if (mark === undefined) {
      this.fault('mark');
      return null;
    }
    this.fence = marks.length > 0 ? (marks[marks.length - 1] as number) : 0;
    return stack.splice(mark);
  }

  /** POP takes a mark where one is on top. */
  protected drop(): boolean {
    if (this.marks.length > 0 && this.stack.length === this.fence) return this.popMark() !== null;
    return this.pop() !== null;
  }

  protected put(slot: number): boolean {
    const value = this.top();
    if (value === null) return false;
    this.memo.set(slot, value);
    return true;
  }

  protected get(slot: number): boolean {
    return this.push(this.memo.get(slot) ?? this.fault('slot'));
  }
}
