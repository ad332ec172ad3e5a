import { RULES, type ArtifactResult, type Report } from '@artifact-sentinel/core';
import {
  asksForRepositories,
  judgeEach,
  pinnedNames,
  portablePlatform,
  readReport,
  REPORTERS,
  selectRules,
  shellQuote,
  sourceFactsFor,
  UsageError,
} from '@artifact-sentinel/core/internal';
import { CollectQueue } from './collect-queue.js';
import { DroppedTree } from './dropped-tree.js';
import { addHashes, unhashed } from './hashes.js';
import { bytesOf, contentsOf, traceOf } from './look-inside.js';
import { PagePolicies } from './policies.js';
import type {
  BytesAnswer,
  ContentsAnswer,
  DownloadFormat,
  GivenFile,
  HashChoice,
  LeadEvent,
  ScanOrder,
  ScanProgress,
  TraceAnswer,
} from './protocol.js';

/** Messages about progress and results come no more often. */
const INTERVAL_MS = 60;

/** What is known of the last scan, or of the report that was opened. */
interface Shown {
  readonly order: ScanOrder | null;
  readonly tree: DroppedTree;
  /** Without the SHA-256 of whole files. */
  readonly report: Report;
}

/** The worker that scans, judges and answers what the page asks. */
export class Lead {
  readonly #tell: (event: LeadEvent) => void;
  readonly #hashed = new Map<HashChoice, Report>();
  #shown: Shown | null = null;
  #queue: CollectQueue | null = null;
  /** Files of the scan that runs: they can be looked into before it ends. */
  #tree = new DroppedTree([]);
  #tracing = new AbortController();
  #listing = new AbortController();
  #hashing = new AbortController();

  constructor(tell: (event: LeadEvent) => void) {
    this.#tell = tell;
  }

  /** The collector behind one of the ports that the scan got has ended. */
  loseCollector(index: number, reason: string): void {
    this.#queue?.lose(index, reason);
  }

