import { OUTDATED } from '../model/fingerprint.js';
import type { Location } from '../model/fact.js';
import type { CoverageReason } from '../model/coverage.js';
import type {
  AcceptReport,
  AllowReport,
  ArtifactReport,
  BaselineReport,
  Finding,
  KnownFinding,
  PolicyFileReport,
  PolicyOrigin,
  Report,
} from '../model/report.js';
import { reachRank, REACHES, type Reach } from '../model/reach.js';
import { SEVERITIES, type Safety } from '../model/severity.js';
import { showPath } from './escape.js';

const PROOF =
  'no proof of safety: Sentinel read what loading these files would import and call, and nothing else about them. Load only what comes from a source you trust.';

/** What every reader of a clean result has to know. */
export const NO_PROOF = `No finding is ${PROOF}`;
/** The same where findings are left that fail nothing. */
export const PASS_IS_NO_PROOF = `A pass is ${PROOF}`;

/** What goes with every verdict of `pass`. */
export function describePass(report: Report): string | null {
  if (report.verdict !== 'pass' || report.summary.artifacts === report.summary.opaque) return null;
  return report.findings.length === 0 ? NO_PROOF : PASS_IS_NO_PROOF;
}

const ALLOW_WARNING =
  'allowed by you, not by Sentinel: every entry is a possible attack vector, so keep it only while somebody vouches for it';

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function showBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'unknown size';
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
}

export function showDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `models/a.pt!archive/data.pkl @31`, or `file.py:12` */
export function showLocation(at: Location): string {
  const path = `${showPath(at.path)}${at.cell === undefined ? '' : ` cell ${at.cell}`}`;
  if (at.line !== null && at.column !== undefined) return `${path}:${at.line}:${at.column}`;
  if (at.line !== null) return `${path}:${at.line}`;
  return at.offset === null ? path : `${path} @${at.offset}`;
}

/** The line in the artifact's own text; null where it has none, as in an archive, or counts them otherwise. */
export function fileLine({ artifact, location }: Pick<Finding, 'artifact' | 'location'>): number | null {
  return location.path === artifact && location.cell === undefined ? location.line : null;
}

/** Artifacts without anything to say: complete, level 0 and no finding. */
export function cleanArtifacts({ artifacts, findings }: Pick<Report, 'artifacts' | 'findings'>): ArtifactReport[] {
  const found = new Set(findings.map(({ artifact }) => artifact));
  return artifacts.filter(
    ({ path, safety, status }) => safety?.level === 0 && status === 'complete' && !found.has(path),
  );
}

/** `2 findings (1 CRITICAL, 1 HIGH)` */
export function countFindings(report: Report): string {
  const parts = SEVERITIES.filter((severity) => report.summary.findings[severity] > 0).map(
    (severity) => `${report.summary.findings[severity]} ${severity}`,
  );
  return plural(report.findings.length, 'finding') + (parts.length === 0 ? '' : ` (${parts.join(', ')})`);
}

const RANK = new Map(SEVERITIES.map((severity, index) => [severity, index]));

/** The worst first: by severity, then by reach, the widest first; otherwise in the order in which they were found. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) => (RANK.get(a.severity) ?? 0) - (RANK.get(b.severity) ?? 0) || orderOf(a) - orderOf(b),
  );
}

/** Grouped by artifact, the worst first: among the artifacts, and in each of them. */
export function byArtifact(findings: readonly Finding[]): Finding[] {
  const groups = new Map<string, Finding[]>();
  const byLevel = [...findings].sort((a, b) => b.safety.level - a.safety.level);
  for (const finding of bySeverity(byLevel)) {
    const known = groups.get(finding.artifact);
    if (known === undefined) groups.set(finding.artifact, [finding]);
    else known.push(finding);
  }
  return [...groups.values()].flat();
}

/** Both scales are about one finding, and answer two questions. */
export const SCALES =
  'Two scales: the severity is how urgent the release decision of the rule is; the level, from 0 to 5, is how far the content itself points to an attack.';

/** A severity that blocks beside a level that looks harmless, or the other way round: it needs a word. */
export function scalesDiffer({ severity, safety }: Pick<Finding, 'severity' | 'safety'>): boolean {
  const blocks = severity === 'CRITICAL' || severity === 'HIGH';
  return blocks ? safety.level < 3 : safety.level === 0 || safety.level >= 3;
}

function acceptance({ owner, why, expires }: { owner: string; why: string; expires: string | null }): string {
  return `accepted by ${owner}${expires === null ? '' : ` until ${expires}`}: ${why}`;
}

/** What an artifact itself would do comes before what source may be given. */
function orderOf({ reach }: Finding): number {
  return reach === undefined ? -1 : reachRank(reach);
}

const REACH_WORDS: Readonly<Record<Reach, string>> = {
  network: 'another process or machine decides what is loaded',
  store: 'those who can write to the store decide what is loaded',
  unknown: 'who decides what is loaded is not known',
  argument: 'callers of a public function decide what is loaded',
  file: 'the user names what is loaded',
  constant: 'a path that stands in the source is loaded',
  test: 'a test, an example or a benchmark',
};

