import type { Limits } from './bytes/budget.js';
import { entryNames } from './model/entry-names.js';
import { Interrupt } from './bytes/interrupt.js';
import { CATALOGUE_VERSION, classifyGlobal } from './catalogue/classify.js';
import { collect, notCollected, unexpected, type Collected, type CollectOptions, type ScanInput } from './collect.js';
import { retestWords, type RetestTarget, type RetestWords } from './command/retest-command.js';
import { append } from './model/append.js';
import type { Found, Marked } from './model/baseline.js';
import type { Fact, Notice, StreamFacts } from './model/fact.js';
import type { FoundFormat } from './model/format.js';
import type { RepositoryFact } from './model/repository.js';
import type { AllowEntry, Policy } from './model/policy.js';
import { reachRank } from './model/reach.js';
import type {
  ArtifactReport,
  Finding,
  GlobalReport,
  IncompleteReport,
  Report,
  RepositoryReport,
  RunReport,
  StreamReport,
} from './model/report.js';
import type { Rule } from './model/rule.js';
import { SEVERITIES, safety, type SafetyLevel } from './model/severity.js';
import { acceptStates } from './policy/accept.js';
import { activeAllow, allowedNames, AllowUse, pinnedNames } from './policy/allow.js';
import { DEFAULT_POLICY } from './policy/defaults.js';
import { buildFindings, decideReport, isFinding, levelSignals, type LevelSignal } from './policy/decide.js';
import { maximumFor, type Maximum, type PolicyPaths } from './policy/maximum.js';
import { applyRules, type RuleHit } from './rules/apply.js';
import { RULES } from './rules/index.js';
import { reachOf } from './rules/reach.js';
import { asksForRepositories, sourceFactsFor } from './rules/select.js';
import { IN_FINDINGS, standing } from './rules/standing.js';
import { gapsOf } from './repository/gaps.js';
import { loadsOf } from './repository/loads.js';
import { retestPath } from './repository/paths.js';
import { RepositoryStore } from './repository/store.js';
import { VERSION } from './model/version.js';
import { ANY_FINDING, EVERY_ARTIFACT } from './model/fingerprint.js';
import { NO_FINDING, type HashChoice } from './model/hash-choice.js';
import { MAX_FINDINGS } from './model/limits.js';
import { portablePlatform, type Platform } from './platform.js';

/** Reading a whole file takes longer than analysing it: only callers that need its hash do. */
const NOT_ASKED = 'not asked for';
const NOT_READ = 'it could not be read as a whole';

const HASHED: Readonly<Record<HashChoice, readonly string[]>> = {
  none: [],
  findings: [ANY_FINDING],
  all: [EVERY_ARTIFACT],
};

/** What a run is asked for, by our own packages; `ScanOptions` of the library is a part of it (api/scan.ts). */
export interface RunOptions {
  /** As the report repeats it. */
  readonly command?: string;
  readonly version?: string;
  /** DEFAULT_POLICY unless given. */
  readonly policy?: Policy;
  /** What holds for one artifact where policies lie in its tree: `policy`, tightened. Allow entries are those of `policy`. */
  readonly policyFor?: (path: string) => Promise<ArtifactPolicy>;
  /** The names of an artifact that the globs of a policy are matched against; its path unless given. */
  readonly policyPaths?: (path: string) => PolicyPaths;
  /** All of them unless selected. */
  readonly rules?: readonly Rule[];
  /** What a command line asked for, which the report repeats and retest commands carry on. */
  readonly run?: RunReport | null;
  /** What a retest of one artifact names: the artifact itself by default. */
  readonly retestTarget?: (artifact: string) => RetestTarget;
  readonly limits?: Partial<Limits>;
  /** See `CollectOptions.thorough`. */
  readonly thorough?: boolean;
  /** Artifacts that are hashed; none unless given. Those whose hash the policy names are in any case. */
  readonly hash?: HashChoice;
  /** Ends the run, which then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Compares what was found with an earlier report (`markAgainst`). */
  readonly mark?: (found: Found) => Marked;
  /** What the host provides; portable JavaScript by default. */
  readonly platform?: Platform;
  /** ISO date, for entries of the policy that expire. */
  readonly today?: string;
  /** Called before each artifact. */
  onProgress?(progress: Progress): void;
}

