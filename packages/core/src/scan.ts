import { Budget, DEFAULT_LIMITS, type Limits } from './bytes/budget.js';
import { memorySource, type ByteSource } from './bytes/source.js';
import { classifyGlobal } from './catalogue/classify.js';
import { inspect } from './inspect/inspect.js';
import { LimitError } from './model/errors.js';
import type { Fact, Notice, StreamFacts } from './model/fact.js';
import type { Policy } from './model/policy.js';
import type { ArtifactReport, Finding, GlobalReport, IncompleteReport, Report, StreamReport } from './model/report.js';
import type { Rule } from './model/rule.js';
import { SEVERITIES, safety, type SafetyLevel } from './model/severity.js';
import { activeAllow, allowStates } from './policy/allow.js';
import { DEFAULT_POLICY } from './policy/defaults.js';
import { buildFindings, decideReport, isFinding, levelSignals, type LevelSignal } from './policy/decide.js';
import { applyRules, type RuleHit } from './rules/apply.js';
import { RULES } from './rules/index.js';
import { VERSION } from './model/version.js';

/** One thing to scan: a file, a blob, or a path that could not be opened. */
export interface ScanInput {
  readonly path: string;
  readonly source: ByteSource | null;
  readonly size: number;
  readonly problem?: { readonly cause: Notice['cause']; readonly reason: string };
  /** Called when the scan is done with it. Says what changed meanwhile, or nothing. */
  close?(): string | null;
}

export interface ScanOptions {
  /** As the report repeats it. */
  readonly command?: string;
  readonly version?: string;
  readonly policy?: Policy;
  /** All of them unless selected. */
  readonly rules?: readonly Rule[];
  /** The scanned paths as they stand in a retest command. */
  readonly retestPaths?: string;
  readonly limits?: Partial<Limits>;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** ISO date, for entries of the policy that expire. */
  readonly today?: string;
  onProgress?(progress: { readonly artifacts: number; readonly bytesRead: number; readonly current: string }): void;
}

interface Collected {
  readonly facts: Fact[];
  readonly streams: { readonly stream: StreamFacts; readonly facts: readonly Fact[] }[];
  readonly notices: Notice[];
  format: string | null;
}

/** Scans one artifact after the other: bytes → members → facts → findings → decision → report. */
export async function scan(
  inputs: AsyncIterable<ScanInput> | Iterable<ScanInput>,
  given: ScanOptions = {},
): Promise<Report> {
  const options = { ...defaults(), ...given };
  const started = options.now();
  const run = new ScanRun(options);
  for await (const input of inputs) {
    options.onProgress?.({ artifacts: run.artifacts.length, bytesRead: run.bytesRead, current: input.path });
    await run.add(input);
  }
  return run.report(options.now() - started);
}

type Settings = Required<Omit<ScanOptions, 'limits' | 'onProgress'>> & Pick<ScanOptions, 'limits' | 'onProgress'>;

function defaults(): Settings {
  return {
    command: 'scan',
    version: VERSION,
    policy: DEFAULT_POLICY,
    rules: RULES,
    retestPaths: '',
    now: () => performance.now(),
    today: new Date().toISOString().slice(0, 10),
  };
}

class ScanRun {
  readonly artifacts: ArtifactReport[] = [];
  bytesRead = 0;
  readonly #options: Settings;
  readonly #findings: Finding[] = [];
  readonly #signals: LevelSignal[] = [];
  readonly #incomplete: IncompleteReport[] = [];
  readonly #userAllow: ReadonlySet<string>;
  readonly #usedAllow = new Set<string>();
  #bytesTotal = 0;
  #skipped = 0;

  constructor(options: Settings) {
    this.#options = options;
    this.#userAllow = activeAllow(options.policy, options.today);
  }