  /** Scans as `sentinel artifact` does: the report is the same but for times and the bytes that were read. */
  async scan(order: ScanOrder, ports: readonly MessagePort[]): Promise<Report> {
    const started = new Date();
    const today = started.toISOString().slice(0, 10);
    const tree = new DroppedTree(order.files);
    this.#tree = tree;
    this.#shown = null;
    this.#hashed.clear();
    const policies = new PagePolicies(order, tree);
    const { policy } = policies;
    const progress = new Progress(order, this.#tell);
    const options = {
      hashWhere: pinnedNames(policy, today),
      sources: sourceFactsFor(RULES),
      repositories: asksForRepositories(RULES),
    };
    const queue = new CollectQueue({ files: order.files, roots: order.roots, options }, tree, progress.onBytes);
    this.#queue = queue;
    for (const port of ports) queue.add(port);
    const run = {
      startedAt: started.toISOString(),
      paths: order.roots,
      rules: [],
      policy: order.policy?.file ?? null,
      policyFiles: policies.files,
      maxAcceptableSeverity: null,
      alsoAllow: [],
      timeoutSeconds: null,
      requireArtifacts: false,
    };
    const judging = judgeEach(progress.watch(queue.turns()), {
      command: commandOf(order, null, false),
      policy,
      policyFor: policies.policyFor,
      policyPaths: policies.policyPaths,
      rules: RULES,
      run,
      retestTarget: policies.retestTarget,
      platform: portablePlatform,
      today,
    });
    for (;;) {
      const step = await judging.next();
      if (step.done !== true) {
        progress.add(step.value);
        continue;
      }
      progress.end();
      const report = { ...step.value, notes: [...policies.notes(), ...step.value.notes] };
      this.#shown = { order, tree, report };
      this.#queue = null;
      return report;
    }
  }

  look(files: readonly GivenFile[]): null {
    this.#tree = new DroppedTree(files);
    this.#shown = null;
    return null;
  }

  /** Reads a JSON report; a UsageError says what is wrong with it. */
  open(text: string, file: string): Report {
    const report = readReport(text, file);
    this.#hashed.clear();
    this.#tree = new DroppedTree([]);
    this.#shown = { order: null, tree: this.#tree, report };
    return report;
  }

  /** The report with the SHA-256 of whole files. */
  async hash(choice: HashChoice): Promise<Report> {
    const { tree, report } = this.#known();
    const known = this.#hashed.get(choice);
    if (known !== undefined) return known;
    const files = unhashed(report, choice);
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    let bytesDone = 0;
    let shown = 0;
    this.#hashing = new AbortController();
    const { signal } = this.#hashing;
    const hashed = await addHashes(report, choice, tree, (read, current) => {
      signal.throwIfAborted();
      bytesDone += read;
      const now = performance.now();
      if (now - shown < INTERVAL_MS) return;
      shown = now;
      this.#tell({ kind: 'hashing', bytes, bytesDone, current });
    });
    this.#hashed.set(choice, hashed);
    return hashed;
  }

  stopHashing(): null {
    this.#hashing.abort(new UsageError('hashing was stopped'));
    return null;
  }

  /** What the command line writes for the same files, byte for byte. `choice`: null for what the format asks for by itself. */
  async render(format: DownloadFormat, choice: HashChoice | null): Promise<string> {
    const { order } = this.#known();
    const reporter = REPORTERS[format];
    const report = order === null ? this.#known().report : await this.hash(choice ?? reporter.hash);
    const rules = selectRules(report.run?.rules ?? []).map(({ meta }) => meta);
    const context = {
      rules,
      catalogue: RULES.map(({ meta }) => meta),
      root: null,
      checkout: () => null,
      color: false,
      verbose: false,
      quiet: false,
      width: null,
    };
    const render = await reporter.load();
    const command = order === null ? report.command : commandOf(order, format, choice !== null && choice);
    return render({ ...report, command }, context);
  }

  /** A trace ends when another one is asked for. */
  trace(path: string): Promise<TraceAnswer> {
    this.#tracing.abort(new UsageError('another file was chosen'));
    this.#tracing = new AbortController();
    return traceOf(path, this.#file(path), this.#tracing.signal);
  }

  contents(path: string): Promise<ContentsAnswer> {
    this.#listing.abort(new UsageError('another file was chosen'));
    this.#listing = new AbortController();
    return contentsOf(path, this.#file(path), this.#listing.signal);
  }

  bytes(path: string, member: string | null, offset: number, length: number): Promise<BytesAnswer> {
    return bytesOf(path, this.#file(path), member, offset, length);
  }

  #file(path: string): File {
    const file = this.#tree.file(path);
    if (file === undefined) throw new UsageError('the file itself is not here: only its report was opened');
    return file;
  }

  #known(): Shown {
    if (this.#shown === null) throw new UsageError('there is no report yet');
    return this.#shown;
  }
}

/** The command that makes the same report. */
function commandOf(order: ScanOrder, format: DownloadFormat | null, hash: HashChoice | false): string {
  const words = [
    'sentinel',
    'artifact',
    ...order.roots,
    ...(order.policy === null ? [] : ['--policy', order.policy.file]),
    ...(hash === false ? [] : ['--hash', hash]),
    ...(format === null ? [] : ['-f', format]),
  ];
  return words.map((word) => shellQuote(word)).join(' ');
}

/** Tells the page how far a scan is, and what was found since. */
class Progress {
  readonly #tell: (event: LeadEvent) => void;
  readonly #files: number;
  readonly #bytes: number;
  readonly #sizes: ReadonlyMap<string, number>;
  #results: ArtifactResult[] = [];
  #state: ScanProgress;
  #shown = 0;
  /** Bytes that were read since the turn of the file at hand. */
  #readOfTurn = 0;

  constructor({ files }: ScanOrder, tell: (event: LeadEvent) => void) {
    this.#tell = tell;
    this.#files = files.length;
    this.#sizes = new Map(files.map(({ path, file }) => [path, file.size]));
    this.#bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    this.#state = { files: this.#files, filesDone: 0, bytes: this.#bytes, bytesDone: 0, bytesRead: 0, current: '' };
  }

  readonly onBytes = (bytes: number): void => {
    this.#state = { ...this.#state, bytesRead: this.#state.bytesRead + bytes };
    this.#readOfTurn += bytes;
    this.#show();
  };

  /** The turns, counted when they are done. */
  async *watch<T extends { readonly path: string }>(turns: Iterable<T>): AsyncGenerator<T> {
    for (const turn of turns) {
      this.#state = { ...this.#state, current: turn.path };
      this.#readOfTurn = 0;
      this.#show();
      yield turn;
      const { filesDone, bytesDone } = this.#state;
      const size = this.#sizes.get(turn.path) ?? 0;
      this.#state = { ...this.#state, filesDone: filesDone + 1, bytesDone: bytesDone + size };
    }
  }

  add(result: ArtifactResult): void {
    this.#results.push(result);
    this.#show();
  }

  end(): void {
    this.#shown = 0;
    this.#show();
  }

  #show(): void {
    const now = performance.now();
    if (now - this.#shown < INTERVAL_MS) return;
    this.#shown = now;
    const results = this.#results;
    this.#results = [];
    this.#tell({ kind: 'progress', progress: { ...this.#state, bytesDone: this.#bytesDone() }, results });
  }

  /** Sizes of the files that are done, and what was read of the one at hand. */
  #bytesDone(): number {
    const { bytesDone, filesDone, files, current } = this.#state;
    return filesDone === files ? bytesDone : bytesDone + Math.min(this.#readOfTurn, this.#sizes.get(current) ?? 0);
  }
}
