import type { Budget } from '../bytes/budget.js';
import { EMPTY, type ByteSource } from '../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { MAX_REF } from './cells.js';
import { runWindow } from './loop.js';
import type { NameKnowledge, TraceEvent } from './machine-state.js';
import { Machine } from './operations.js';
import { MAX_DROPS } from '../model/limits.js';

/** Windows grow while the stream is read on end and shrink behind a jump, so that little is read around tensors. */
const FIRST_WINDOW = 4096;
const WINDOW_BEHIND_JUMP = 1024;
const LARGEST_WINDOW = 1 << 20;
/** A read costs more than so many bytes do: over shorter jumps is read on. */
const NEAR_JUMP = 64 * 1024;
/** Readable bytes behind the last one: the loop may look at a header before it knows that it is cut. */
const PADDING = 16;
const SIDE_BLOCK = 4096;
/** Bytes before an array that stay in the window behind it. */
const KEPT_BYTES = 4096;

/** Watches one run: for a trace. `at` is the event's offset in the source, where the machine may count otherwise. */
export interface RunObserver {
  event(event: TraceEvent, at: number): void;
}

export interface DriveOptions {
  readonly names: NameKnowledge;
  readonly budget: Budget;
  /** Run as the C unpickler on a file without peek. */
  readonly unbuffered?: boolean;
  /** The machine of the stream before, whose memo this one finds. */
  readonly inherit?: Machine | null;
  /** The stream begins inside a frame that ends there. */
  readonly frameEnd?: number;
  /**
   * Called where a joblib array wrapper was built: gives the offset behind the array that begins at `at`, or null
   * where that is unknown and the run must end. Without it such arrays are not expected.
   */
  readonly onArray?: (machine: Machine, at: number) => Promise<number | null>;
  readonly observer?: RunObserver | undefined;
}

/** One pickle stream that was run from `origin`. */
export interface Run {
  readonly machine: Machine;
  /** Offset behind the last opcode that was run. */
  readonly end: number;
  /** Offset in the source of an offset that the machine recorded. */
  readonly sourceOffset: (offset: number) => number;
  /** A fault of the source itself (a broken decoder), where that is why the stream ended. */
  readonly fault: InputError | UnsupportedError | null;
  /** The limit that ended the run. What was found before it stands; the rest of the stream was not looked at. */
  readonly limit: LimitError | null;
}

/** The source as a reader sees it that skips some ranges: offsets are counted without them. */
class SplicedSource implements ByteSource {
  readonly #inner: ByteSource;
  /** Where the ranges were cut out, ascending, and how many bytes are gone up to and with each. */
  readonly #cuts: number[] = [];
  readonly #gone: number[] = [];

  constructor(inner: ByteSource) {
    this.#inner = inner;
  }

  get size(): number {
    return this.#inner.size - (this.#gone.at(-1) ?? 0);
  }

