import { escapeText } from '../model/escape.js';
import type { Acceptance } from '../model/report.js';
import type { SourceComment } from '../model/source-fact.js';
import type { RuleHit } from '../rules/apply.js';

/**
 * Comments such as `# sentinel: ignore[TORCH-LOAD-UNTRUSTED] why` on a line of the finding. One counts where it names the
 * rule and gives a reason; the finding stays in every report, as accepted. Comments for other tools never count.
 */

type Ours = SourceComment & { readonly tool: 'sentinel' };

function ours({ fact }: RuleHit): readonly Ours[] {
  return fact.kind === 'source.call' || fact.kind === 'source.flow'
    ? fact.comments.filter((comment) => comment.tool === 'sentinel')
    : [];
}

/** A sign alone is no reason. */
const isReason = (reason: string): boolean => /[\p{L}\p{N}]{2}/u.test(reason);

export function acceptedInSource(hit: RuleHit): Acceptance | null {
  const comment = ours(hit).find(({ rules, reason }) => rules.includes(hit.rule.meta.id) && isReason(reason));
  if (comment === undefined) return null;
  return {
    owner: `a comment on line ${comment.line}`,
    why: escapeText(comment.reason),
    expires: null,
    inSource: true,
  };
}

function whyItDoesNotCount({ rules, reason }: Ours, id: string): string | null {
  if (rules.length === 0) return `it names no rule (ignore[${id}])`;
  if (!rules.includes(id)) return null;
  return isReason(reason) ? null : 'it gives no reason behind the brackets';
}

/** Comments of ours that accept nothing, each once for its finding. */
export function suppressionNotes(hits: readonly RuleHit[]): string[] {
  return hits.flatMap((hit) =>
    ours(hit).flatMap((comment) => {
      const why = whyItDoesNotCount(comment, hit.rule.meta.id);
      const { path, cell } = hit.fact.at;
      const where = `${path}${cell === undefined ? '' : ` cell ${cell}`}:${comment.line}`;
      return why === null ? [] : [`${where}: the comment "${escapeText(comment.text)}" does not count: ${why}.`];
    }),
  );
}