/** `constant: a path that stands in the source is loaded`; null where a finding is none in source. */
export function describeReach({ reach }: Pick<Finding, 'reach'>): string | null {
  return reach === undefined ? null : `${reach}: ${REACH_WORDS[reach]}`;
}

/** `469 TORCH-LOAD-UNTRUSTED: 2 network, 31 argument`; one line for each rule with several findings in source. */
export function countReaches(findings: readonly Finding[]): string[] {
  const rules = new Map<string, Map<Reach, number>>();
  for (const { ruleId, reach } of findings) {
    if (reach === undefined) continue;
    const counts = rules.get(ruleId) ?? new Map<Reach, number>();
    rules.set(ruleId, counts.set(reach, (counts.get(reach) ?? 0) + 1));
  }
  return [...rules]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([rule, counts]) => {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const parts = REACHES.flatMap((reach) => (counts.has(reach) ? [`${counts.get(reach)} ${reach}`] : []));
      return total < 2 ? [] : [`${total} ${rule}: ${parts.join(', ')}`];
    });
}

export function describeAction(finding: Finding): string {
  const { accepted, action, baseline } = finding;
  if (accepted !== null) return acceptance(accepted);
  const asks = { fail: 'fails this run', ticket: 'needs a ticket', note: 'noted' }[action];
  const words = finding.loweredByReach === true ? `${asks}: the policy asks for no more of this reach` : asks;
  return baseline?.tolerated === true ? `${words}; fails nothing because the baseline has it (--fail-on-new)` : words;
}

const ORIGINS: Readonly<Record<PolicyOrigin, string>> = {
  '--policy': 'named with --policy; no other was searched for',
  SENTINEL_POLICY: 'named by SENTINEL_POLICY; no other was searched for',
  '--trust-policy-in-tree': 'lies in what is scanned, trusted by --trust-policy-in-tree',
  report: 'named by the report alone',
  found: 'found by walking up; it lies outside of what is scanned',
};

/** Why a policy counts in full. */
export function describePolicyOrigin(by: PolicyOrigin): string {
  return ORIGINS[by];
}

function describePolicyFile({ path, trusted, by = 'found' }: PolicyFileReport): string {
  if (trusted) return `${path}: ${ORIGINS[by]}`;
  return `${path}: ${by === 'report' ? ORIGINS.report : 'lies in what is scanned'}; it tightens, no more`;
}

/** The policies of a run, one in each line. */
export function describePolicies({ run }: Pick<Report, 'run'>): string[] {
  if (run === null) return [];
  const files = run.policyFiles.map(describePolicyFile);
  return run.policyFiles.some(({ trusted }) => trusted)
    ? files
    : ['what is built in; none of yours was found', ...files];
}

/** Notes of the author of the source, one in each line. */
export function describeComments({ comments = [] }: Finding): string[] {
  return comments.map(
    ({ line, text, counts, why }) =>
      `line ${line}: ${text} (${counts ? 'it counts: the policy says so' : `it does not count: ${why ?? 'no reason was given'}`})`,
  );
}

/** Which artifacts an acceptance reaches. */
export function reachOf(sha256: string | null | undefined): string {
  return sha256 == null
    ? 'in every artifact of this name in which the same would run; sha256 pins it to one'
    : `in the artifact with SHA-256 ${sha256} only`;
}

/** What became of an acceptance of the policy, after its fingerprint and origin. */
export function describeAccept(item: AcceptReport): string {
  const count = plural(item.findings, 'finding');
  if (item.state === 'used') return `${acceptance(item)} (${count}; ${reachOf(item.sha256)})`;
  const said = `${acceptance(item)}.`;
  if (item.state === 'outdated') return `${said} It no longer counts: ${OUTDATED}`;
  if (item.state === 'unused') {
    const where = item.sha256 == null ? '' : ` in the artifact with SHA-256 ${item.sha256}`;
    return `${said} It matches nothing that was found${where}; remove it where everything was scanned`;
  }
  return item.findings > 0
    ? `${said} It is expired and no longer counts: ${count} stand${item.findings === 1 ? 's' : ''} open again`
    : `${said} It is expired and matches nothing that was found; remove it`;
}

/** The level of an artifact. */
export function describeLevel(level: Safety | null): string {
  return level === null ? 'not analysed' : `${level.name} (${level.level})`;
}

const ACCOUNTS: Readonly<Record<CoverageReason, string>> = {
  'storage-header': 'headers of storages, left out',
  data: 'no format that is known',
  padding: 'padding',
  'not-analysed': 'formats that are not analysed',
  'array-data': 'array data',
  'tensor-storage': 'tensor storages',
};

/** What became of the bytes of an artifact. */
export function describeCoverage({ totals }: ArtifactReport['coverage']): string {
  const said = totals.toReversed().map(({ kind, reason, bytes }) => {
    const why = reason === null ? '' : ` (${ACCOUNTS[reason]})`;
    return `${showBytes(bytes)} ${kind}${why}`;
  });
  return said.join(', ');
}

