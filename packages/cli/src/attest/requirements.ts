import type { Report } from '@artifact-sentinel/core';
import {
  DEFAULT_POLICY,
  plural,
  SAFETY_LEVELS,
  selectRules,
  type PolicyReport,
  type RunReport,
} from '@artifact-sentinel/core/internal';
import { Refusal } from './dsse.js';

/** What a statement has to say beyond its signature. */
export interface Requirements {
  /** Categories and rules that have to have been applied; empty for all. */
  readonly rules: readonly string[];
  /** The one policy file that has to have held; null for what is built in. */
  readonly policy: { readonly file: string; readonly sha256: string } | null;
  readonly anyPolicy: boolean;
  readonly anyVerdict: boolean;
  readonly allowIncomplete: boolean;
}

/** Rules that are named; the rest is counted. */
const NAMED_RULES = 5;

function listed(names: readonly string[]): string {
  const left = names.length - NAMED_RULES;
  return names.slice(0, NAMED_RULES).join(', ') + (left > 0 ? ` and ${left} more` : '');
}

function wantedRules({ rules }: Requirements): string[] {
  return selectRules(rules).map((rule) => rule.meta.id);
}

/** `run.rules` empty: every rule of its version was applied. */
export function requireRules(run: Pick<RunReport, 'rules'>, required: Requirements): void {
  if (run.rules.length === 0) return;
  // Names of another version's rules stand for nothing here.
  const names = new Set(run.rules.map((name) => name.toUpperCase()));
  const missing = selectRules(required.rules)
    .filter(({ meta }) => !names.has(meta.id) && !names.has(meta.category))
    .map(({ meta }) => meta.id);
  if (missing.length > 0)
    throw new Refusal(
      `only the rules ${run.rules.join(', ')} were applied, not ${listed(missing)}; --rules says which are enough`,
    );
}

function looserRule(policy: PolicyReport, required: Requirements): string | null {
  const fails = DEFAULT_POLICY.defaults.failOn ?? [];
  for (const id of wantedRules(required)) {
    const gate = (Object.hasOwn(policy.rules, id) ? policy.rules[id] : undefined) ?? policy;
    const lost = fails.filter((severity) => !gate.failOn.includes(severity));
    if (lost.length > 0) return `a finding ${lost.join(' or ')} of ${id} fails nothing`;
  }
  return null;
}

function looserLevel(policy: PolicyReport): string | null {
  const strict = SAFETY_LEVELS[DEFAULT_POLICY.maxAcceptableSeverity];
  const looser = [policy, ...policy.paths].find((item) => item.maxAcceptableSeverity !== strict);
  return looser === undefined ? null : `artifacts may be ${looser.maxAcceptableSeverity}`;
}

/** Why the result rests on more than what was found. */
function exception(report: Report): string | null {
  const allowed = report.allow.filter((entry) => entry.state === 'used');
  if (allowed.length > 0) return `it rests on ${plural(allowed.length, 'allow entry', 'allow entries')}`;
  const accepted = report.findings.filter((finding) => finding.accepted !== null);
  if (accepted.length > 0) return `it rests on ${plural(accepted.length, 'accepted finding')}`;
  return baselineException(report);
}

function baselineException({ findings }: Report): string | null {
  const tolerated = findings.filter((finding) => finding.baseline?.tolerated === true);
  return tolerated.length === 0 ? null : `a baseline lets ${plural(tolerated.length, 'finding')} pass`;
}

/** What is asked of a run; of a closure no more is read. */
export type AskedRun = Pick<RunReport, 'rules' | 'alsoAllow' | 'maxAcceptableSeverity' | 'policyFiles'>;

/** Options of the command line that loosen what a file says. */
function optionException(run: AskedRun): string | null {
  if (run.alsoAllow.length > 0) return 'it was made with --also-allow';
  return run.maxAcceptableSeverity === null ? null : 'it was made with --max-acceptable-severity';
}

function requireFile(run: AskedRun, policy: NonNullable<Requirements['policy']>): void {
  const trusted = run.policyFiles.filter((file) => file.trusted);
  const [own] = trusted;
  if (own === undefined) throw new Refusal(`it was made under what is built in, not under ${policy.file}`);
  if (trusted.length > 1 || own.sha256 !== policy.sha256)
    throw new Refusal(`it was made under another policy than ${policy.file}: ${own.path}, SHA-256 ${own.sha256}`);
}

const ADVICE = '; --policy FILE takes the policy that says so, --any-policy takes any';

/** The policy of a scan: a file that the verifier has, or nothing looser than what is built in. */
export function requirePolicy(report: Report, run: RunReport, policy: PolicyReport, required: Requirements): void {
  if (required.anyPolicy) return;
  if (required.policy !== null) {
    requireFile(run, required.policy);
    const loose = optionException(run) ?? baselineException(report);
    if (loose !== null)
      throw new Refusal(`${loose}, which ${required.policy.file} does not say; --any-policy takes it`);
    return;
  }
  const loose = looserRule(policy, required) ?? looserLevel(policy) ?? exception(report);
  if (loose !== null) throw new Refusal(`it is looser than the default: ${loose}${ADVICE}`);
}

/** The same of a closure, whose record has the files and options and not what they come to. */
export function requireClosurePolicy(run: AskedRun, required: Requirements): void {
  if (required.anyPolicy) return;
  if (required.policy !== null) requireFile(run, required.policy);
  else {
    const own = run.policyFiles.find((file) => file.trusted);
    if (own !== undefined) throw new Refusal(`it was made under the policy ${own.path}${ADVICE}`);
  }
  const loose = optionException(run);
  if (loose !== null) throw new Refusal(`${loose}; --any-policy takes it`);
}

/** Scans that pass, and closures that are complete. */
const GOOD = ['pass', 'closed'];
/** The verdicts that mean "not everything could be analysed". */
const UNKNOWN = ['incomplete', 'unverifiable'];

export function requireVerdict(kind: string, verdict: string, required: Requirements): void {
  if (required.anyVerdict || GOOD.includes(verdict)) return;
  if (required.allowIncomplete && UNKNOWN.includes(verdict)) return;
  const option = UNKNOWN.includes(verdict) ? '--allow-incomplete' : '--any-verdict';
  throw new Refusal(`the ${kind} that it is about has the result "${verdict}"; ${option} takes it`);
}

/** What was required of the statement, for the answer. */
export function describeRequirements(required: Requirements): string {
  const { rules, policy, anyPolicy, anyVerdict, allowIncomplete } = required;
  return [
    rules.length === 0 ? 'every rule' : `the rules ${rules.join(', ')}`,
    anyPolicy
      ? 'any policy'
      : policy === null
        ? 'nothing looser than the default policy'
        : `the policy ${policy.file} (SHA-256 ${policy.sha256})`,
    anyVerdict ? 'any result' : allowIncomplete ? 'no failure' : 'a complete pass',
  ].join(', ');
}
