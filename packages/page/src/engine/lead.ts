import { blobSource, RULES, type ByteSource, type Report } from '@artifact-sentinel/core';
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
  type CollectOptions,
  type HashChoice,
  type Turn,
} from '@artifact-sentinel/core/internal';
import { CollectQueue } from './collect-queue.js';
import { DroppedTree } from './dropped-tree.js';
import { addHashes, unhashed } from './hashes.js';
import { bytesOf, contentsOf, traceOf } from './look-inside.js';
import { PagePolicies } from './policies.js';
import { INTERVAL_MS, Progress } from './progress.js';
import type { OpenRemote, RemoteFiles } from './remote-files.js';
import type {
  BytesAnswer,
  ContentsAnswer,
  DownloadFormat,
  GivenFile,
  GivenPolicy,
  LeadEvent,
  ScanOrder,
  TraceAnswer,
} from './protocol.js';

/** What a scan is of, as a command line names it. */
type Named = Pick<ScanOrder, 'roots' | 'policy'>;

/** What is known of the last scan, or of the report that was opened. */
interface Shown {
  /** What a command line would name; null for a report that was opened. */
  readonly order: Named | null;
  readonly tree: DroppedTree;
  /** Null for files that were dropped. */
  readonly remote: RemoteFiles | null;
  /** Without the SHA-256 of whole files. */
  readonly report: Report;
}

/** The worker that scans, judges and answers what the page asks. */
export class Lead {
  readonly #tell: (event: LeadEvent) => void;
  readonly #openRemote: OpenRemote | null;
  readonly #hashed = new Map<HashChoice, Report>();
  #shown: Shown | null = null;
  #queue: CollectQueue | null = null;
  /** Files of the scan that runs: they can be looked into before it ends. */
  #tree = new DroppedTree([]);
  #remote: RemoteFiles | null = null;
  #tracing = new AbortController();
  #listing = new AbortController();
  #hashing = new AbortController();

  /** `openRemote`: null where nothing is read but what was dropped. */
  constructor(tell: (event: LeadEvent) => void, openRemote: OpenRemote | null) {
    this.#tell = tell;
    this.#openRemote = openRemote;
  }

  /** The collector behind one of the ports that the scan got has ended. */
  loseCollector(index: number, reason: string): void {
    this.#queue?.lose(index, reason);
  }

  /** Scans as `sentinel artifact` does: the report is the same but for times and the bytes that were read. */
  async scan(order: ScanOrder, ports: readonly MessagePort[]): Promise<Report> {
    const tree = new DroppedTree(order.files);
    this.#tree = tree;
    this.#remote = null;
    const policies = new PagePolicies(order, tree);
    const progress = new Progress(
      order.files.map(({ path, file }) => ({ path, size: file.size })),
      this.#tell,
    );
    const report = await this.#judged(order, policies, progress, (options) => {
      const queue = new CollectQueue({ files: order.files, roots: order.roots, options }, tree, progress.onBytes);
      this.#queue = queue;
      for (const port of ports) queue.add(port);
      return queue.turns();
    });
    this.#queue = null;
    this.#shown = { order, tree, remote: null, report };
    return report;
  }

  /** Scans what lies at an address, as `sentinel artifact ADDRESS` does, but for neither baselines nor hashes. */
  async scanRemote(address: string, policy: GivenPolicy | null): Promise<Report> {
    if (this.#openRemote === null) throw new UsageError('this page reads nothing from a network');
    const tree = new DroppedTree([]);
    this.#tree = tree;
    let onBytes: (bytes: number) => void = () => undefined;
    const remote = await this.#openRemote(address, {
      onBytes: (bytes) => onBytes(bytes),
      onLine: (line) => this.#tell({ kind: 'said', line }),
    });
    this.#remote = remote;
    const order = { roots: [remote.pinned], policy };
    const policies = new PagePolicies({ ...order, files: [] }, tree);
    const progress = new Progress(remote.files, this.#tell);
    ({ onBytes } = progress);
    const judged = await this.#judged(
      order,
      policies,
      progress,
      (options) => remote.turns(options),
      (path) => [path],
    );
    const report = { ...judged, notes: [...judged.notes, ...remote.notes()] };
    this.#shown = { order, tree, remote, report };
    return report;
  }

  async #judged(
    order: Named,
    policies: PagePolicies,
    progress: Progress,
    turnsOf: (options: Pick<CollectOptions, 'hashWhere' | 'sources' | 'repositories'>) => Iterable<Turn>,
    policyPaths = policies.policyPaths,
  ): Promise<Report> {
    const started = new Date();
    const today = started.toISOString().slice(0, 10);
    this.#shown = null;
    this.#hashed.clear();
    const { policy } = policies;
    const turns = turnsOf({
      hashWhere: pinnedNames(policy, today),
      sources: sourceFactsFor(RULES),
      repositories: asksForRepositories(RULES),
    });
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
    const judging = judgeEach(progress.watch(turns), {
      command: commandOf(order, null, false),
      policy,
      policyFor: policies.policyFor,
      policyPaths,
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
      return { ...step.value, notes: [...policies.notes(), ...step.value.notes] };
    }
  }

  look(files: readonly GivenFile[]): null {
    this.#tree = new DroppedTree(files);
    this.#remote = null;
    this.#shown = null;
    return null;
  }

  /** Reads a JSON report; a UsageError says what is wrong with it. */
  open(text: string, file: string): Report {
    const report = readReport(text, file);
    this.#hashed.clear();
    this.#tree = new DroppedTree([]);
    this.#remote = null;
    this.#shown = { order: null, tree: this.#tree, remote: null, report };
    return report;
  }

  /** The report with the SHA-256 of whole files. */
  async hash(choice: HashChoice): Promise<Report> {
    const { tree, remote, report } = this.#known();
    // Nobody asked for all bytes of what lies elsewhere.
    if (remote !== null) return report;
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
  async trace(path: string): Promise<TraceAnswer> {
    this.#tracing.abort(new UsageError('another file was chosen'));
    this.#tracing = new AbortController();
    const { signal } = this.#tracing;
    return traceOf(path, await this.#source(path), signal);
  }

  async contents(path: string): Promise<ContentsAnswer> {
    this.#listing.abort(new UsageError('another file was chosen'));
    this.#listing = new AbortController();
    const { signal } = this.#listing;
    return contentsOf(path, await this.#source(path), signal);
  }

  async bytes(path: string, member: string | null, offset: number, length: number): Promise<BytesAnswer> {
    return bytesOf(path, await this.#source(path), member, offset, length);
  }

  #source(path: string): Promise<ByteSource> {
    if (this.#remote !== null) return this.#remote.source(path);
    const file = this.#tree.file(path);
    if (file === undefined) throw new UsageError('the file itself is not here: only its report was opened');
    return Promise.resolve(blobSource(file));
  }

  #known(): Shown {
    if (this.#shown === null) throw new UsageError('there is no report yet');
    return this.#shown;
  }
}

/** The command that makes the same report. */
function commandOf(order: Named, format: DownloadFormat | null, hash: HashChoice | false): string {
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