export interface Progress {
  /** Artifacts that are done, and how many bytes were read of them. */
  readonly artifacts: number;
  readonly bytesRead: number;
  /** Path of the one whose turn it is. */
  readonly current: string;
}

/** What is known of an artifact as soon as it was scanned; the report repeats it. */
export interface ArtifactResult {
  readonly artifact: ArtifactReport;
  /** Its findings with their actions. A comparison with an earlier report (`mark`) comes with the report only. */
  readonly findings: readonly Finding[];
  /** Why it is incomplete, if it is. */
  readonly incomplete: readonly IncompleteReport[];
}

/** `problem`: why a policy in the tree of the artifact could not be read, which leaves it incomplete. */
export interface ArtifactPolicy {
  readonly policy: Policy;
  readonly problem: string | null;
}

/** An artifact whose turn has come, collected here and now or by another thread long since. */
export interface Turn {
  readonly path: string;
  readonly collected: () => Promise<Collected>;
}

/**
 * Scans one artifact after the other: bytes → members → facts → findings → decision → report. The programs and the library
 * use `judge` and `scanEach`.
 *
 * @internal for tests and oracles
 */
export function scan(inputs: AsyncIterable<ScanInput> | Iterable<ScanInput>, given: RunOptions = {}): Promise<Report> {
  return reportOf(scanEach(inputs, given));
}

/** `scan` that gives what was found in each artifact before it goes on to the next one, and the report at its end. */
export function scanEach(
  inputs: AsyncIterable<ScanInput> | Iterable<ScanInput>,
  given: RunOptions = {},
): AsyncGenerator<ArtifactResult, Report, void> {
  const { policy = DEFAULT_POLICY, today = currentDay(), rules = RULES } = given;
  const hashWhere = [...pinnedNames(policy, today), ...HASHED[given.hash ?? 'none']];
  const repositories = asksForRepositories(rules);
  return judgeEach(
    turns(inputs, { interest: IN_FINDINGS, ...given, hashWhere, sources: sourceFactsFor(rules), repositories }),
    given,
  );
}

async function* turns(
  inputs: AsyncIterable<ScanInput> | Iterable<ScanInput>,
  given: CollectOptions,
): AsyncGenerator<Turn> {
  for await (const input of inputs) yield { path: input.path, collected: () => collect(input, given) };
}

/** `scan` for a caller that collects: facts → findings → decision → report, in the order of the turns. */
export function judge(artifacts: AsyncIterable<Turn>, given: RunOptions = {}): Promise<Report> {
  return reportOf(judgeEach(artifacts, given));
}

/** `judge` that gives what was found in each artifact before it goes on to the next one, and the report at its end. */
export async function* judgeEach(
  artifacts: AsyncIterable<Turn>,
  given: RunOptions,
): AsyncGenerator<ArtifactResult, Report, void> {
  const options = { ...defaults(), ...given };
  const run = new ScanRun(options);
  const interrupt = given.signal === undefined ? null : new Interrupt(given.signal, options.platform.now);
  interrupt?.check();
  for await (const { path, collected } of artifacts) {
    await interrupt?.turn();
    run.tell(path);
    const found = await collected().catch((error: unknown) => brokenOff(path, 0, error));
    interrupt?.check();
    const own = given.policyFor === undefined ? null : await given.policyFor(path);
    const result = added(run, path, found, own);
    if (result !== null) yield result;
  }
  interrupt?.check();
  yield* run.judgeRepositories();
  return run.report();
}

/** What a rule makes of facts depends on the author of the file, too. */
function added(run: ScanRun, path: string, found: Collected, own: ArtifactPolicy | null): ArtifactResult | null {
  try {
    return run.add(found, own);
  } catch (error) {
    return run.add(brokenOff(path, found.size, error), own);
  }
}

async function reportOf(results: AsyncGenerator<ArtifactResult, Report, void>): Promise<Report> {
  for (;;) {
    const step = await results.next();
    if (step.done === true) return step.value;
  }
}

