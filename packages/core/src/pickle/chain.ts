import { latin1 } from '../bytes/read.js';
import { cut, escapeText } from '../model/escape.js';
import type { ChainStep, Value } from '../model/fact.js';
import { globalText, renderValue } from '../model/render-value.js';
import { globalOf, isText, KIND, kindOf, NODE_BIT, refOf, type Kind, type Nodes } from './cells.js';
import { textAt, type Bytes } from './constants.js';
import { opcode } from './opcodes.js';
import type { GlobalRecord, MadeObject } from './record.js';
import { MAX_CHAIN, MAX_CHAIN_CHARACTERS, MAX_CHAIN_DEPTH, MAX_HELD, MAX_LOOKED_AT } from '../model/limits.js';

/** Longest value and name within a step. */
const VALUE_LENGTH = 200;
const NAME_LENGTH = 120;
/** Bytes from which a step tells a name. */
const TOLD_TEXT = 240;

/** `module.name` as a step shows it. */
export function nameOf(record: Pick<GlobalRecord, 'module' | 'name'> | undefined): string {
  return record === undefined ? '' : cut(escapeText(globalText(record.module, record.name)), NAME_LENGTH);
}

/** A value as a step shows it. */
export function shown(value: Value): string {
  return cut(renderValue(value), VALUE_LENGTH);
}

/** Where the values of a run lie. */
interface StreamBytes extends Bytes {
  readonly nodes: Nodes;
  readonly records: readonly GlobalRecord[];
  readonly made: readonly MadeObject[];
  /** Offset of the opcode that filled a memo slot; 0 where that is not known. */
  storedAt(slot: number): number;
  /** Offset of the opcode that put a value on the stack; older than a constant that was pushed there itself. */
  placedAt(position: number): number;
  /** Where the stream begins. */
  readonly origin: number;
}

/** What happens to a global (`it`) or to `its result`; null where that says nothing. */
type Use = (its: 'it' | 'its result') => ChainStep | null;
type CellRef = { readonly kind: Kind; readonly ref: number };

/** Writes down how globals come to what is done with them. */
export class Chains {
  readonly #stream: StreamBytes;
  #characters = 0;

  constructor(stream: StreamBytes) {
    this.#stream = stream;
  }

  /** One more step, once. */
  add(record: GlobalRecord, step: ChainStep): void {
    const { chain } = record;
    if (chain.length >= MAX_CHAIN || this.#characters > MAX_CHAIN_CHARACTERS) {
      record.moreSteps += 1;
      return;
    }
    if (chain.some((known) => known.offset === step.offset && known.text === step.text)) return;
    this.#characters += step.text.length;
    chain.push(step);
  }

  /** The text of a name: what pushed it and, where it came from the memo, the slot. */
  text(what: string, at: number, hi: number, lo: number): ChainStep[] {
    const ref = refOf(hi, lo);
    const value = textAt(this.#stream, ref, TOLD_TEXT);
    const quoted =
      value === null
        ? 'text'
        : cut(renderValue({ kind: 'str', value: value.value, length: value.length }), NAME_LENGTH);
    const push: ChainStep = { opcode: this.opcodeAt(ref), offset: ref, text: `pushes the ${what} ${quoted}` };
    return [push, ...this.memo(at, ref, `the ${what}`)];
  }

  /** How the value at a position of the stack came out of the memo; nothing where it was pushed there directly. */
  memo(at: number, pushed: number, what: string): ChainStep[] {
    const offset = this.#stream.placedAt(at);
    if (offset <= pushed) return [];
    const name = this.opcodeAt(offset);
    if (name === 'DUP') return [{ opcode: name, offset, text: `pushes ${what} again` }];
    const slot = this.#slotOf(name, offset);
    if (slot === null) return [];
    const take: ChainStep = { opcode: name, offset, text: `takes ${what} from memo slot ${slot}` };
    const stored = this.#stream.storedAt(slot);
    if (stored <= 0) return [take];
    const before = stored < this.#stream.origin ? ', in a stream before this one' : '';
    return [
      { opcode: this.opcodeAt(stored), offset: stored, text: `stores ${what} in memo slot ${slot}${before}` },
      take,
    ];
  }

  /** The opcode that stands there. */
  opcodeAt(offset: number): string {
    return opcode(this.#stream.bytesAt(offset, 1)[0] ?? 0)?.name ?? 'an opcode';
  }

  #slotOf(name: string, offset: number): number | null {
    const bytes = this.#stream.bytesAt(offset + 1, name === 'GET' ? 24 : 4);
    switch (name) {
      case 'BINGET':
        return bytes[0] ?? null;
      case 'LONG_BINGET':
        return bytes.length < 4 ? null : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      case 'GET': {
        const line = latin1(bytes).split(/[\n\0]/, 1)[0] ?? '';
        const digits = line.trim().replaceAll('_', '');
        return /^\+?\d{1,15}$/.test(digits) ? Number(digits) : null;
      }
      default:
        return null;
    }
  }

  /**
   * Says of every global within a value, and of every global whose result lies there, where it goes. `holds` gets the
   * globals, for the globals that hold them from now on.
   */
  uses(cells: readonly CellRef[], step: Use, holds: number[] = []): void {
    const room = { left: MAX_LOOKED_AT };
    for (const cell of cells) this.#use(cell, step, '', holds, room, 0);
  }

  /** Recursion: MAX_CHAIN_DEPTH. */
  #use(cell: CellRef, step: Use, key: string, holds: number[], room: { left: number }, depth: number): void {
    room.left -= 1;
    if (room.left < 0 || depth > MAX_CHAIN_DEPTH) return;
    const index = indexOf(cell, this.#stream.made);
    const record = index === null ? undefined : this.#stream.records[index];
    if (record !== undefined) {
      if (!record.stranger) return;
      if (index !== null && holds.length < MAX_HELD && !holds.includes(index)) holds.push(index);
      const how = step(cell.kind === KIND.global ? 'it' : 'its result');
      if (how !== null) this.add(record, { ...how, text: how.text + key });
      return;
    }
    if ((cell.kind & NODE_BIT) === 0) return;
    const items = this.#stream.nodes.items(cell.ref) ?? [];
    items.forEach((item, i) => {
      const isValue = cell.kind === KIND.dict && i % 2 === 1;
      const label = isValue ? this.#label(items[i - 1]) : '';
      this.#use(
        { kind: kindOf(item.hi), ref: refOf(item.hi, item.lo) },
        step,
        label === '' ? key : label,
        holds,
        room,
        depth + 1,
      );
    });
  }

  #label(cell: { readonly hi: number; readonly lo: number } | undefined): string {
    if (cell === undefined || !isText(kindOf(cell.hi))) return '';
    const text = textAt(this.#stream, refOf(cell.hi, cell.lo), TOLD_TEXT);
    return text === null
      ? ''
      : `, as ${cut(renderValue({ kind: 'str', value: text.value, length: text.length }), NAME_LENGTH)}`;
  }
}

/** The global that a cell is, or whose result it is. */
function indexOf({ kind, ref }: CellRef, made: readonly MadeObject[]): number | null {
  if (kind === KIND.global) return ref;
  if (kind === KIND.object) return globalOf(ref);
  return kind === KIND.made ? (made[ref]?.record ?? null) : null;
}
