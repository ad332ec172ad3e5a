import { isRepositoryFact } from './model/repository.js';
import { ARTIFACT } from './model/origin.js';
import type { RunObserver } from './pickle/drive.js';
import type { Observe } from './streams/stream-result.js';
import { Budget, DEFAULT_LIMITS, type Limits } from './bytes/budget.js';
import { pagedSource } from './bytes/paged-source.js';
import type { ByteSource } from './bytes/source.js';
import { inspect } from './formats/inspect.js';
import type { Found } from './formats/members/look.js';
import { LimitError, type InputError } from './model/errors.js';
import { escapeText } from './model/escape.js';
import type { Fact, Notice, StreamFacts } from './model/fact.js';
import type { TraceItem } from './model/trace.js';
import { palette } from './report/palette.js';
import { plural } from './report/words.js';
import { IN_FINDINGS, standing, standingIn } from './rules/standing.js';
import { Program } from './trace/program.js';
import { printItem } from './trace/print.js';
import { streamItems } from './trace/section.js';
import { MAX_REMARKS } from './model/limits.js';
import { portablePlatform, type Platform } from './platform.js';

export interface TraceOptions {
  readonly limits?: Partial<Limits>;
  /** What the host provides; portable JavaScript by default. */
  readonly platform?: Platform;
  /** Ends the trace: it then throws the reason of the signal. */
  readonly signal?: AbortSignal;
  /** Colours for a terminal. */
  readonly color?: boolean;
}

export interface TraceResult {
  /** False when something could not be read: what is missing was said in a line of its own. */
  readonly complete: boolean;
  readonly streams: number;
}

/**
 * What loading a file would do: for each pickle stream in it a program in the manner of Python, line by line. It is
 * evidence for people and decides nothing; every line is free of control characters but for the colours asked for.
 */
export async function* trace(
  path: string,
  source: ByteSource,
  options: TraceOptions = {},
): AsyncGenerator<string, TraceResult, void> {
  const colours = palette(options.color === true);
  const items = traceItems(path, source, options);
  let isFirst = true;
  try {
    for (;;) {
      const next = await items.next();
      if (next.done === true) return next.value;
      yield* printItem(next.value, isFirst, colours);
      if (next.value.kind === 'stream') isFirst = false;
    }
  } finally {
    // For a reader who stops early; nothing otherwise.
    await items.return({ complete: false, streams: 0 });
  }
}

/** The same as plain data, for those who show it otherwise. */
export async function* traceItems(
  path: string,
  source: ByteSource,
  options: Omit<TraceOptions, 'color'> = {},
): AsyncGenerator<TraceItem, TraceResult, void> {
  // A reader who pages through the lines spends no time of the deadline.
  let waited = 0;
  const { platform = portablePlatform, signal = null } = options;
  const { now } = platform;
  const run = new TraceRun(path);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const budget = new Budget(limits, { ...platform, now: () => now() - waited }, Infinity, null, signal);
  for await (const item of run.items(source, budget)) {
    const since = now();
    yield item;
    waited += now() - since;
  }
  return run.result;
}

class TraceRun {
  readonly #path: string;
  #streams = 0;
  #complete = true;
  #remarks = 0;
  #format: string | null = null;
  /** The stream that was shown last. */
  #last: { readonly stream: StreamFacts; readonly facts: readonly Fact[] } | null = null;
  /** Members with archives in a row of which that was said. */
  readonly #inRow = new Set<string>();

  constructor(path: string) {
    this.#path = path;
  }

  get result(): TraceResult {
    return { complete: this.#complete, streams: this.#streams };
  }

  async *items(source: ByteSource, budget: Budget): AsyncGenerator<TraceItem> {
    const name = this.#path.slice(Math.max(this.#path.lastIndexOf('/'), this.#path.lastIndexOf('\\')) + 1);
    let fault: InputError | null = null as InputError | null;
    try {
      const observe: Observe = (reading, role) => new Program(reading, role);
      const { interrupt } = budget;
      const paged = pagedSource(source, { thorough: true, onFault: (error) => (fault ??= error), interrupt });
      for await (const item of inspect({ path: this.#path, name, source: paged, depth: 0, origin: ARTIFACT }, budget, {
        observe,
        digests: false,
        interest: IN_FINDINGS,
      }))
        yield* this.#show(item);
    } catch (error) {
      if (!(error instanceof LimitError)) throw error;
      yield* this.#notice({ path: this.#path, offset: null, cause: 'limit', reason: error.message });
    }
    // Those who wanted the bytes may have taken the fault for chance.
    if (fault !== null && this.#complete)
      yield* this.#notice({ path: this.#path, offset: fault.offset, cause: 'unreadable', reason: fault.message });
    if (this.#remarks > MAX_REMARKS)
      yield remark(null, null, `${plural(this.#remarks - MAX_REMARKS, 'more remark')} on this file`);
    if (this.#streams === 0 && this.#complete) {
      const format = this.#format === null ? '' : ` (${escapeText(this.#format)})`;
      yield remark(this.#path, null, `no pickle in it, so that loading it runs none${format}`);
    }
  }

  *#show(item: Found): Generator<TraceItem> {
    switch (item.kind) {
      // A trace is thorough, and about streams.
      case 'unread':
      case 'repository':
        return;
      case 'format':
        this.#format ??= item.format;
        return;
      case 'opaque':
        if (item.opaque.path === this.#path) this.#format ??= item.opaque.format;
        return;
      case 'stream':
        this.#streams += 1;
        this.#last = item;
        yield* streamItems(item.stream, standingIn(item.facts), item.observers.filter(isProgram));
        return;
      case 'fact':
        if (this.#counts(item.fact)) yield* this.#remark(item.fact);
        return;
      case 'notice':
        yield* this.#notice(item.notice);
    }
  }

  /** Of archives in a row the first one counts that names something unusual; its stream is the last that was shown. */
  #counts(fact: Fact): boolean {
    if (fact.kind !== 'archive.ambiguous' || fact.ifUnusual === undefined) return true;
    const streams = this.#last === null ? [] : [this.#last];
    if (this.#inRow.has(fact.at.path) || standing({ streams, facts: [fact] }).facts.length === 0) return false;
    this.#inRow.add(fact.at.path);
    return true;
  }

  *#remark(fact: Fact): Generator<TraceItem> {
    if (fact.kind === 'pickle.global' || fact.kind === 'pickle.dynamic' || fact.kind === 'source.call') return;
    if (fact.kind === 'torch.load' || fact.kind === 'torch.native' || fact.kind === 'source.flow') return;
    if (fact.kind === 'keras.object' || isRepositoryFact(fact)) return;
    this.#remarks += 1;
    if (this.#remarks > MAX_REMARKS) return;
    const what = fact.kind === 'pickle.structure' ? fact.signal : fact.problem;
    yield remark(fact.at.path, fact.at.offset, escapeText(`${what}: ${fact.detail}`));
  }

  *#notice({ path, offset, reason }: Notice): Generator<TraceItem> {
    this.#complete = false;
    // The stream's own last line said so already.
    if (this.#last?.stream.path === path && this.#last.stream.error?.startsWith(reason) === true) return;
    yield { kind: 'remark', path, offset, text: escapeText(reason), incomplete: true };
  }
}

function remark(path: string | null, offset: number | null, text: string): TraceItem {
  return { kind: 'remark', path, offset, text, incomplete: false };
}

function isProgram(observer: RunObserver): observer is Program {
  return observer instanceof Program;
}
