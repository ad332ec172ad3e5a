import { isAllowedBy } from './allowed.js';
import type { Found, Marked } from '../model/baseline.js';
import { isOutdated, OUTDATED } from '../model/fingerprint.js';
import type { Finding, KnownFinding, Report } from '../model/report.js';
import { reachRank } from '../model/reach.js';
import { SEVERITIES } from '../model/severity.js';

/** An earlier report, and what a new one does with it. */
export interface Baseline {
  readonly file: string;
  readonly report: Report;
  /** What the baseline knows fails nothing. */
  readonly failOnNew: boolean;
}

/**
 * Pairs findings of two runs by fingerprint, each with one at most: artifacts in different folders may give equal
 * ones, and a copy is new. Those at the same path come first.
 */
export function pairFindings(
  before: readonly Finding[],
  now: readonly Finding[],
): { readonly pairs: ReadonlyMap<Finding, Finding>; readonly gone: readonly Finding[] } {
  const waiting = new Map<string, Finding[]>();
  for (const finding of before) {
    const list = waiting.get(finding.fingerprint);
    if (list === undefined) waiting.set(finding.fingerprint, [finding]);
    else list.push(finding);
  }
  const pairs = new Map<Finding, Finding>();
  const take = (finding: Finding, isRight: (other: Finding) => boolean): void => {
    const list = waiting.get(finding.fingerprint) ?? [];
    const at = list.findIndex(isRight);
    const [partner] = at < 0 ? [] : list.splice(at, 1);
    if (partner !== undefined) pairs.set(finding, partner);
  };
  for (const finding of now) take(finding, (other) => other.artifact === finding.artifact);
  for (const finding of now) if (!pairs.has(finding)) take(finding, () => true);
  return { pairs, gone: [...waiting.values()].flat() };
}

/** What was accepted then and is not now, or has become worse, is known and fails all the same. */
function isTolerable(now: Finding, before: Finding): boolean {
  if (before.accepted !== null && now.accepted === null) return false;
  const isWorse =
    SEVERITIES.indexOf(now.severity) < SEVERITIES.indexOf(before.severity) ||
    now.safety.level > before.safety.level ||
    // A report of an earlier version does not say how far it reaches.
    (before.reach !== undefined && reachRank(now.reach) < reachRank(before.reach));
  return !isWorse;
}

function markOne(finding: Finding, before: Finding | undefined, failOnNew: boolean): Finding {
  if (before === undefined) return { ...finding, baseline: { state: 'new', tolerated: false } };
  const tolerated = failOnNew && isTolerable(finding, before);
  return {
    ...finding,
    action: tolerated && finding.action === 'fail' ? 'ticket' : finding.action,
    baseline: { state: 'unchanged', tolerated },
  };
}

function knownFinding(finding: Finding, reason: string): KnownFinding {
  const { ruleId, severity, title, message, owner, artifact, location, evidence, fingerprint } = finding;
  return { ruleId, severity, title, message, owner, artifact, location, evidence, fingerprint, reason };
}

/** Paths as people write them for one folder: `./models/`, `models`, `models\`. */
function plainPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}