function brokenOff(path: string, size: number, error: unknown): Collected {
  return notCollected(path, size, { cause: 'unreadable', reason: unexpected(error) });
}

type Optional = 'limits' | 'thorough' | 'signal' | 'onProgress' | 'mark' | 'policyFor';
type Settings = Required<Omit<RunOptions, Optional>> & Pick<RunOptions, Optional>;

function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}

function defaults(): Settings {
  return {
    command: 'scan',
    version: VERSION,
    policy: DEFAULT_POLICY,
    policyPaths: (path) => [path],
    rules: RULES,
    run: null,
    retestTarget: (artifact) => ({ paths: [artifact], policy: null }),
    platform: portablePlatform,
    today: currentDay(),
    hash: 'none',
  };
}

/** What the judgement of a repository needs of an artifact, when the artifact itself is long done. */
interface Holder {
  readonly path: string;
  readonly size: number;
  readonly coverage: Collected['coverage'];
  readonly sha256: string | null;
  readonly claimedSha256: string | undefined;
  readonly policy: Policy;
  /** Where its report stands; null for a file that is no artifact by itself. */
  index: number | null;
}

class ScanRun {
  readonly #options: Settings;
  readonly #started: number;
  readonly #artifacts: ArtifactReport[] = [];
  readonly #findings: Finding[] = [];
  readonly #signals: LevelSignal[] = [];
  readonly #incomplete: IncompleteReport[] = [];
  readonly #notes: string[] = [];
  readonly #maxima = new Map<string, Maximum>();
  readonly #pinned: ReadonlySet<string>;
  readonly #allowUse = new AllowUse();
  readonly #store = new RepositoryStore<Holder>();
  readonly #repositories: RepositoryReport[] = [];
  /** The entries that count for the artifact at hand, and their names. */
  #allowed: ReadonlyMap<string, AllowEntry>;
  #userAllow: ReadonlySet<string>;
  #bytesRead = 0;
  #bytesTotal = 0;
  #skipped = 0;

  constructor(options: Settings) {
    this.#options = options;
    this.#started = options.platform.now();
    this.#pinned = new Set(pinnedNames(options.policy, options.today));
    this.#allowed = activeAllow(options.policy, options.today, null);
    this.#userAllow = allowedNames(this.#allowed);
  }

  tell(current: string): void {
    this.#options.onProgress?.({ artifacts: this.#artifacts.length, bytesRead: this.#bytesRead, current });
  }