/** One line for each format that is recognised and not analysed: how many artifacts are of it, and what its readers run. */
export function describeOpaque({ artifacts }: Report): string[] {
  const formats = new Map<string, { count: number; bytes: number; first: string; reason: string }>();
  for (const { path, format, size, status, parts } of artifacts) {
    if (status !== 'opaque') continue;
    const known = formats.get(format);
    if (known === undefined) {
      const own = parts.find((part) => part.kind === 'opaque' && part.path === path);
      const reason = own?.kind === 'opaque' ? own.reason : '';
      formats.set(format, { count: 1, bytes: size, first: path, reason });
    } else {
      known.count += 1;
      known.bytes += size;
    }
  }
  return [...formats].map(([format, { count, bytes, first, reason }]) => {
    const more = count === 1 ? '' : ` and ${count - 1} more`;
    return `${format}: ${first}${more} (${showBytes(bytes)}). ${reason}`;
  });
}

/** What is odd about a fingerprint, behind it; nothing where it covers what the finding would do. */
export function describeCover({ covers }: Finding): string {
  if (covers === 'bytes') return ' (of the bytes: another save has another)';
  return covers === 'unknown' ? ' (not all of it could be read: it cannot be accepted)' : '';
}

/** `new`, or `unchanged since the baseline`. */
export function describeState({ baseline }: Finding): string | null {
  if (baseline === null) return null;
  return baseline.state === 'new' ? 'new since the baseline' : 'unchanged since the baseline';
}

/** The head of a comparison with an earlier report. */
export function describeBaseline(baseline: BaselineReport): string {
  const made = baseline.startedAt === null ? '' : ` of ${baseline.startedAt}`;
  const gate = baseline.failOnNew ? '; what it knows fails nothing (--fail-on-new)' : '';
  return `compared with ${baseline.file}${made}: ${baseline.new} new, ${baseline.unchanged} unchanged, ${baseline.absent.length} absent, ${baseline.notCompared.length} not compared${gate}`;
}

/** A finding of the baseline that this run did not make. */
export function describeKnown(item: KnownFinding): string {
  return `${item.ruleId} ${item.severity} ${showLocation(item.location)} (${item.fingerprint}): ${item.reason}`;
}

/** What a verdict of `pass` leaves out, or null: a pass that rests on acceptances, on a baseline or on reach says so. */
export function describeExcused(report: Report): string | null {
  const accepted = report.findings.filter((finding) => finding.accepted !== null).length;
  const tolerated = report.findings.filter((finding) => finding.baseline?.tolerated === true).length;
  const lowered = report.findings.filter((finding) => finding.loweredByReach === true).length;
  const parts = [
    ...(accepted === 0 ? [] : [`${plural(accepted, 'finding')} accepted`]),
    ...(lowered === 0 ? [] : [`${plural(lowered, 'finding')} of which the policy asks for less by reach`]),
    ...(tolerated === 0 ? [] : [`${plural(tolerated, 'finding')} of the baseline let pass by --fail-on-new`]),
  ];
  return parts.length === 0 ? null : `Not counted: ${parts.join(', ')}.`;
}

const ALLOW_STATES: Readonly<Record<AllowReport['state'], string>> = {
  used: ALLOW_WARNING,
  unused: 'not needed by anything scanned',
  expired: 'expired, so it no longer counts; renew or remove it',
  shadowed: 'it changes nothing and can go',
};

/** What became of an allow entry, who answers for it and for how long. */
export function describeAllow({ state, detail, owner, expires, sha256 }: AllowReport): string {
  const parts = [ALLOW_STATES[state]];
  if (detail !== null) parts.push(detail);
  if (state === 'used') {
    if (owner !== null) parts.push(`vouched for by ${owner}`);
    if (expires !== null) parts.push(`until ${expires}`);
    if (sha256 !== null) parts.push(`for the artifact with SHA-256 ${sha256} only`);
  }
  return parts.join('; ');
}

const VERDICTS = {
  pass: ['PASS', 'the policy is met and the scan is complete.'],
  fail: ['FAIL', 'the policy is not met.'],
  incomplete: ['INCOMPLETE', 'not everything could be analysed, so nothing can be said for it.'],
} as const satisfies Record<Report['verdict'], readonly [string, string]>;

/** `PASS`, and the sentence that goes on behind its colon. */
export function wordsOfVerdict({ verdict }: Report): readonly [word: string, rest: string] {
  return VERDICTS[verdict];
}

/** `2 findings (2 HIGH) in 3 artifacts; 0 items not analysed completely.` */
export function countsInWords(report: Report): string {
  const { incomplete, summary } = report;
  const analysed = plural(summary.artifacts - summary.opaque, 'artifact');
  return `${countFindings(report)} in ${analysed}; ${plural(incomplete.length, 'item')} not analysed completely.`;
}
