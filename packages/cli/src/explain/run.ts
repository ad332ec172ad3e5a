import { RULES } from '@artifact-sentinel/core';
import { findRule, renderRulePage, renderRuleText, UsageError } from '@artifact-sentinel/core/internal';
import type { Shown } from './shown.js';

/** A fingerprint, or the beginning of one as lists of findings show it. */
const FINGERPRINT = /^v\d{1,3}-[0-9a-f]{4,64}$/;

/** The page of a rule, or a finding of a report in full. */
export async function explain(name: string, report: string | undefined, shown: Shown): Promise<string> {
  if (FINGERPRINT.test(name)) {
    const { explainFinding } = await import('./finding.js');
    return explainFinding(name, report, shown);
  }
  if (report !== undefined)
    throw new UsageError(`${name} is no fingerprint (v2- and at least 4 of its digits), and a rule needs no report`);
  return explainRule(name, shown);
}

function explainRule(id: string, { format, color, width }: Shown): string {
  const { meta } = findRule(id);
  const rules = RULES.map((rule) => rule.meta);
  return format === 'markdown' ? renderRulePage(meta, rules) : renderRuleText(meta, color, rules, width);
}
