import { latin1 } from '../../../bytes/read.js';
import { opcode, opcodesOf } from '../../../pickle/opcodes.js';
import { ValueMachine } from '../../../pickle/value-machine.js';
import type { Fault } from '../../../pickle/value-stack.js';
import type { Cell } from './cells.js';
import { isUtf8 } from './decoding.js';
import type { PickleSetting, Refusal } from './decision.js';
import { StorageTable } from './storages.js';
import { ARGUMENT_TIMES, MAX_CELLS } from '../../../model/limits.js';

/** Bytes of a text of which the machine knows more than that it is one. */
const LONGEST_LOOKED_AT = 40;
/** The first byte in UTF-8 of what latin-1 does not have. */
const FIRST_BEHIND_LATIN1 = 0xc4;

const DIALECT = {
  opcodes: opcodesOf(
    'MARK STOP BINFLOAT BININT BININT1 BININT2 NONE BINPERSID REDUCE SHORT_BINSTRING BINUNICODE EMPTY_LIST APPEND BUILD GLOBAL APPENDS BINGET LONG_BINGET BINPUT LONG_BINPUT SETITEM TUPLE SETITEMS EMPTY_DICT EMPTY_TUPLE PROTO NEWOBJ TUPLE1 TUPLE2 TUPLE3 NEWTRUE NEWFALSE LONG1 EMPTY_SET',
  ),
  maxValues: MAX_CELLS,
  maxOpcodes: Infinity,
};

const FAILURES: Readonly<Record<Exclude<Fault, 'opcode' | 'full'>, string>> = {
  value: 'the stack is empty',
  target: 'the stack is empty',
  mark: 'there is no mark',
  slot: 'a memo slot is read that was never written',
  line: 'a line is no constant',
};

/** What the restricted unpickler has decided so far, and the texts that it reads. */
export abstract class RestrictedState extends ValueMachine<Cell> {
  protected readonly setting: PickleSetting;
  protected readonly refusals: Refusal[] = [];
  protected readonly listed = new Set<string>();
  protected readonly storages: StorageTable;
  protected readonly doubts = new Set<string>();
  protected readonly open = new Set<string>();
  protected failure: string | null = null;
  protected touchedEnd = false;
  private readonly spendable: number;
  private spent = 0;

  constructor(bytes: Uint8Array, setting: PickleSetting) {
    super(DIALECT);
    this.bytes = bytes;
    this.setting = setting;
    this.storages = new StorageTable(setting);
    this.spendable = bytes.length * ARGUMENT_TIMES;
  }

  protected fault(fault: Fault): null {
    if (fault === 'full') return this.giveUp(`it holds more than ${MAX_CELLS} values`);
    if (fault !== 'opcode') return this.fail(FAILURES[fault]);
    const name = this.opcodeName();
    return this.refuse(name, `PyTorch's restricted unpickler has no opcode ${name}`);
  }

  /** Any loader fails here. */
  protected fail(reason: string): null {
    this.failure ??= reason;
    return null;
  }

  /** What follows is not looked at. */
  protected giveUp(reason: string): null {
    this.open.add(reason);
    return null;
  }

  /** PyTorch stops here, whatever is listed. */
  protected refuse(name: string, reason: string, global: string | null = null): null {
    this.refusals.push({ offset: this.opcodeAt, opcode: name, global, reason, listable: false });
    return null;
  }

  protected opcodeName(): string {
    return opcode(this.code)?.name ?? `0x${this.code.toString(16)}`;
  }

  /** Counts what a call looks at: its arguments, and what lies in the tuples among them. False where that is too much. */
  protected readonly spend = (cells: readonly Cell[]): boolean => {
    this.spent += cells.length;
    if (this.isSpent()) return false;
    for (const cell of cells) if (cell.kind === 'tuple') this.spent += cell.items.length;
    return !this.isSpent();
  };

  private isSpent(): boolean {
    if (this.spent <= this.spendable) return false;
    this.giveUp(`its calls share arguments of more than ${ARGUMENT_TIMES} times its length`);
    return true;
  }

  protected text(bytes: Uint8Array, from: number, to: number): Cell | null {
    return this.textOf(bytes, from, to, true);
  }

  protected override oldText(bytes: Uint8Array, from: number, to: number): Cell | null {
    return this.textOf(bytes, from, to, false);
  }

  private textOf(bytes: Uint8Array, from: number, to: number, surrogates: boolean): Cell | null {
    let at = from;
    while (at < to && (bytes[at] ?? 0) < 0x80) at += 1;
    if (at < to && !isUtf8(bytes.subarray(from, to), surrogates)) return this.fail('a text is no UTF-8');
    // Only keys, devices and layouts are looked at, and these are short.
    if (to - from <= LONGEST_LOOKED_AT) return { kind: 'text', text: latin1(bytes, from, to) };
    while (at < to && (bytes[at] ?? 0) < FIRST_BEHIND_LATIN1) at += 1;
    return { kind: 'text', text: '', long: { isLatin1: at === to } };
  }
}
