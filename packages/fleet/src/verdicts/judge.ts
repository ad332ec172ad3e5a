import { createHash } from 'node:crypto';
import type { Finding, Report } from '@artifact-sentinel/core';
import { judge, type Collected } from '@artifact-sentinel/core/internal';
import { nodePlatform } from '@artifact-sentinel/core/node/internal';
import { storableText } from '../database/storable.js';
import { MAX_GAPS, MAX_SHORT_FINDINGS } from '../limits.js';
import type { ShortFinding, VerdictWord } from '../model/shapes.js';
import type { PolicyInForce } from './policy.js';

/** What the rules and the policy say. */
export interface Judged {
  readonly verdict: VerdictWord;
  /** 0 to 5. */
  readonly level: number;
  readonly findings: readonly ShortFinding[];
  /** Why it is incomplete, the first reason; null where it is not. */
  readonly reason: string | null;
  /** What could not be analysed, in the words of the report without the name of the file. */
  readonly gaps: readonly string[];
}

/** The report of files in their order, as the command line makes it of the same facts. */
export function reportOf(files: AsyncIterable<Collected>, { policy, today }: PolicyInForce): Promise<Report> {
  return judge(turns(files), { command: 'fleet', policy, today, platform: nodePlatform });
}

async function* turns(files: AsyncIterable<Collected>) {
  for await (const found of files) yield { path: found.path, collected: () => Promise.resolve(found) };
}

/** The verdict of one file by itself. */
export async function judgeOne(found: Collected, policy: PolicyInForce): Promise<Judged> {
  return judgedBy(await reportOfOne(found, policy), found.path);
}

export function reportOfOne(found: Collected, policy: PolicyInForce): Promise<Report> {
  return reportOf(only(found), policy);
}

async function* only(found: Collected) {
  yield found;
}

/** `root`: how the paths begin, which differs between names of the same bytes. */
export function judgedBy(report: Report, root = ''): Judged {
  const level = report.artifacts.reduce((most, { safety }) => Math.max(most, safety?.level ?? 0), 0);
  const [first] = report.incomplete;
  return {
    verdict: report.verdict,
    level,
    findings: report.findings.slice(0, MAX_SHORT_FINDINGS).map(shortFinding),
    reason:
      report.verdict === 'incomplete' && first !== undefined ? storableText(`${first.path}: ${first.reason}`) : null,
    gaps: gapsOf(report, root),
  };
}

function gapsOf({ incomplete }: Report, root: string): readonly string[] {
  const all = new Set(
    incomplete.map(({ path, reason }) => {
      const inner = path.startsWith(root) ? path.slice(root.length) : path;
      return storableText(inner === '' ? reason : `${inner}: ${reason}`);
    }),
  );
  const sorted = [...all].toSorted();
  if (sorted.length <= MAX_GAPS) return sorted;
  const rest = createHash('sha256')
    .update(JSON.stringify(sorted.slice(MAX_GAPS)))
    .digest('hex');
  return [...sorted.slice(0, MAX_GAPS), `and ${sorted.length - MAX_GAPS} more (${rest})`];
}

function shortFinding({ ruleId, severity, action, owner, fingerprint, title, accepted }: Finding): ShortFinding {
  const waived = accepted === null ? null : { owner: accepted.owner ?? owner, expires: accepted.expires ?? '' };
  return { rule: ruleId, severity, action, owner, fingerprint, title, waived };
}

const WORSE: Readonly<Record<VerdictWord, number>> = { pass: 0, incomplete: 1, fail: 2 };

export function worst(verdicts: readonly VerdictWord[]): VerdictWord {
  return verdicts.reduce<VerdictWord>((so, next) => (WORSE[next] > WORSE[so] ? next : so), 'pass');
}
