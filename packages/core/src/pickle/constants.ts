import type { Value } from '../model/fact.js';
import { lengthAt } from './decode.js';
import { globalOf, KIND, kindOf, refOf, type Nodes } from './cells.js';
import type { GlobalRecord, MadeObject } from './record.js';
import { FIXED_BYTES, LENGTH_BYTES, LINES } from './opcodes.js';
import { floatOfLine, isAscii, latin1Text, quotedString, rawUnicodeEscape, utf8, utf8Surrogates } from './text.js';
import { MAX_CAPTURED, MAX_FLOAT_TEXT, MAX_NAME } from '../model/limits.js';

/** Characters of a string kept as evidence (scipy's templates, which are judged, have 351); names are read whole up to MAX_NAME. */
const SHOWN_TEXT = 1024;
/** Containers inside containers that are shown. */
export const SHOWN_DEPTH = 4;
/** The same for a trace. */
const TRACED_DEPTH = 10;
const SHOWN_ITEMS = 32;
/** Cells of a dict that is an argument or a state itself: some shapes are judged by one key of some twenty. */
const STATE_CELLS = 64;

/** Bytes of a text that is looked at one by one; V8's decoder takes a microsecond to begin. */
const SHORT_TEXT = 64;

/** Where the bytes of a constant lie: its opcode is read again, since the machine keeps only its offset. */
export interface Constant {
  readonly code: number;
  readonly start: number;
  readonly length: number;
}

/** Gives bytes that lie in the window or were fetched before; throws NeedBytes otherwise. Short only at the end. */
export interface Bytes {
  /** The window: `buffer[0]` lies at `base`, `end` bytes are valid. */
  readonly buffer: Uint8Array;
  readonly base: number;
  readonly end: number;
  bytesAt(offset: number, length: number): Uint8Array;
}

/** The longest header: an opcode and a length of eight bytes. */
const HEAD_BYTES = 9;

/** Texts that are remembered at a time (CWE-770). */
const MAX_TEXTS = 256;

export class CapturedTexts {
  readonly #values = new Map<number, Value>();
  #last = -1;

  get(offset: number): Value | undefined {
    return this.#values.get(offset);
  }

