import { escapeText } from '../model/escape.js';
import type { Policy } from '../model/policy.js';
import type { Acceptance, CommentReport } from '../model/report.js';
import type { SourceComment } from '../model/source-fact.js';
import type { RuleHit } from '../rules/apply.js';
import { matchesAny } from './glob.js';
import { relativePath, type PolicyPaths } from './maximum.js';

/**
 * Comments such as `# sentinel: ignore[TORCH-LOAD-UNTRUSTED] why` on a line of the finding. The author of the source wrote
 * them: they are notes for the reader of the report. One accepts its finding only where the policy of the user says that
 * comments of this file do (`source_comments`), and it names the rule and gives a reason. Comments for other tools never
 * count.
 */

type Ours = SourceComment & { readonly tool: 'sentinel' };

/** Comments of one finding that are shown (CWE-770): nested calls have the lines of all. */
const SHOWN_COMMENTS = 20;

/** The artifact of the finding, and the policy that holds for it. */
export interface CommentScope {
  readonly artifact: string;
  readonly policy: Policy;
  /** The names that the artifact goes by: asked for only where a comment may count. */
  readonly policyPaths: () => PolicyPaths;
}

function ours({ fact }: RuleHit): readonly Ours[] {
  return fact.kind === 'source.call' || fact.kind === 'source.flow'
    ? fact.comments.filter((comment) => comment.tool === 'sentinel')
    : [];
}

/** A sign alone is no reason. */
const isReason = (reason: string): boolean => /[\p{L}\p{N}]{2}/u.test(reason);

function whyNotByItself({ rules, reason }: Ours, id: string): string | null {
  if (rules.length === 0) return `it names no rule (ignore[${id}])`;
  if (!rules.includes(id)) return `it does not name ${id}`;
  return isReason(reason) ? null : 'it gives no reason behind the brackets';
}

/** True where the finding stands for further lines, which the comment says nothing about. */
function standsForMore({ fact }: RuleHit): boolean {
  if (fact.kind === 'source.call') return fact.count > 1;
  return fact.kind === 'source.flow' && (fact.more > 0 || (fact.what === 'setting' && fact.steps.length > 1));
}

/** Why no comment on the finding counts, or null. A link counts under each of its names: all of them have to be named. */
function whyNotHere(hit: RuleHit, { artifact, policy, policyPaths }: CommentScope): string | null {
  const globs = policy.sourceComments;
  if (globs.length === 0) return 'no policy of yours lets comments accept findings (source_comments)';
  if (hit.fact.at.path !== artifact) return 'it is inside of an archive';
  const isNamed = (path: string | null): boolean =>
    path !== null && matchesAny(globs, relativePath(policy.folder, path), path);
  if (!policyPaths().every(isNamed)) return 'source_comments does not name this file';
  return standsForMore(hit) ? 'the finding stands for further lines' : null;
}

interface Judged {
  readonly comment: Ours;
  readonly why: string | null;
}

function judged(hit: RuleHit, scope: CommentScope): Judged[] {
  const comments = ours(hit);
  if (comments.length === 0) return [];
  const here = whyNotHere(hit, scope);
  return comments.map((comment) => ({ comment, why: whyNotByItself(comment, hit.rule.meta.id) ?? here }));
}

/** What the comments on the lines of a finding come to. */
export interface InSource {
  readonly accepted: Acceptance | null;
  /** For the report, whether or not they count; those that do come first. */
  readonly comments: readonly CommentReport[];
}

export function readInSource(hit: RuleHit, scope: CommentScope): InSource {
  const all = judged(hit, scope);
  const counts = all.find(({ why }) => why === null)?.comment;
  const sorted = [...all.filter(({ why }) => why === null), ...all.filter(({ why }) => why !== null)];
  const comments = sorted
    .slice(0, SHOWN_COMMENTS)
    .map(({ comment: { line, text }, why }) => ({ line, text: escapeText(text), counts: why === null, why }));
  const left = sorted.length - comments.length;
  if (left > 0)
    comments.push({ line: hit.fact.at.line ?? 0, text: '…', counts: false, why: `${left} more like these` });
  return {
    accepted:
      counts === undefined
        ? null
        : {
            owner: `a comment on line ${counts.line}`,
            why: escapeText(counts.reason),
            expires: null,
            inSource: true,
          },
    comments,
  };
}