  drop(start: number, end: number): void {
    if (this.#cuts.length >= MAX_DROPS)
      throw new LimitError('MAX_DROPS', `more than ${MAX_DROPS} ranges are left out of one stream`);
    this.#cuts.push(start);
    this.#gone.push((this.#gone.at(-1) ?? 0) + end - start);
  }

  /** Index of the first cut behind `offset`. */
  #nextCut(offset: number): number {
    let low = 0;
    let high = this.#cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cuts[middle] ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many of `length` bytes lie in one piece. */
  straight(offset: number, length: number): number {
    return Math.min(length, (this.#cuts[this.#nextCut(offset)] ?? Infinity) - offset);
  }

  /** Offset in the underlying source. */
  real(offset: number): number {
    const cut = this.#nextCut(offset);
    // Index -1 would be looked up as a name.
    return cut === 0 ? offset : offset + (this.#gone[cut - 1] ?? 0);
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = offset + length;
    let cut = this.#nextCut(offset);
    if ((this.#cuts[cut] ?? Infinity) >= end) return this.#inner.read(this.real(offset), length);
    // The read spans cuts: one piece up to each of them.
    const joined = new Uint8Array(length);
    for (let at = offset; at < end; cut += 1) {
      const wanted = Math.min(end, this.#cuts[cut] ?? Infinity) - at;
      const piece = wanted === 0 ? EMPTY : await this.#inner.read(at + (this.#gone[cut - 1] ?? 0), wanted);
      joined.set(piece, at - offset);
      at += piece.length;
      if (piece.length < wanted) return joined.subarray(0, at - offset);
    }
    return joined;
  }
}

/** Runs one stream. Throws whatever the source throws that is neither a fault of the input nor a limit. */
export async function drive(source: ByteSource, origin: number, options: DriveOptions): Promise<Run> {
  const unbuffered = options.unbuffered === true;
  const spliced = unbuffered || options.onArray !== undefined ? new SplicedSource(source) : null;
  const bytes = spliced ?? source;
  const machine = new Machine({
    origin,
    unbuffered,
    arrays: options.onArray !== undefined,
    names: options.names,
    source: bytes,
  });
  const earlier = options.inherit?.view ?? null;
  machine.view = {
    read: (offset, length) => (earlier !== null && offset < origin ? earlier : bytes).read(offset, length),
  };
  if (options.inherit != null) machine.inherit(options.inherit);
  if (options.frameEnd !== undefined) machine.frameEnd = options.frameEnd;
  const sourceOffset = (offset: number): number => (spliced === null ? offset : spliced.real(offset));
  const { observer } = options;
  if (observer !== undefined) machine.observer = (event) => observer.event(event, sourceOffset(event.offset));
  const window = new Window(machine, bytes, options.budget);
  let limit: LimitError | null = null;
  try {
    await runToEnd(machine, window, spliced, source, options);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    limit = error;
  }
  return { machine, end: sourceOffset(machine.base + machine.at), sourceOffset, fault: window.fault, limit };
}

async function runToEnd(
  machine: Machine,
  window: Window,
  spliced: SplicedSource | null,
  { size }: ByteSource,
  options: DriveOptions,
): Promise<void> {
  await window.load(machine.origin, PADDING);
  for (;;) {
    const status = runWindow(machine);
    if (status === 'end') {
      // A length that leads behind the end of the bytes was not looked at.
      options.budget.countLooked(Math.min(machine.base + machine.at, size) - machine.origin);
      options.budget.countHandedOn(machine.handedOn);
      return;
    }
    if (status === 'array') {
      if (!(await passArray(machine, spliced, options))) return;
      await window.load(machine.base + machine.at, PADDING, true);
    } else if (status === 'bytes') {
      await window.loadSide(machine.wantedAt, machine.wantedLength);
    } else {
      if (machine.drop !== null) {
        spliced?.drop(machine.drop.start, machine.drop.end);
        machine.forgetSide(machine.drop.start);
        machine.drop = null;
      }
      if (machine.longLine !== null) machine.finishLongLine(await window.findNewline(machine.longLine.start));
      await window.load(machine.base + machine.at, machine.wantedLength);
    }
  }
}

/**
 * joblib reads the array straight from the file, behind what its unpickler has buffered: behind the frame when one is
 * open, otherwise right behind the BUILD.
 */
async function passArray(machine: Machine, spliced: SplicedSource | null, options: DriveOptions): Promise<boolean> {
  const next = machine.base + machine.at;
  const start = Number.isFinite(machine.frameEnd) && machine.frameEnd > next ? machine.frameEnd : next;
  const realStart = spliced === null ? start : spliced.real(start);
  const realEnd = (await options.onArray?.(machine, realStart)) ?? null;
  if (realEnd === null) return false;
  spliced?.drop(start, start + (realEnd - realStart));
  machine.forgetSide(start);
  return true;
}

/** Keeps the machine's window filled. */
class Window {
  fault: InputError | UnsupportedError | null = null;
  readonly #machine: Machine;
  readonly #source: ByteSource;
  readonly #budget: Budget;
  #size = FIRST_WINDOW / 4;
  #loadedFrom = 0;
  #loadedTo = 0;
  /** The window itself: sources lend their bytes only until the next read. */
  #buffer: Uint8Array;

  constructor(machine: Machine, source: ByteSource, budget: Budget) {
    this.#machine = machine;
    this.#source = source;
    this.#budget = budget;
    // Most of many streams are short.
    this.#buffer = new Uint8Array(Math.min(FIRST_WINDOW, source.size) + PADDING);
  }

  /** `keeps`: what lies before `offset` stays at hand where it is little. Behind an array, names from before it are used. */
  async load(offset: number, atLeast: number, keeps = false): Promise<void> {
    this.#budget.checkTime();
    // A window of which only the beginning was used (behind a small array, at a frame's odd end) is no reason to read more.
    const used = this.#loadedTo === 0 ? Infinity : offset - this.#loadedFrom;
    this.#size =
      offset > this.#loadedTo + NEAR_JUMP
        ? WINDOW_BEHIND_JUMP
        : Math.min(this.#size * 4, Math.max(used * 4, WINDOW_BEHIND_JUMP), LARGEST_WINDOW);
    const length = Math.max(this.#size, atLeast + PADDING);
    const bytes = await this.#read(offset, length);
    const { length: have } = bytes;
    if (have > 0 && offset + have > MAX_REF)
      throw new LimitError('MAX_REF', `offsets behind ${MAX_REF} bytes cannot be distinguished`);
    const machine = this.#machine;
    const before = offset - machine.base;
    const kept = keeps && before > 0 && before <= Math.min(KEPT_BYTES, machine.end) ? before : 0;
    const filled = kept + have;
    if (this.#buffer.length < filled + PADDING) {
      const old = this.#buffer;
      this.#buffer = new Uint8Array(Math.max(filled + PADDING, old.length * 2));
      this.#buffer.set(old.subarray(0, kept));
    }
    this.#buffer.set(bytes, kept);
    this.#buffer.fill(0, filled, filled + PADDING);
    // A short answer is the end, or the offset where a decoder failed: the next read shows which.
    const last =
      offset + have >= this.#source.size || (have < length && (await this.#read(offset + have, 1)).length === 0);
    machine.buffer = this.#buffer;
    machine.opAt += machine.base - (offset - kept);
    machine.end = filled;
    machine.atSourceEnd = last;
    machine.base = offset - kept;
    machine.at = kept;
    this.#loadedFrom = offset;
    this.#loadedTo = offset + have;
    if (last && have === 0 && Number.isFinite(this.#source.size) && offset > this.#source.size) {
      // The jump over an argument led behind the end.
      machine.base = this.#source.size;
      machine.at = offset - this.#source.size;
      machine.opAt += machine.at;
    }
  }

  async loadSide(offset: number, length: number): Promise<void> {
    this.#budget.checkTime();
    // Around arrays a whole block would be a read for each piece of it.
    const straight = this.#source instanceof SplicedSource ? this.#source.straight(offset, SIDE_BLOCK) : SIDE_BLOCK;
    const wanted = Math.max(length, straight);
    const { origin, view } = this.#machine;
    // A text from before this stream lies where the reader of that stream saw it; headers are read with room to spare.
    const earlier = view === null ? 0 : Math.min(Math.max(0, origin - offset), wanted);
    const before = earlier === 0 || view === null ? EMPTY : (await view.read(offset, earlier)).slice();
    const rest = earlier === wanted ? EMPTY : await this.#read(offset + earlier, wanted - earlier);
    const bytes = new Uint8Array(before.length + rest.length);
    bytes.set(before);
    bytes.set(rest, before.length);
    this.#machine.addSide(offset, bytes, bytes.length < wanted);
  }

  async findNewline(start: number): Promise<number> {
    for (let offset = start; ;) {
      this.#budget.checkTime();
      const bytes = await this.#read(offset, LARGEST_WINDOW);
      const newline = bytes.indexOf(10);
      if (newline >= 0) return offset + newline;
      if (bytes.length === 0) return offset; // no newline at all: the machine ends behind the data
      offset += bytes.length;
    }
  }

  /** Reads; a fault of the input behind good bytes looks like the end and is remembered. */
  async #read(offset: number, length: number): Promise<Uint8Array> {
    if (this.fault !== null) return EMPTY;
    try {
      const result = this.#source.read(offset, length);
      return result instanceof Promise ? await result : result;
    } catch (error) {
      if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
      this.fault = error;
      return EMPTY;
    }
  }
}
