import { latin1, u16, u32 } from '../../../bytes/read.js';
import { Decoder } from '../../../pickle/decode.js';
import { PLAIN, type Cell } from './cells.js';
import { isUtf8, utf8 } from './decoding.js';
import type { PickleSetting, Refusal } from './decision.js';
import { StorageTable } from './storages.js';
import { ARGUMENT_TIMES } from '../../../model/limits.js';

/** Bytes of a text of which the machine knows more than that it is one. */
const LONGEST_LOOKED_AT = 40;
/** The first byte in UTF-8 of what latin-1 does not have. */
const FIRST_BEHIND_LATIN1 = 0xc4;

/**
 * What the restricted unpickler has in hand: its bytes, stack, memo, and what it has decided. Its fields are `protected` and
 * not `#`: V8 looks the latter up like the keys of a map until it has optimised the code.
 */
export class RestrictedState {
  protected readonly bytes: Uint8Array;
  protected readonly setting: PickleSetting;
  protected at = 0;
  protected readonly header = new Decoder();
  protected readonly stack: Cell[] = [];
  /** Places of the marks on the stack. */
  protected readonly marks: number[] = [];
  /** Picklers number the slots one by one; any others stand in `farMemo`. */
  protected readonly memo: Cell[] = [];
  protected readonly farMemo = new Map<number, Cell>();
  protected readonly refusals: Refusal[] = [];
  protected readonly listed = new Set<string>();
  protected readonly storages: StorageTable;
  protected readonly doubts = new Set<string>();
  protected readonly open = new Set<string>();
  protected failure: string | null = null;
  protected touchedEnd = false;
  protected result: Cell | null = null;
  /** Not any more behind STOP, a fault, or a refusal that no list lifts: nothing there matters to PyTorch. */
  protected goesOn = true;
  private spent = 0;

  constructor(bytes: Uint8Array, setting: PickleSetting) {
    this.bytes = bytes;
    this.setting = setting;
    this.storages = new StorageTable(setting);
  }

  protected fail(reason: string): void {
    this.failure ??= reason;
    this.goesOn = false;
  }

  /** What stands behind is not looked at. */
  protected giveUp(reason: string): void {
    this.open.add(reason);
    this.goesOn = false;
  }

  /** Counts what a call looks at: its arguments, and what lies in the tuples among them. False where that is too much. */
  protected readonly spend = (cells: readonly Cell[]): boolean => {
    this.spent += cells.length;
    if (this.isSpent()) return false;
    for (const cell of cells) if (cell.kind === 'tuple') this.spent += cell.items.length;
    return !this.isSpent();
  };

  private isSpent(): boolean {
    if (this.spent <= this.bytes.length * ARGUMENT_TIMES) return false;
    this.giveUp(`its calls share arguments of more than ${ARGUMENT_TIMES} times its length`);
    return true;
  }

  protected refuse(offset: number, name: string, reason: string, global: string | null = null): void {
    this.refusals.push({ offset, opcode: name, global, reason, listable: false });
    this.goesOn = false;
  }

  protected pop(): Cell {
    const cell = this.stack.pop();
    if (cell === undefined || cell.kind === 'mark') {
      if (cell !== undefined) this.stack.push(cell);
      this.fail('the stack is empty');
      return PLAIN;
    }
    return cell;
  }

  protected top(): Cell {
    const cell = this.stack.at(-1);
    if (cell !== undefined && cell.kind !== 'mark') return cell;
    this.fail('the stack is empty');
    return PLAIN;
  }

  /** Replaces the topmost value. */
  protected replace(cell: Cell): void {
    this.stack[this.stack.length - 1] = cell;
  }

  protected popMark(): Cell[] {
    const mark = this.marks.pop();
    if (mark === undefined) {
      this.fail('there is no mark');
      return [];
    }
    const items = this.stack.splice(mark + 1);
    this.stack.pop();
    return items;
  }

  /** Takes the argument of the opcode at `offset`; false where it is cut off. */
  protected argument(offset: number): boolean {
    const { bytes, header } = this;
    if (!header.decode(bytes, offset) || header.next > bytes.length) {
      this.touchedEnd = true;
      this.fail('the pickle is cut off');
      return false;
    }
    this.at = header.next;
    return true;
  }

  /** The bytes of the argument. */
  protected payload(): Uint8Array {
    return this.bytes.subarray(this.header.from, this.header.to);
  }

  /** The argument as a number of 1, 2 or 4 bytes. */
  protected unsigned(): number {
    const { from, to } = this.header;
    if (to - from === 1) return this.bytes[from] ?? 0;
    return to - from === 2 ? u16(this.bytes, from) : u32(this.bytes, from);
  }

  /** A line without its last byte, as `readline()[:-1]`. */
  protected line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) this.touchedEnd = true;
    const to = end < 0 ? this.bytes.length : end + 1;
    const line = this.bytes.subarray(this.at, Math.max(this.at, to - 1));
    this.at = to;
    return utf8(line) ?? (this.fail('a name is no UTF-8'), latin1(line));
  }

  protected put(slot: number): void {
    const memo = this.memo;
    if (slot < memo.length) memo[slot] = this.top();
    else if (slot === memo.length) memo.push(this.top());
    else this.farMemo.set(slot, this.top());
  }

  protected get(slot: number): void {
    // What stands in the row was written later than what stands elsewhere under its number.
    const cell = slot < this.memo.length ? this.memo[slot] : this.farMemo.get(slot);
    if (cell === undefined) this.fail('a memo slot is read that was never written');
    else this.stack.push(cell);
  }

  /** The argument is a text. */
  protected text(isUnicode: boolean): void {
    const { bytes } = this;
    const { from, to: end } = this.header;
    const length = end - from;
    let at = from;
    while (at < end && (bytes[at] ?? 0) < 0x80) at += 1;
    if (at < end && !isUtf8(bytes.subarray(from, end), isUnicode)) return this.fail('a text is no UTF-8');
    // Only keys, devices and layouts are looked at, and these are short.
    if (length <= LONGEST_LOOKED_AT) {
      this.stack.push({ kind: 'text', text: latin1(bytes, from, end) });
      return;
    }
    while (at < end && (bytes[at] ?? 0) < FIRST_BEHIND_LATIN1) at += 1;
    this.stack.push({ kind: 'text', text: '', long: { isLatin1: at === end } });
  }
}