  /** What is reported of an artifact; null of a file that is none. */
  add(collected: Collected, own: ArtifactPolicy | null): ArtifactResult | null {
    const found = standing(collected);
    const policy = own?.policy ?? this.#options.policy;
    const { path, size } = found;
    this.#bytesRead += found.bytesRead;
    if (found.opened) this.#bytesTotal += size;
    const notices = [...found.notices];
    const holder = this.#hold(found, policy, notices);
    this.#allowFor(found.sha256);
    const opaqueFormat = found.opaque.find((item) => item.path === path)?.format ?? null;
    // A template without a finding says nothing of the safety of what it lies in.
    const hasFacts = found.facts.some(({ kind }) => kind !== 'template.chat');
    const isAnalysed = found.format !== null || found.streams.length > 0 || hasFacts;
    const isArtifact = isAnalysed || opaqueFormat !== null || notices.length > 0;
    if (!isArtifact) {
      this.#skipped += 1;
      return null;
    }
    if (holder !== null) holder.index = this.#artifacts.length;
    if (own !== null && own.problem !== null)
      notices.push({ path, offset: null, cause: 'unreadable', reason: own.problem });
    this.#limit(path, policy);
    const facts = [...onePerProblem(found.facts), ...found.streams.flatMap((item) => item.facts)];
    const { hits, findings, cut } = this.#judged(facts, { path, sha256: found.sha256 }, policy, path);
    if (cut !== null) notices.push({ path, offset: null, cause: 'limit', reason: cut });
    for (const unread of found.unread) this.#notes.push(`${unread.path}: ${unread.reason}`);
    const incomplete = notices.map(({ path: at, offset, cause, reason }) => ({ path: at, offset, cause, reason }));
    append(this.#incomplete, incomplete);
    const levels = new Map<Fact['at'], SafetyLevel>();
    for (const { fact, match } of hits) levels.set(fact.at, highest([levels.get(fact.at) ?? 0, match.level]));
    const isOpaque = !isAnalysed && notices.length === 0 && hits.length === 0;
    const incompleteLevel: SafetyLevel = notices.length > 0 ? 3 : 0;
    const artifact: ArtifactReport = {
      path,
      size,
      format: found.format ?? opaqueFormat ?? 'unknown',
      status: notices.length > 0 ? 'incomplete' : isOpaque ? 'opaque' : 'complete',
      safety: isOpaque ? null : safety(highest([incompleteLevel, ...levels.values()])),
      ...(found.claimedSha256 === undefined ? {} : { claimedSha256: found.claimedSha256 }),
      ...this.#hashOf(found.sha256, findings.length > 0),
      coverage: found.coverage,
      parts: [
        ...found.streams.map(({ stream, facts: inside }) => this.#streamReport(stream, inside, levels, found)),
        ...found.opaque.map((part) => ({ kind: 'opaque' as const, ...part })),
      ],
      moreParts: found.moreOpaque,
    };
    this.#artifacts.push(artifact);
    return { artifact, findings, incomplete };
  }

  /** What the rules and the policy say of facts. `retested`: what a retest names; `cut`: why not every finding is listed. */
  #judged(
    facts: readonly Fact[],
    subject: { readonly path: string; readonly sha256: string | null },
    policy: Policy,
    retested: string,
  ): { readonly hits: readonly RuleHit[]; readonly findings: readonly Finding[]; readonly cut: string | null } {
    const { path } = subject;
    const { rules, today } = this.#options;
    const hits = applyRules(facts, rules, { userAllow: this.#userAllow });
    for (const { match } of hits)
      for (const name of match.allowedBy ?? []) this.#allowUse.count(this.#allowed.get(name));
    const listed = mostSevere(hits);
    const policyPaths = (): PolicyPaths => this.#options.policyPaths(path);
    const findings = buildFindings(listed, subject, policy, today, this.#retest(retested, listed), policyPaths);
    append(this.#findings, findings);
    append(this.#signals, levelSignals(hits, path));
    const left = hits.length - listed.length;
    const cut =
      left === 0 ? null : `only the ${findings.length} most severe of ${findings.length + left} findings are listed`;
    return { hits, findings, cut };
  }

  /** Remembers what its files say of a repository, until all files are known; null where they say nothing. */
  #hold(found: Collected, policy: Policy, notices: Notice[]): Holder | null {
    const { path, size, coverage, sha256, claimedSha256, opened, repository } = found;
    if (opened) this.#store.name(path);
    else this.#store.nameClosed(path);
    if (repository.length === 0) return null;
    const holder: Holder = { path, size, coverage, sha256, claimedSha256, policy, index: null };
    const isLeftOut = repository.filter((file) => !this.#store.add(file, holder)).length > 0;
    if (isLeftOut)
      notices.push({
        path,
        offset: null,
        cause: 'limit',
        reason: 'too many files of repositories in one run: what it says of its own was left out',
      });
    return holder;
  }

  /** Findings that depend on several files, when all of them are known. */
  *judgeRepositories(): Generator<ArtifactResult> {
    const { repositories, byHolder } = this.#store.found();
    for (const [holder, found] of byHolder) {
      const result = this.#judgeHolder(holder, found);
      if (result !== null) yield result;
    }
    for (const repository of repositories) {
      const { root, markers, files } = repository;
      this.#repositories.push({
        path: root,
        kinds: [...markers],
        files: files.length,
        loads: loadsOf(repository).map((load) => ({ ...load, code: [...load.code] })),
      });
    }
  }

  #judgeHolder(
    holder: Holder,
    found: readonly { readonly fact: RepositoryFact; readonly root: string }[],
  ): ArtifactResult | null {
    const { path, policy, sha256 } = holder;
    this.#allowFor(sha256);
    const [first] = found;
    if (first === undefined) return null;
    const facts = found.map(({ fact }) => fact);
    const { hits, findings, cut } = this.#judged(facts, { path, sha256 }, policy, retestPath(path, first.root));
    const incomplete = gapsOf(found, path);
    if (hits.length === 0 && incomplete.length === 0) return null;
    if (cut !== null) incomplete.push({ path, offset: null, cause: 'limit', reason: cut });
    append(this.#incomplete, incomplete);
    const level = highest([incomplete.length > 0 ? 3 : 0, ...hits.map(({ match }) => match.level)]);
    const artifact = this.#withLevel(holder, level, incomplete.length > 0, findings.length > 0);
    return { artifact, findings, incomplete };
  }

  /** A hash is computed where a finding may come. One that was asked for by a pin of the policy stays without any. */
  #hashOf(sha256: string | null, hasFindings: boolean): Pick<ArtifactReport, 'sha256' | 'notHashed'> {
    const { hash } = this.#options;
    if (hash === 'findings' && !hasFindings && this.#pinned.size === 0) return { sha256: null, notHashed: NO_FINDING };
    if (sha256 !== null) return { sha256, notHashed: null };
    return { sha256, notHashed: hash === 'none' ? NOT_ASKED : hasFindings || hash === 'all' ? NOT_READ : NO_FINDING };
  }

  /** The report of an artifact that is known already, or of one that is an artifact by what was found now. */
  #withLevel(holder: Holder, level: SafetyLevel, isIncomplete: boolean, hasFindings: boolean): ArtifactReport {
    const { path, size, sha256, claimedSha256, coverage, policy, index } = holder;
    const known = index === null ? undefined : this.#artifacts[index];
    const artifact: ArtifactReport =
      known === undefined
        ? {
            path,
            size,
            format: 'repository' satisfies FoundFormat,
            status: isIncomplete ? 'incomplete' : 'complete',
            safety: safety(level),
            ...(claimedSha256 === undefined ? {} : { claimedSha256 }),
            ...this.#hashOf(sha256, hasFindings),
            coverage,
            parts: [],
            moreParts: 0,
          }
        : {
            ...known,
            status: isIncomplete ? 'incomplete' : known.status === 'opaque' ? 'complete' : known.status,
            safety: safety(highest([level, known.safety?.level ?? 0])),
            ...(hasFindings ? this.#hashOf(sha256, true) : {}),
          };
    if (index !== null) this.#artifacts[index] = artifact;
    else {
      holder.index = this.#artifacts.length;
      this.#artifacts.push(artifact);
      this.#skipped -= 1;
      this.#limit(path, policy);
    }
    return artifact;
  }

  /** Entries that are pinned to one artifact count for that one. */
  #allowFor(sha256: string | null): void {
    if (this.#pinned.size === 0) return;
    const { policy, today } = this.#options;
    this.#allowed = activeAllow(policy, today, sha256);
    this.#userAllow = allowedNames(this.#allowed);
  }

  #limit(path: string, policy: Policy): void {
    if (policy.paths.length === 0 && policy.tightenedBy.length === 0) return;
    this.#maxima.set(path, maximumFor(policy, this.#options.policyPaths(path)));
  }

  #retest(artifact: string, hits: readonly RuleHit[]): RetestWords {
    const { retestTarget, run } = this.#options;
    return retestWords(hits.length === 0 ? { paths: [], policy: null } : retestTarget(artifact), run);
  }

  #streamReport(
    stream: StreamFacts,
    facts: readonly Fact[],
    levels: ReadonlyMap<Fact['at'], SafetyLevel>,
    artifact: Collected,
  ): StreamReport {
    let level: SafetyLevel = stream.end === 'error' ? 3 : 0;
    const globals: GlobalReport[] = [];
    for (const fact of facts) {
      const own = levels.get(fact.at) ?? 0;
      if (own > level) level = own;
      const global = this.#global(fact, artifact);
      if (global !== null) globals.push(global);
    }
    const { path, role, offset, length, protocol, end, error, sha256 } = stream;
    return { kind: 'stream', path, role, offset, length, protocol, end, error, sha256, safety: safety(level), globals };
  }

  #global(fact: Fact, artifact: Collected): GlobalReport | null {
    if (fact.kind === 'pickle.dynamic') {
      return {
        module: fact.module,
        name: fact.name,
        class: 'dynamic',
        offset: fact.at.offset ?? 0,
        count: 1,
        called: false,
        via: fact.via,
        userAllowed: false,
      };
    }
    if (fact.kind !== 'pickle.global') return null;
    const verdict = classifyGlobal(fact, this.#userAllow);
    const { module, name, count, via, callCount, at } = fact;
    if (verdict.userAllowed === true) this.#allowUse.count(this.#allowed.get(verdict.entry ?? `${module}.${name}`));
    else if (verdict.class === 'unexpected' && this.#pinned.size > 0) {
      for (const entry of entryNames(fact))
        if (this.#pinned.has(entry)) this.#allowUse.refuse(entry, artifact.path, artifact.sha256);
    }
    return {
      module,
      name,
      class: verdict.class,
      offset: at.offset ?? 0,
      count,
      called: callCount > 0,
      via,
      userAllowed: verdict.userAllowed === true,
    };
  }

  report(): Report {
    const { command, run, version, policy, rules, today, platform } = this.#options;
    const allowUse = this.#allowUse.states(policy, today);
    const marked = this.#options.mark?.({
      artifacts: this.#artifacts,
      findings: this.#findings,
      incomplete: this.#incomplete,
      allow: allowUse,
      run,
      rules: new Set(rules.map((rule) => rule.meta.id)),
      catalogue: CATALOGUE_VERSION,
    });
    return decideReport({
      command,
      run,
      version,
      policy,
      rulesSelected: rules,
      artifacts: this.#artifacts,
      repositories: this.#repositories,
      findings: marked?.findings ?? this.#findings,
      signals: this.#signals,
      incomplete: this.#incomplete,
      notes: [...(marked?.notes ?? []), ...this.#notes],
      allowUse,
      maximumOf: (path) => this.#maxima.get(path),
      acceptUse: acceptStates(policy, this.#findings, this.#artifacts, today),
      baseline: marked?.baseline ?? null,
      bytesRead: this.#bytesRead,
      bytesTotal: this.#bytesTotal,
      durationMs: Math.round(platform.now() - this.#started),
      skipped: this.#skipped,
    });
  }
}

/** All hits, or where there are too many: those of the highest severity, level and reach, in their order, and the quiet ones. */
function mostSevere(hits: readonly RuleHit[]): readonly RuleHit[] {
  const loud = hits.filter((hit) => isFinding(hit));
  if (loud.length <= MAX_FINDINGS) return hits;
  const rank = ({ rule, fact, match }: RuleHit): number =>
    SEVERITIES.indexOf(match.severity ?? rule.meta.severity) * 100 - match.level * 10 + reachRank(reachOf(fact));
  const selected = new Set(loud.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_FINDINGS));
  return hits.filter((hit) => !isFinding(hit) || selected.has(hit));
}

/** Archives in archives show one problem a thousand times: the first one is shown, the rest is counted. */
function onePerProblem(facts: readonly Fact[]): Fact[] {
  const selected: Fact[] = [];
  const bombs = new Map<string, { index: number; count: number }>();
  for (const fact of facts) {
    if (fact.kind !== 'archive.bomb') {
      selected.push(fact);
      continue;
    }
    const known = bombs.get(fact.problem);
    if (known === undefined) bombs.set(fact.problem, { index: selected.push(fact) - 1, count: 1 });
    else known.count += 1;
  }
  for (const { index, count } of bombs.values()) {
    const fact = selected[index];
    if (count > 1 && fact?.kind === 'archive.bomb')
      selected[index] = { ...fact, detail: `${fact.detail}; ${count - 1} more like it` };
  }
  return selected;
}

function highest(levels: readonly SafetyLevel[]): SafetyLevel {
  return levels.reduce<SafetyLevel>((top, level) => (level > top ? level : top), 0);
}