  set(offset: number, value: Value): void {
    if (this.#values.size >= MAX_TEXTS) this.#values.clear();
    this.#values.set(offset, value);
    if (offset > this.#last) this.#last = offset;
  }

  /** What lies from there on has moved. */
  forgetFrom(offset: number): void {
    if (this.#last < offset) return;
    this.#values.clear();
    this.#last = -1;
  }
}

/** What values refer to. */
export interface Values extends Bytes {
  /** Short texts that were captured, by the offset of their opcode: keys and tags come from the memo again and again. */
  readonly texts: CapturedTexts;
  readonly nodes: Nodes;
  readonly records: readonly GlobalRecord[];
  readonly made: readonly MadeObject[];
}

export function locate(bytes: Bytes, offset: number): Constant {
  let head = bytes.buffer;
  let at = offset - bytes.base;
  if (at < 0 || at + HEAD_BYTES > bytes.end) {
    head = bytes.bytesAt(offset, HEAD_BYTES);
    at = 0;
  }
  const code = head[at] ?? 0;
  if (LINES[code] === 1) {
    for (let length = 256; ; length *= 4) {
      const line = bytes.bytesAt(offset + 1, length);
      const newline = line.indexOf(10);
      if (newline >= 0) return { code, start: offset + 1, length: newline };
      if (line.length < length || length > MAX_NAME) return { code, start: offset + 1, length: line.length };
    }
  }
  const prefix = LENGTH_BYTES[code] ?? 0;
  if (prefix === 0) return { code, start: offset + 1, length: FIXED_BYTES[code] ?? 0 };
  return { code, start: offset + 1 + prefix, length: lengthAt(head, at, prefix) };
}

export interface Text {
  readonly value: string;
  /** Length in characters where all was read, else in bytes. */
  readonly length: number;
  readonly cut: boolean;
  /** Another reading of the same bytes (Python 2 strings in another encoding). */
  readonly other: string | null;
  readonly ascii: boolean;
}

/** The text that a string opcode at `offset` pushes; null where it is no text. `limit` in bytes. */
export function textAt(bytes: Bytes, offset: number, limit: number): Text | null {
  const constant = locate(bytes, offset);
  const raw = bytes.bytesAt(constant.start, Math.min(constant.length, limit));
  const cut = constant.length > limit;
  const whole = (value: string | null): Text | null =>
    value === null ? null : { value, length: cut ? constant.length : value.length, cut, other: null, ascii: true };
  switch (constant.code) {
    case 0x58:
    case 0x8c:
    case 0x8d:
      if (!cut && raw.length <= SHORT_TEXT && isAscii(raw)) return whole(latin1Text(raw));
      return whole(cut ? new TextDecoder().decode(raw) : utf8Surrogates(raw));
    case 0x56:
      return whole(cut ? cutEscapes(raw) : rawUnicodeEscape(raw));
    case 0x53: {
      const body = quotedString(raw);
      return oldText(cut ? raw : body, cut, constant.length);
    }
    case 0x54:
    case 0x55:
      return oldText(raw, cut, constant.length);
    default:
      return null;
  }
}

/** The beginning of a long UNICODE line: an escape that the cut went through is left out. */
function cutEscapes(raw: Uint8Array): string | null {
  for (let end = raw.length; end > raw.length - 12 && end >= 0; end -= 1) {
    const text = rawUnicodeEscape(raw.subarray(0, end));
    if (text !== null) return text;
  }
  return null;
}

function oldText(body: Uint8Array | null, cut: boolean, length: number): Text | null {
  if (body === null) return null;
  const value = latin1Text(body);
  const ascii = isAscii(body);
  const other = ascii ? null : utf8(body);
  return { value, length: cut ? length : value.length, cut, other: other === value ? null : other, ascii };
}

/** What is there, and is not captured. */
const LEFT_OUT: Value = { kind: 'unknown', leftOut: true };

/** As `capture`, with more of what is nested: for a trace, which shows values and decides nothing. Recursion: TRACED_DEPTH. */
export function captureTraced(machine: Values, { hi, lo }: { readonly hi: number; readonly lo: number }): Value {
  return capture(machine, hi, lo, SHOWN_DEPTH - TRACED_DEPTH);
}

/** The constant that a cell stands for, as far as it is one. Throws NeedBytes. Recursion: SHOWN_DEPTH. */
export function capture(machine: Values, hi: number, lo: number, depth = 0, room = { left: MAX_CAPTURED }): Value {
  room.left -= 1;
  if (room.left < 0) return LEFT_OUT;
  const ref = refOf(hi, lo);
  const kind = kindOf(hi);
  switch (kind) {
    case KIND.none:
      return { kind: 'none' };
    case KIND.true:
    case KIND.false:
      return { kind: 'bool', value: kind === KIND.true };
    case KIND.int:
      return { kind: 'int', text: intAt(machine, ref) };
    case KIND.float:
      return { kind: 'float', text: floatText(floatAt(machine, ref)) };
    case KIND.text:
    case KIND.oldText:
    case KIND.specialText:
    case KIND.specialOldText: {
      const known = machine.texts.get(ref);
      if (known !== undefined) return known;
      const text = textAt(machine, ref, SHOWN_TEXT * 4);
      if (text === null) return { kind: 'unknown' };
      const value: Value = { kind: 'str', value: text.value.slice(0, SHOWN_TEXT), length: text.length };
      if (text.length <= SHORT_TEXT) machine.texts.set(ref, value);
      return value;
    }
    case KIND.bytes:
    case KIND.bytearray: {
      const constant = locate(machine, ref);
      return {
        kind: 'bytes',
        value: latin1Text(machine.bytesAt(constant.start, Math.min(constant.length, SHOWN_TEXT))),
        length: constant.length,
      };
    }
    case KIND.global: {
      const record = machine.records[ref];
      return record === undefined ? { kind: 'unknown' } : { kind: 'global', module: record.module, name: record.name };
    }
    case KIND.object: {
      const record = machine.records[globalOf(ref)];
      return record === undefined
        ? { kind: 'unknown' }
        : { kind: 'call', callee: `${record.module}.${record.name}`, offset: record.offset };
    }
    case KIND.made: {
      const made = machine.made[ref];
      const record = machine.records[made?.record ?? -1];
      if (made === undefined || record === undefined) return { kind: 'unknown' };
      const callee = `${record.module}.${record.name}`;
      const { args, argsKnown, via, on, offset } = made.call;
      if (made.traced) return { kind: 'call', callee, offset };
      room.left -= made.size;
      if (room.left < 0) return { kind: 'call', callee, offset };
      const isNew = via === 'NEWOBJ' || via === 'NEWOBJ_EX';
      if (argsKnown && !isNew && on === undefined) {
        return made.state === null
          ? { kind: 'call', callee, offset, args }
          : { kind: 'call', callee, offset, args, state: made.state };
      }
      const call = {
        kind: 'call' as const,
        callee,
        offset,
        args,
        ...(argsKnown ? {} : { cut: true as const }),
        ...(isNew ? { via } : {}),
        ...(on === undefined ? {} : { on }),
      };
      return made.state === null ? call : { ...call, state: made.state };
    }
    case KIND.persistent:
      return { kind: 'persistent', offset: ref };
    case KIND.emptyTuple:
      return { kind: 'tuple', items: [], length: 0 };
    case KIND.tuple:
    case KIND.list:
    case KIND.set:
    case KIND.frozenset:
    case KIND.dict:
      return captureNode(machine, kind, ref, depth, room);
    default:
      return { kind: 'unknown' };
  }
}

/** The first letter of the code that a dtype was made of, as a character; 0 where that is not known. */
export function codeOf(m: Pick<Values, 'made' | 'records'>, hi: number, lo: number): number {
  const made = kindOf(hi) === KIND.made ? m.made[refOf(hi, lo)] : undefined;
  const code = m.records[made?.record ?? -1]?.dtype === true ? made?.call.args[0] : undefined;
  const letter = code?.kind === 'str' && code.value !== '' ? code.value.charCodeAt(0) : 0;
  return letter < 128 ? letter : 0;
}

/**
 * The state of an object whose class asks for the values of these keys only: all keys of a dict, or of the dicts of a pair,
 * and those values, each with room of its own.
 */
export function captureState(machine: Values, wanted: ReadonlySet<string> | null, hi: number, lo: number): Value {
  if (wanted === null) return capture(machine, hi, lo);
  const kind = kindOf(hi);
  const cells = kind === KIND.dict || kind === KIND.tuple ? machine.nodes.items(refOf(hi, lo)) : undefined;
  if (cells === undefined) return capture(machine, hi, lo);
  const length = machine.nodes.count(refOf(hi, lo)) ?? -1;
  if (kind === KIND.dict) return captureKeys(machine, wanted, cells, length);
  if (length !== 2) return capture(machine, hi, lo);
  const items = cells.map((cell) => {
    const own = kindOf(cell.hi) === KIND.dict ? machine.nodes.items(refOf(cell.hi, cell.lo)) : undefined;
    if (own === undefined) return capture(machine, cell.hi, cell.lo, 1);
    return captureKeys(machine, wanted, own, machine.nodes.count(refOf(cell.hi, cell.lo)) ?? -1);
  });
  return { kind: 'tuple', items, length };
}

function captureKeys(
  machine: Values,
  wanted: ReadonlySet<string>,
  cells: readonly { hi: number; lo: number }[],
  length: number,
): Value {
  const pairs: [Value, Value][] = [];
  for (let i = 0; i + 1 < cells.length; i += 2) {
    const [key, value] = [cells[i], cells[i + 1]];
    if (key === undefined || value === undefined) break;
    const name = capture(machine, key.hi, key.lo, 1);
    const isWanted = name.kind === 'str' && wanted.has(name.value);
    pairs.push([name, isWanted ? capture(machine, value.hi, value.lo) : LEFT_OUT]);
  }
  return { kind: 'dict', items: pairs, length: length / 2 };
}

const SEQUENCES = {
  [KIND.tuple]: 'tuple',
  [KIND.list]: 'list',
  [KIND.set]: 'set',
  [KIND.frozenset]: 'frozenset',
} as const;

function captureNode(machine: Values, kind: number, node: number, depth: number, room: { left: number }): Value {
  const cells = depth >= SHOWN_DEPTH ? undefined : machine.nodes.items(node);
  if (cells === undefined) return LEFT_OUT;
  const most = Math.min(cells.length, depth <= 0 && kind === KIND.dict ? STATE_CELLS : SHOWN_ITEMS);
  const items: Value[] = [];
  for (let i = 0; i < most; i += 1) {
    const cell = cells[i];
    if (cell !== undefined) items.push(capture(machine, cell.hi, cell.lo, depth + 1, room));
  }
  const length = machine.nodes.count(node) ?? items.length;
  if (kind !== KIND.dict) return { kind: SEQUENCES[kind as keyof typeof SEQUENCES], items, length };
  const pairs: [Value, Value][] = [];
  for (let i = 0; i + 1 < items.length; i += 2) pairs.push([items[i] as Value, items[i + 1] as Value]);
  return { kind: 'dict', items: pairs, length: length / 2 };
}

/** Integers of so many bytes are exact as numbers. */
const MOST_EXACT_BYTES = 6;

/** An int as decimal text (or as the line stands, for INT and LONG). */
export function intAt(bytes: Bytes, offset: number): string {
  const constant = locate(bytes, offset);
  if (constant.code === 0x49 || constant.code === 0x4c)
    return latin1Text(bytes.bytesAt(constant.start, Math.min(constant.length, 80)));
  if (constant.length > 32) return `int of ${constant.length} bytes`;
  const raw = bytes.bytesAt(constant.start, constant.length);
  const signed = constant.code === 0x4a || constant.code === 0x8a || constant.code === 0x8b;
  if (raw.length <= MOST_EXACT_BYTES) {
    let small = 0;
    for (let i = raw.length - 1; i >= 0; i -= 1) small = small * 256 + (raw[i] ?? 0);
    if (signed && raw.length > 0 && (raw[raw.length - 1] ?? 0) > 127) small -= 256 ** raw.length;
    return String(small);
  }
  let value = 0n;
  for (let i = raw.length - 1; i >= 0; i -= 1) value = value * 256n + BigInt(raw[i] ?? 0);
  if (signed && (raw[raw.length - 1] ?? 0) > 127) value -= 1n << BigInt(raw.length * 8);
  return value.toString();
}

/** An int as it is written in decimal, as short as any size. */
const PLAIN_INT = /^-?(?:0|[1-9][0-9]{0,18})L?$/;

/** The same as a number; NaN for a line that is no plain decimal, and for what no size has. Most lie in the window. */
export function numberAt(bytes: Bytes, offset: number): number {
  const at = offset - bytes.base;
  if (at >= 0 && at + HEAD_BYTES <= bytes.end) {
    const { buffer } = bytes;
    const first = buffer[at + 1] as number;
    switch (buffer[at]) {
      case 0x4b: // BININT1
        return first;
      case 0x4d: // BININT2
        return first | ((buffer[at + 2] as number) << 8);
      case 0x4a: // BININT
        return (
          first |
          ((buffer[at + 2] as number) << 8) |
          ((buffer[at + 3] as number) << 16) |
          ((buffer[at + 4] as number) << 24)
        );
      default:
        break;
    }
  }
  const text = intAt(bytes, offset);
  return PLAIN_INT.test(text) ? parseInt(text, 10) : NaN;
}

/** As `Value` has it. */
function floatText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

export function floatAt(bytes: Bytes, offset: number): number {
  const constant = locate(bytes, offset);
  const raw = bytes.bytesAt(constant.start, Math.min(constant.length, MAX_FLOAT_TEXT));
  // Half a number is another number.
  if (constant.length > raw.length) return NaN;
  if (constant.code === 0x46) return floatOfLine(latin1Text(raw));
  return raw.length < 8 ? NaN : new DataView(raw.buffer, raw.byteOffset, 8).getFloat64(0);
}

/** What a value takes in memory, in units of a small one: text holds on to what it was cut from. Recursion: SHOWN_DEPTH. */
export function bulkOf(value: Value): number {
  switch (value.kind) {
    case 'str':
    case 'bytes':
      return 1 + (value.value.length >> 5);
    case 'tuple':
    case 'list':
    case 'set':
    case 'frozenset':
      return value.items.reduce((sum, item) => sum + bulkOf(item), 1);
    case 'dict':
      return value.items.reduce((sum, [key, item]) => sum + bulkOf(key) + bulkOf(item), 1);
    default:
      return 1;
  }
}

/** How many values a reader of this value would meet. Recursion: MAX_CAPTURED, for what is larger is captured without it. */
export function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'tuple':
    case 'list':
    case 'set':
    case 'frozenset':
      return value.items.reduce((sum, item) => sum + sizeOf(item), 1);
    case 'dict':
      return value.items.reduce((sum, [key, item]) => sum + sizeOf(key) + sizeOf(item), 1);
    case 'call':
      return (value.args ?? []).reduce(
        (sum, item) => sum + sizeOf(item),
        value.on === undefined ? 1 : 1 + sizeOf(value.on),
      );
    default:
      return 1;
  }
}
