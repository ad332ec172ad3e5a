import { RULES } from '@artifact-sentinel/core';
import { findRule, renderRulePage, renderRuleText } from '@artifact-sentinel/core/internal';

/** The page of a rule. */
export function explainRule(id: string, format: 'text' | 'markdown', color: boolean): string {
  const { meta } = findRule(id);
  const rules = RULES.map((rule) => rule.meta);
  return format === 'markdown' ? renderRulePage(meta, rules) : renderRuleText(meta, color, rules);
}
