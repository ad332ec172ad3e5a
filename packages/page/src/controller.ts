import type { Report } from '@artifact-sentinel/core';
import type { HashChoice } from '@artifact-sentinel/core/internal';
import { Cancelled, Engine, Refused } from './engine/engine.js';
import type { DownloadFormat, GivenPolicy, LeadEvent } from './engine/protocol.js';
import { Choosers } from './input/choosers.js';
import { saveReport } from './input/downloads.js';
import { DropRefused, givenByChoice, givenByDrop, type Dropped, type Given } from './input/dropped.js';
import { kindOfGiven } from './input/kind.js';
import { MAX_POLICY_BYTES, MAX_REPORT_BYTES } from './limits.js';
import {
  EMPTY_STATE,
  type AppActions,
  type AppState,
  type Details,
  type Loaded,
  type Problem,
  type Selection,
} from './state.js';

/** What is scanned. */
type Job = { readonly kind: 'files'; readonly given: Given } | { readonly kind: 'remote'; readonly address: string };

/** The state of the page, and everything that changes it. */
export class Controller implements AppActions {
  readonly #show: (state: AppState) => void;
  readonly #engine: Engine;
  readonly #choosers: Choosers;
  readonly #ready: Promise<void>;
  #state: AppState = EMPTY_STATE;
  /** What is shown, to be scanned again with another policy; null for a report that was opened, or nothing. */
  #job: Job | null = null;
  #policy: GivenPolicy | null = null;
  /** What the person chose; null: what each format asks for. */
  #hash: HashChoice | null = null;
  #listing = new AbortController();
  #isScanning = false;
  /** Counts what was given: answers that belong to something earlier are dropped. */
  #turn = 0;

