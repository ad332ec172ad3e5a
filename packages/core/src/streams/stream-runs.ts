import { sliceSource } from '../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { MAX_ARRAY_RUNS } from '../model/limits.js';
import type { Run, RunObserver } from '../pickle/drive.js';
import { locateArray, type ArrayData } from '../pickle/joblib-array.js';
import { opcode } from '../pickle/opcodes.js';
import type { Machine } from '../pickle/operations.js';
import { callsDanger } from '../plausibility/array-calls.js';
import { ARRAY_WINDOW, mayNameSomething } from './array-opcodes.js';
import { attempt, type Attempt } from './attempt.js';
import { factsOf } from './facts.js';
import type { ArrayPart, PickleInput, Reading, Runs, StreamResult } from './stream-result.js';

type ReadArray = (machine: Machine, at: number) => Promise<number | null>;

/** The runs of one stream: one under every reading that the stream gives cause for. */
export class StreamRuns {
  readonly #input: PickleInput;
  readonly #origin: number;
  /** The machine whose memo the unpickler still has. */
  readonly #before: Machine | null;
  /** Analyses the pickle of an object array. */
  readonly #analyseArray: (offset: number) => Promise<StreamResult>;
  /** By the offsets where they begin: every reading comes to them. */
  readonly #inner = new Map<number, StreamResult>();
  readonly #passed: ArrayPart[] = [];
  readonly #inArrays = new Map<number, Run>();
  readonly #observers: RunObserver[] = [];
  /** Plain pickle would go on within an array. */
  #plainFollows = false;
  /** An object array ended within a frame. */
  #frameLeft = false;
  #limit: LimitError | null = null;

  constructor(
    input: PickleInput,
    origin: number,
    before: Machine | null,
    analyseArray: (offset: number) => Promise<StreamResult>,
  ) {
    this.#input = input;
    this.#origin = origin;
    this.#before = before;
    this.#analyseArray = analyseArray;
  }

  async all(): Promise<Runs> {
    const inherit = this.#before;
    const usual = await this.#run({ onArray: this.#arrayReader(false), inherit, observer: this.#observer('usual') });
    let { failure } = usual;
    const others: Run[] = [];
    let unbuffered: Machine | null = null;
    if (usual.run.machine.unbufferedDiffers) {
      const other = await this.#run({ unbuffered: true, inherit, observer: this.#observer('unbuffered') });
      others.push(other.run);
      unbuffered = other.run.machine;
    }
    if (this.#frameLeft) {
      // joblib read object arrays with C's unpickler, since 1.6 with its own: that one takes the rest of the frame too.
      const other = await this.#run({ onArray: this.#arrayReader(true), inherit });
      failure ??= other.failure;
      others.push(other.run);
    }
    const alternates = this.#plainFollows ? await this.#asPlainPickle() : [];
    return {
      run: usual.run,
      others,
      alternates,
      inArrays: [...this.#inArrays.values()],
      unbuffered,
      observers: this.#observers,
      failure,
      limit: this.#limit,
      inner: [...this.#inner.values()],
      arrays: this.#passed,
    };
  }

  /** Read by plain pickle, the bytes of an array are opcodes. On honest files this ends at once. */
  async #asPlainPickle(): Promise<Run[]> {
    const plain = await this.#run({ observer: this.#observer('plain') });
    if (!plain.run.machine.unbufferedDiffers) return [plain.run];
    const other = await this.#run({ unbuffered: true });
    return [plain.run, other.run];
  }

  async #run(options: Omit<Parameters<typeof attempt>[2], 'names' | 'budget'>): Promise<Attempt> {
    const { source, names, budget } = this.#input;
    const one = await attempt(source, this.#origin, { names, budget, ...options });
    this.#limit ??= one.run.limit;
    return one;
  }

  #observer(reading: Reading): RunObserver | undefined {
    const given = this.#input.observe?.(reading, this.#input.role);
    if (given !== undefined) this.#observers.push(given);
    return given;
  }

  /** `behindFrame`: the reader of an object array takes the rest of the frame in which the array ends. */
  #arrayReader(behindFrame: boolean): ReadArray {
    const { source } = this.#input;
    let aligned = false;
    return async (machine, at) => {
      const state = machine.arrayState;
      const read = source.read(at, ARRAY_WINDOW);
      const first = read instanceof Promise ? await read : read;
      const following = first[0];
      const data: ArrayData = machine.signals.has('build-on-global')
        ? { kind: 'unknown', reason: 'the class of the array wrapper may be patched' }
        : locateArray(following, at, state, aligned || machine.wrapperIsUnusual);
      aligned ||= state !== null && state.alignment !== 'nothing';
      const inFrame = Number.isFinite(machine.frameEnd) && machine.frameEnd > machine.base + machine.at;
      if (inFrame || (following !== undefined && opcode(following) !== undefined)) this.#plainFollows = true;
      if (data.kind === 'unknown') throw new UnsupportedError(data.reason, at);
      if (data.kind === 'raw' && data.end > source.size) {
        throw new InputError(
          `truncated: an array of ${data.end - at} bytes is expected, ${source.size - at} are there`,
          at,
          'truncated',
        );
      }
      machine.becomesArray(data.kind === 'pickle');
      if (data.kind === 'pickle') return this.#objectArray(at, data.start, behindFrame);
      const { start, end } = data;
      if (!behindFrame) this.#passed.push({ at, start, end, pickle: null });
      // Decided before anything else is read: `first` may lie in the same memory.
      const isSuspect = mayNameSomething(first, 0, end - at);
      const isSuspectBehind = start !== at && mayNameSomething(first, start - at, end - at);
      if (isSuspect) await this.#readAsOpcodes(at, end);
      if (isSuspectBehind) await this.#readAsOpcodes(start, end);
      return end;
    };
  }

  async #objectArray(at: number, start: number, behindFrame: boolean): Promise<number> {
    const known = this.#inner.get(start);
    const nested = known ?? (await this.#analyseArray(start));
    if (known === undefined) this.#inner.set(start, nested);
    if (!behindFrame) this.#passed.push({ at, start, end: start, pickle: nested });
    if (nested.limit !== null) throw nested.limit;
    const end = nested.stream.offset + nested.stream.length;
    const frameEnd = nested.leftOver.get(end);
    this.#frameLeft ||= frameEnd !== undefined;
    return behindFrame ? (frameEnd ?? end) : end;
  }

  /**
   * A second look at what is jumped over: if the offset of an array were reported wrongly, its bytes would be opcodes. What
   * calls something dangerous as they stand is reported.
   */
  async #readAsOpcodes(start: number, end: number): Promise<void> {
    if (this.#inArrays.has(start)) return;
    const { source, names, budget, path, role } = this.#input;
    const { run } = await attempt(sliceSource(source, 0, end), start, { names, budget });
    if (run.limit !== null) throw run.limit;
    const facts = factsOf(run.machine, { path, role, sourceOffset: run.sourceOffset });
    if (!facts.some(callsDanger)) return;
    if (this.#inArrays.size >= MAX_ARRAY_RUNS)
      throw new LimitError('MAX_ARRAY_RUNS', `more than ${MAX_ARRAY_RUNS} arrays hold opcodes that call something`);
    this.#inArrays.set(start, run);
  }
}