function isWithin(path: string, folder: string): boolean {
  return folder === ''
    ? !/^(?:\/|\.\.(?:\/|$)|[A-Za-z]:)/.test(path)
    : path === folder || path.startsWith(`${folder}/`);
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What this run can say about a finding that it did not make again. */
class Absence {
  readonly #found: Found;
  readonly #statusOf = new Map<string, 'complete' | 'incomplete'>();
  readonly #byName = new Map<string, string[]>();
  readonly #scanned: readonly string[];
  readonly #unread: readonly string[];

  constructor(found: Found) {
    this.#found = found;
    for (const { path, status } of found.artifacts) {
      // Nothing that has findings any more.
      if (status === 'opaque') continue;
      const plain = plainPath(path);
      // Two spellings of one path: the worse counts.
      if (this.#statusOf.get(plain) !== 'incomplete') this.#statusOf.set(plain, status);
      const list = this.#byName.get(baseName(plain));
      if (list === undefined) this.#byName.set(baseName(plain), [plain]);
      else list.push(plain);
    }
    this.#scanned = (found.run?.paths ?? []).map(plainPath);
    this.#unread = found.incomplete.map((item) => plainPath(item.path));
  }

  /** Null where it is absent; otherwise why nothing can be said. */
  notComparedBecause(finding: Finding): string | null {
    if (isOutdated(finding.fingerprint)) return OUTDATED;
    if (!this.#found.rules.has(finding.ruleId)) return `rule ${finding.ruleId} was not applied`;
    const path = plainPath(finding.artifact);
    const here = this.#statusOf.get(path);
    if (here !== undefined) return here === 'complete' ? null : 'the artifact could not be analysed completely';
    const above = this.#unread.find((folder) => isWithin(path, folder));
    if (above !== undefined) return `${above} could not be read`;
    if (this.#scanned.some((folder) => isWithin(path, folder))) return null;
    const namesakes = this.#byName.get(baseName(path)) ?? [];
    if (namesakes.length === 0) return 'the artifact is not below the scanned paths';
    return namesakes.every((other) => this.#statusOf.get(other) === 'complete')
      ? null
      : 'an artifact of its name could not be analysed completely';
  }

  /** How it became absent. */
  absentBecause(finding: Finding): string {
    const path = plainPath(finding.artifact);
    const moved = this.#statusOf.has(path) ? undefined : this.#byName.get(baseName(path))?.[0];
    if (!this.#statusOf.has(path) && moved === undefined) return 'the artifact is gone, or is no artifact any more';
    const entry = this.#found.allow.find((item) => item.state === 'used' && isAllowedBy(finding.evidence, item.entry));
    if (entry !== undefined) return `allowed by ${entry.entry} (${entry.origin}), not fixed`;
    const where = moved === undefined ? 'the artifact' : moved;
    return `not found again in ${where}, which was analysed completely`;
  }
}

/** Marks what a baseline knows. It loosens nothing unless `failOnNew` is set. */
export function markAgainst(baseline: Baseline, found: Found): Marked {
  const { report, file, failOnNew } = baseline;
  const { pairs, gone } = pairFindings(report.findings, found.findings);
  const findings = found.findings.map((finding) => markOne(finding, pairs.get(finding), failOnNew));
  const absence = new Absence(found);
  const absent: KnownFinding[] = [];
  const notCompared: KnownFinding[] = [];
  for (const finding of gone) {
    const reason = absence.notComparedBecause(finding);
    if (reason === null) absent.push(knownFinding(finding, absence.absentBecause(finding)));
    else notCompared.push(knownFinding(finding, reason));
  }
  return {
    findings,
    baseline: {
      file,
      tool: report.tool,
      startedAt: report.run?.startedAt ?? null,
      failOnNew,
      new: findings.length - pairs.size,
      unchanged: pairs.size,
      absent,
      notCompared,
    },
    notes: baselineNotes(baseline, found),
  };
}

/** What makes a comparison say less than it seems to. */
function baselineNotes({ report, file }: Baseline, { catalogue, rules }: Found): string[] {
  return [
    ...(report.findings.some((finding) => isOutdated(finding.fingerprint))
      ? [
          `The baseline ${file} was written by an earlier version of Sentinel, whose fingerprints covered less of what would run: it knows none of the findings. Look at them again and write a new baseline.`,
        ]
      : []),
    ...(report.verdict === 'incomplete' || report.incomplete.length > 0
      ? [`The baseline ${file} is of an incomplete scan: a finding may be new only because it was not seen then.`]
      : []),
    ...(report.tool.rules === catalogue
      ? []
      : [
          `The baseline ${file} was written with catalogue ${report.tool.rules}, this one is ${catalogue}: findings may come and go by that alone.`,
        ]),
    ...(isNarrower(report.run?.rules ?? [], rules)
      ? [`The baseline ${file} applied other rules than this run: ${(report.run?.rules ?? []).join(', ')}.`]
      : []),
  ];
}

function isNarrower(selectors: readonly string[], rules: ReadonlySet<string>): boolean {
  if (selectors.length === 0) return false;
  const words = selectors.map((word) => word.toUpperCase());
  return [...rules].some((id) => !words.some((word) => id === word || id.startsWith(`${word}-`)));
}