  /**
   * `code`: the text of the workers' program, which is whole once `ready` is. `show` gets every state, several of them at once as
   * the last one.
   */
  constructor(code: () => string, ready: Promise<void>, show: (state: AppState) => void) {
    this.#ready = ready;
    this.#show = show;
    this.#engine = new Engine(code, (event) => this.#hear(event));
    this.#choosers = new Choosers(
      (files) => void this.#take(() => Promise.resolve(givenByChoice(files))),
      (file) => void this.#takePolicy(file),
    );
  }

  /** Starts a worker before the first file comes. */
  warm(): void {
    this.#engine.warm();
  }

  /** What was dropped on the page, which the event has at hand only now. */
  drop(dropped: readonly Dropped[]): void {
    if (dropped.length === 0) {
      this.#tell({ what: 'No file was dropped.', hint: 'Drop files or folders, or choose them.' });
      return;
    }
    void this.#take((signal) => givenByDrop(dropped, (listed) => this.#set({ listed }), signal));
  }

  readonly chooseFiles = (): void => this.#choosers.files();
  readonly chooseFolder = (): void => this.#choosers.folder();
  readonly choosePolicy = (): void => this.#choosers.policy();

  readonly removePolicy = (): void => {
    this.#policy = null;
    this.#set({ policy: null, withoutPolicy: null });
    if (this.#job !== null) void this.#scan(this.#job);
  };

  /** Scans what lies at an address. Only after the person has agreed to the requests, in a page that was built for them. */
  readonly scanRemote = (address: string): void => {
    void this.#ready.then(() => this.#scan({ kind: 'remote', address }));
  };

  readonly cancel = (): void => {
    this.#listing.abort(new Cancelled('cancelled'));
    this.#engine.cancel();
  };

  readonly reset = (): void => {
    this.#turn += 1;
    this.cancel();
    this.#job = null;
    this.#policy = null;
    this.#hash = null;
    this.#set({ ...EMPTY_STATE, rules: this.#state.rules });
    this.warm();
  };

  readonly setHash = (choice: HashChoice): void => {
    this.#hash = choice;
    this.#set({ hash: choice });
    if (this.#state.phase === 'done' && this.#state.source === 'files') void this.#hashFiles(choice);
  };

  readonly stopHashing = (): void => {
    void this.#engine.ask({ kind: 'stop-hashing' });
  };

  readonly select = (selection: Selection | null): void => {
    const { details } = this.#state;
    const isSame = selection !== null && details?.artifact === selection.artifact;
    this.#set({ selection, details: selection === null ? null : isSame ? details : noDetails(selection.artifact) });
  };

  readonly wantTrace = (): void => {
    const { details } = this.#state;
    if (details === null || details.trace.state !== 'none') return;
    void this.#load('trace', details.artifact, () => this.#engine.ask({ kind: 'trace', path: details.artifact }));
  };

  readonly wantContents = (): void => {
    const { details } = this.#state;
    if (details === null || details.contents.state !== 'none') return;
    void this.#load('contents', details.artifact, () => this.#engine.ask({ kind: 'contents', path: details.artifact }));
  };

  readonly wantBytes = (member: string | null, offset: number, length: number): void => {
    const { details } = this.#state;
    if (details === null) return;
    const { artifact } = details;
    void this.#load('bytes', artifact, () =>
      this.#engine.ask({ kind: 'bytes', path: artifact, member, offset, length }),
    );
  };

  readonly download = (format: DownloadFormat): void => {
    void this.#download(format);
  };

  readonly dismiss = (problem: Problem): void => {
    this.#set({ problems: this.#state.problems.filter((one) => one !== problem) });
  };

  #set(change: Partial<AppState>): void {
    this.#state = { ...this.#state, ...change };
    this.#show(this.#state);
  }

  #tell(problem: Problem): void {
    this.#set({ problems: [...this.#state.problems, problem] });
  }

  #hear(event: LeadEvent): void {
    if (event.kind === 'ready') this.#set({ rules: event.rules });
    else if (event.kind === 'hashing') this.#set({ hashing: event });
    else if (event.kind === 'said') this.#tell({ what: event.line, hint: null });
    else if (this.#state.phase === 'scanning')
      this.#set({
        progress: event.progress,
        ...(event.results.length === 0 ? {} : { results: [...this.#state.results, ...event.results] }),
      });
  }

  /** Something new was given: what it is decides what happens. */
  async #take(list: (signal: AbortSignal) => Promise<Given>): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#listing.abort(new Cancelled('something else was given'));
    this.#listing = new AbortController();
    this.#end();
    const before = this.#state;
    this.#set({ phase: 'listing', listed: 0, problems: [] });
    try {
      const given = await list(this.#listing.signal);
      await this.#ready;
      const kind = await kindOfGiven(given);
      if (turn !== this.#turn) return;
      const [only] = given.files;
      this.#set({ phase: before.phase === 'scanning' ? 'cancelled' : before.phase });
      if (only === undefined) this.#tell({ what: 'The folder has no files.', hint: null });
      else if (kind === 'policy') await this.#takePolicy(only.file);
      else if (kind === 'report') await this.#open(only.file);
      else await this.#scan({ kind: 'files', given });
    } catch (error) {
      if (turn !== this.#turn && error instanceof Cancelled) return;
      this.#set({ phase: before.phase === 'scanning' ? 'cancelled' : before.phase });
      this.#failed(error);
    }
  }

  async #takePolicy(file: File): Promise<void> {
    if (file.size > MAX_POLICY_BYTES) {
      this.#tell({
        what: `${file.name} is no policy: it has ${file.size} bytes, and at most ${MAX_POLICY_BYTES} are read.`,
        hint: null,
      });
      return;
    }
    try {
      const policy = { file: file.name, text: await file.text() };
      await this.#ready;
      // One that is not understood changes nothing.
      await this.#engine.ask({ kind: 'policy', policy });
      this.#policy = policy;
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#set({ policy: { file: file.name } });
    if (this.#job !== null) await this.#scan(this.#job);
  }

  async #open(file: File): Promise<void> {
    if (file.size > MAX_REPORT_BYTES) {
      this.#tell({
        what: `${file.name} has ${file.size} bytes; at most ${MAX_REPORT_BYTES} of a report are read.`,
        hint: null,
      });
      return;
    }
    const turn = this.#turn;
    this.#end();
    try {
      const text = await file.text();
      const report = await this.#engine.ask({ kind: 'open', file: file.name, text });
      if (turn !== this.#turn) return;
      this.#job = null;
      this.#set({ ...this.#begin(file.name), source: 'report', phase: 'done', report, results: resultsOf(report) });
    } catch (error) {
      if (turn === this.#turn) this.#failed(error);
    }
  }

  /** Whatever runs ends; the answers to it are of no use. */
  #end(): void {
    if (this.#isScanning || this.#state.hashing !== null) this.#engine.cancel();
    this.#isScanning = false;
  }

  #begin(title: string): AppState {
    const { rules, policy, hash, problems } = this.#state;
    return { ...EMPTY_STATE, rules, policy, hash, problems, title };
  }

  async #scan(job: Job): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#end();
    const isAgain = this.#job === job;
    const before = isAgain
      ? (this.#state.withoutPolicy ?? (this.#state.policy === null ? null : this.#state.report))
      : null;
    this.#job = job;
    this.#set({
      ...this.#begin(job.kind === 'files' ? titleOf(job.given) : job.address),
      source: job.kind,
      phase: 'scanning',
      withoutPolicy: this.#policy === null ? null : before,
    });
    this.#isScanning = true;
    try {
      const report = await (job.kind === 'files' ? this.#askForFiles(job.given) : this.#askForRemote(job.address));
      if (turn !== this.#turn) return;
      this.#isScanning = false;
      this.#set({ phase: 'done', report, results: resultsOf(report) });
      if (job.kind === 'files' && location.protocol === 'file:' && isUnread(report)) this.#tell(FROM_DISK);
      if (job.kind === 'files') await this.#hashFiles(this.#hash ?? 'findings');
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#isScanning = false;
      // Where nothing was read, there is nothing to show but why.
      const isNothing = job.kind === 'remote' && this.#state.results.length === 0 && !(error instanceof Cancelled);
      this.#set({ phase: isNothing ? 'empty' : 'cancelled', hashing: null });
      this.#failed(error);
      // What was found so far can still be looked into.
      if (job.kind === 'files') await this.#engine.ask({ kind: 'look', files: job.given.files });
    } finally {
      if (turn === this.#turn) this.#engine.endCollectors();
    }
  }

  #askForFiles({ files, roots }: Given): Promise<Report> {
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    const current = files[0]?.path ?? '';
    this.#set({ progress: { files: files.length, filesDone: 0, bytes, bytesDone: 0, bytesRead: 0, current } });
    const ports = this.#engine.collectors(files.length, bytes);
    return this.#engine.ask({ kind: 'scan', order: { files, roots, policy: this.#policy }, ports });
  }

  #askForRemote(address: string): Promise<Report> {
    return this.#engine.ask({ kind: 'scan-remote', address, policy: this.#policy });
  }

  /** Adds the SHA-256 of whole files to the report that is shown. */
  async #hashFiles(choice: HashChoice): Promise<void> {
    const turn = this.#turn;
    try {
      const report = await this.#engine.ask({ kind: 'hash', choice });
      if (turn === this.#turn) this.#set({ report, results: resultsOf(report), hashing: null });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#set({ hashing: null });
      this.#failed(error);
    }
  }

  async #download(format: DownloadFormat): Promise<void> {
    if (this.#state.rendering !== null || this.#state.report === null) return;
    this.#set({ rendering: format });
    try {
      saveReport(format, await this.#engine.ask({ kind: 'render', format, choice: this.#hash }));
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#set({ rendering: null, hashing: null });
    }
  }

  async #load<K extends 'trace' | 'contents' | 'bytes'>(
    what: K,
    artifact: string,
    ask: () => Promise<Details[K] extends Loaded<infer T> ? T : never>,
  ): Promise<void> {
    this.#detail(artifact, { [what]: { state: 'loading' } });
    try {
      this.#detail(artifact, { [what]: { state: 'there', value: await ask() } });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#detail(artifact, { [what]: { state: 'failed', reason: error.message } });
    }
  }

  #detail(artifact: string, change: Partial<Details>): void {
    const { details } = this.#state;
    if (details?.artifact === artifact) this.#set({ details: { ...details, ...change } });
  }

  /** Said in words; a fault of ours with what it is, so that it can be reported. */
  #failed(error: unknown): void {
    if (error instanceof Cancelled) return;
    if (error instanceof Refused || error instanceof DropRefused) {
      this.#tell({ what: error.message, hint: null });
      return;
    }
    const what = error instanceof Error ? error.message : String(error);
    this.#tell({
      what: `The analysis ended by an error: ${what}`,
      hint: 'Nothing is said about files that were not finished. The command line may tell more: sentinel artifact FILE',
    });
  }
}

