import { refuseUserEntry } from '../catalogue/user-entry.js';
import type { RetestWords } from '../command/retest-command.js';
import { escapeText } from '../model/escape.js';
import type { Policy } from '../model/policy.js';
import type { Acceptance, Evidence, Finding } from '../model/report.js';
import { DECISIONS, safety, type SafetyLevel } from '../model/severity.js';
import type { Match } from '../model/rule.js';
import type { RuleHit } from '../rules/apply.js';
import { reachOf } from '../rules/reach.js';
import { actionFor, isStricter, ownerFor, retestFor } from './action.js';
import { isExpired } from './allow.js';
import { coverageOf, fingerprint } from './fingerprint.js';
import { readInSource, type InSource } from './in-source.js';
import type { PolicyPaths } from './maximum.js';

/** A match that is too little for a finding: it raises the artifact's level and leaves a note. */
export interface LevelSignal {
  readonly artifact: string;
  readonly level: SafetyLevel;
  readonly note: string;
}

/** False for a match that only raises the level. */
export function isFinding(hit: RuleHit): boolean {
  return hit.match.quiet !== true;
}

export function levelSignals(hits: readonly RuleHit[], artifactPath: string): LevelSignal[] {
  return hits
    .filter((hit) => !isFinding(hit))
    .map(({ fact, match }) => ({
      artifact: artifactPath,
      level: match.level,
      note: `${fact.at.path}${fact.at.offset === null ? '' : ` @${fact.at.offset}`}: ${match.signal}: ${match.message}`,
    }));
}

/** The artifact that findings are about. */
export interface Subject {
  readonly path: string;
  /** Hex, of the whole file, where it was hashed. */
  readonly sha256: string | null;
}

/** What is not known in full is accepted by nobody. */
function acceptedBy(
  hit: RuleHit,
  inSource: InSource,
  policy: Policy,
  id: string,
  today: string,
  sha256: string | null,
): Acceptance | null {
  if (coverageOf(hit.fact).of === 'unknown') return null;
  const entry = policy.accept.find(
    (item) =>
      item.fingerprint === id && !isExpired(item.expires, today) && (item.sha256 === null || item.sha256 === sha256),
  );
  return entry === undefined ? inSource.accepted : { owner: entry.owner, why: entry.why, expires: entry.expires };
}

function evidenceOf({ signal, call, chain, entries = [] }: Match): Evidence {
  const possible = entries.filter(({ entry }) => refuseUserEntry(entry) === null);
  return {
    signal: escapeText(signal),
    call: call === null ? null : escapeText(call),
    chain: chain.map(escapeText),
    ...(possible.length === 0 ? {} : { entries: possible }),
  };
}

/** A finding from a match. `occurrence` tells equal ones of one artifact apart: see `buildFindings`. */
export function buildFinding(
  hit: RuleHit,
  artifact: Subject,
  policy: Policy,
  today: string,
  retest: RetestWords,
  policyPaths: () => PolicyPaths,
  occurrence = 1,
): Finding {
  const { meta } = hit.rule;
  const { fact, match } = hit;
  const severity = match.severity ?? meta.severity;
  const id = fingerprint({ ruleId: meta.id, artifactPath: artifact.path, fact, match, occurrence });
  const inSource = readInSource(hit, { artifact: artifact.path, policy, policyPaths });
  const reach = reachOf(fact);
  const action = actionFor(meta, severity, policy, reach);
  const accepted = acceptedBy(hit, inSource, policy, id, today, artifact.sha256);
  return {
    ruleId: meta.id,
    severity,
    title: meta.title,
    message: escapeText(match.message),
    cwe: match.cwe === undefined ? meta.cwe : [...new Set([...meta.cwe, ...match.cwe])],
    owaspLlm: meta.owaspLlm,
    atlas: meta.atlas,
    fpRisk: meta.fpRisk,
    owner: ownerFor(meta, policy),
    // One of a lower severity is not blocked by the words of the rule's own.
    decision: severity === meta.severity ? meta.decision : DECISIONS[severity],
    artifact: artifact.path,
    location: fact.at,
    evidence: evidenceOf(match),
    why: meta.why,
    fix: meta.fixHint,
    retest: retestFor(meta, policy, retest),
    fingerprint: id,
    covers: coverageOf(fact).of,
    action: accepted === null ? action : 'note',
    accepted,
    ...(reach === undefined ? {} : { reach }),
    ...(accepted === null && isStricter(actionFor(meta, severity, policy), action) ? { loweredByReach: true } : {}),
    ...(inSource.comments.length === 0 ? {} : { comments: inSource.comments }),
    ...(match.insertion === undefined ? {} : { insertion: match.insertion }),
    ...(match.flow === undefined || match.flow.length === 0
      ? {}
      : {
          flow: match.flow.map(({ at, text, code }) => ({ at, text: escapeText(text), code: escapeText(code) })),
        }),
    baseline: null,
    safety: safety(match.level),
  };
}

/**
 * The findings of one artifact, in the order of its hits; equal ones get distinct fingerprints. `policyPaths`: the names that
 * the globs of the policy are matched against.
 */
export function buildFindings(
  hits: readonly RuleHit[],
  artifact: Subject,
  policy: Policy,
  today: string,
  retest: RetestWords,
  policyPaths: () => PolicyPaths = () => [artifact.path],
): Finding[] {
  const seen = new Map<string, number>();
  return hits.filter(isFinding).map((hit) => {
    const first = buildFinding(hit, artifact, policy, today, retest, policyPaths);
    const occurrence = (seen.get(first.fingerprint) ?? 0) + 1;
    seen.set(first.fingerprint, occurrence);
    return occurrence === 1 ? first : buildFinding(hit, artifact, policy, today, retest, policyPaths, occurrence);
  });
}