  async add(input: ScanInput): Promise<void> {
    const found: Collected = { facts: [], streams: [], notices: [], format: null };
    if (input.source === null) {
      found.notices.push({
        path: input.path,
        offset: null,
        cause: input.problem?.cause ?? 'unreadable',
        reason: input.problem?.reason ?? 'it cannot be opened',
      });
    } else {
      this.#bytesTotal += input.size;
      await this.#collect(input.path, input.source, input.size, found);
      const changed = input.close?.() ?? null;
      if (changed !== null)
        found.notices.push({ path: input.path, offset: null, cause: 'unreadable', reason: changed });
    }
    this.#conclude(input, found);
  }

  async #collect(path: string, source: ByteSource, size: number, found: Collected): Promise<void> {
    const budget = new Budget({ ...DEFAULT_LIMITS, ...this.#options.limits }, this.#options.now, size);
    const counted: ByteSource = {
      size: source.size,
      read: (offset, length) => {
        const result = source.read(offset, length);
        if (result instanceof Promise) return result.then((bytes) => this.#count(bytes));
        return this.#count(result);
      },
    };
    const whole = size > 0 && size <= WHOLE_FILE_BYTES ? memorySource((await counted.read(0, size)).slice()) : null;
    const member = { path, name: baseName(path), source: whole?.size === size ? whole : counted, depth: 0 };
    let facts = 0;
    try {
      for await (const item of inspect(member, budget)) {
        facts += item.kind === 'stream' ? item.facts.length : 1;
        if (facts > MAX_FACTS)
          throw new LimitError('MAX_FACTS', `more than ${MAX_FACTS} globals and signals in one artifact`);
        if (item.kind === 'fact') found.facts.push(item.fact);
        else if (item.kind === 'notice') found.notices.push(item.notice);
        else if (item.kind === 'format') found.format ??= item.format;
        else found.streams.push({ stream: item.stream, facts: item.facts });
      }
    } catch (error) {
      // The one place where a limit ends an artifact; the rest of the batch goes on.
      if (!(error instanceof LimitError)) throw error;
      found.notices.push({ path, offset: null, cause: 'limit', reason: error.message });
    }
    const known = found.facts.some((fact) => fact.kind === 'archive.bomb');
    if (!known && budget.isBomb) {
      const detail = `${size} bytes unpack to ${budget.expanded} in all`;
      found.facts.push({ kind: 'archive.bomb', at: { path, offset: null, line: null }, problem: 'expansion', detail });
    }
  }

  #count(bytes: Uint8Array): Uint8Array {
    this.bytesRead += bytes.length;
    return bytes;
  }

  #conclude(input: ScanInput, found: Collected): void {
    const { policy, rules, today, retestPaths } = this.#options;
    const isArtifact =
      found.format !== null || found.streams.length > 0 || found.facts.length > 0 || found.notices.length > 0;
    if (!isArtifact) {
      this.#skipped += 1;
      return;
    }
    const facts = [...onePerProblem(found.facts), ...found.streams.flatMap((item) => item.facts)];
    const hits = applyRules(facts, rules, { userAllow: this.#userAllow });
    const listed = mostSevere(hits);
    const findings = buildFindings(listed, input.path, policy, today, retestPaths);
    if (listed.length < hits.length) {
      const reason = `only the ${findings.length} most severe of ${findings.length + hits.length - listed.length} findings are listed`;
      found.notices.push({ path: input.path, offset: null, cause: 'limit', reason });
    }
    for (const notice of found.notices)
      this.#incomplete.push({ path: notice.path, offset: notice.offset, reason: notice.reason });
    const signals = levelSignals(hits, input.path);
    const levels = new Map<Fact['at'], SafetyLevel>();
    for (const { fact, match } of hits) levels.set(fact.at, highest([levels.get(fact.at) ?? 0, match.level]));
    for (const finding of findings) this.#findings.push(finding);
    for (const signal of signals) this.#signals.push(signal);
    const incompleteLevel: SafetyLevel = found.notices.length > 0 ? 3 : 0;
    this.artifacts.push({
      path: input.path,
      size: input.size,
      format: found.format ?? 'unknown',
      status: found.notices.length === 0 ? 'complete' : 'incomplete',
      safety: safety(highest([incompleteLevel, ...levels.values()])),
      streams: found.streams.map(({ stream, facts: own }) => this.#streamReport(stream, own, levels)),
    });
  }

  #streamReport(
    stream: StreamFacts,
    facts: readonly Fact[],
    levels: ReadonlyMap<Fact['at'], SafetyLevel>,
  ): StreamReport {
    const own = facts.map((fact) => levels.get(fact.at) ?? 0);
    return {
      ...stream,
      safety: safety(highest([stream.end === 'error' ? 3 : 0, ...own])),
      globals: facts.flatMap((fact) => this.#global(fact)),
    };
  }

  #global(fact: Fact): GlobalReport[] {
    if (fact.kind === 'pickle.dynamic') {
      return [
        {
          module: fact.module,
          name: fact.name,
          class: 'dynamic',
          offset: fact.at.offset ?? 0,
          count: 1,
          called: false,
          via: fact.via,
          userAllowed: false,
        },
      ];
    }
    if (fact.kind !== 'pickle.global') return [];
    const verdict = classifyGlobal(fact, this.#userAllow);
    if (verdict.userAllowed) this.#usedAllow.add(verdict.entry ?? `${fact.module}.${fact.name}`);
    const { module, name, count, via, callCount, at } = fact;
    return [
      {
        module,
        name,
        class: verdict.class,
        offset: at.offset ?? 0,
        count,
        called: callCount > 0,
        via,
        userAllowed: verdict.userAllowed,
      },
    ];
  }

  report(durationMs: number): Report {
    const { command, version, policy, rules, today } = this.#options;
    return decideReport({
      command,
      version,
      policy,
      rulesSelected: rules,
      artifacts: this.artifacts,
      findings: this.#findings,
      signals: this.#signals,
      incomplete: this.#incomplete,
      notes: [],
      allowUse: allowStates(policy, this.#usedAllow, today),
      bytesRead: this.bytesRead,
      bytesTotal: this.#bytesTotal,
      durationMs: Math.round(durationMs),
      skipped: this.#skipped,
    });
  }
}

/** Files up to this size are read once and whole: their tail is looked at anyway, and a read costs more than 64 KiB do. */
const WHOLE_FILE_BYTES = 64 * 1024;

/** Globals and signals of one artifact over all of its streams (CWE-770): some 600 MB. A tar of 100,000 samples has as many. */
const MAX_FACTS = 500_000;
/** Findings of one artifact that are listed (CWE-770): people and code scanning stop reading long before. */
const MAX_FINDINGS = 10_000;

/** All hits, or where there are too many: those of the highest severity and level, in their order, and the quiet ones. */
function mostSevere(hits: readonly RuleHit[]): readonly RuleHit[] {
  const loud = hits.filter((hit) => isFinding(hit));
  if (loud.length <= MAX_FINDINGS) return hits;
  const rank = ({ rule, match }: RuleHit): number =>
    SEVERITIES.indexOf(match.severity ?? rule.meta.severity) * 10 - match.level;
  const kept = new Set(loud.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_FINDINGS));
  return hits.filter((hit) => !isFinding(hit) || kept.has(hit));
}

/** Archives in archives show one problem a thousand times: the first place is shown, the rest is counted. */
function onePerProblem(facts: readonly Fact[]): Fact[] {
  const kept: Fact[] = [];
  const bombs = new Map<string, { index: number; count: number }>();
  for (const fact of facts) {
    if (fact.kind !== 'archive.bomb') {
      kept.push(fact);
      continue;
    }
    const known = bombs.get(fact.problem);
    if (known === undefined) bombs.set(fact.problem, { index: kept.push(fact) - 1, count: 1 });
    else known.count += 1;
  }
  for (const { index, count } of bombs.values()) {
    const fact = kept[index];
    if (count > 1 && fact?.kind === 'archive.bomb')
      kept[index] = { ...fact, detail: `${fact.detail}; ${count - 1} more places like it` };
  }
  return kept;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function highest(levels: readonly SafetyLevel[]): SafetyLevel {
  return levels.reduce<SafetyLevel>((top, level) => (level > top ? level : top), 0);
}