/** WebKit gives the workers of a page from a disk no byte of any file (seen with 2.50). */
const FROM_DISK: Problem = {
  what: 'This browser lets the workers of a page that was opened from a disk read no file.',
  hint: 'Serve the page, or open it with another browser: docs/page.md tells how.',
};

function isUnread({ artifacts }: Report): boolean {
  const sized = artifacts.filter(({ size }) => size > 0);
  return sized.length > 0 && sized.every(({ coverage }) => coverage.totals.every(({ kind }) => kind === 'unread'));
}

function noDetails(artifact: string): Details {
  const none = { state: 'none' } as const;
  return { artifact, trace: none, contents: none, bytes: none };
}

function titleOf({ files, roots }: Given): string {
  const [first = ''] = roots;
  if (roots.length === 1) return first;
  return `${first} and ${roots.length - 1} more (${files.length} files)`;
}

/** A report by its artifacts, as they come one by one during a scan. */
function resultsOf({ artifacts, findings, incomplete }: Report): AppState['results'] {
  const byPath = new Map(
    artifacts.map((artifact) => [
      artifact.path,
      { artifact, findings: [] as Report['findings'][number][], incomplete: [] as Report['incomplete'][number][] },
    ]),
  );
  for (const finding of findings) byPath.get(finding.artifact)?.findings.push(finding);
  for (const notice of incomplete) (byPath.get(notice.path) ?? ownerOf(notice.path, byPath))?.incomplete.push(notice);
  return [...byPath.values()];
}

/** The artifact that a path lies in: names of members follow behind `!`, and a file's own name may have one. */
function ownerOf<T>(path: string, artifacts: ReadonlyMap<string, T>): T | undefined {
  for (let end = path.indexOf('!'); end >= 0; end = path.indexOf('!', end + 1)) {
    const found = artifacts.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}
