import { findRule, renderRulePage, renderRuleText, RULES } from '@sentinel/core';

/** The page of a rule. */
export function explainRule(id: string, format: 'text' | 'markdown', color: boolean): string {
  const { meta } = findRule(id);
  const rules = RULES.map((rule) => rule.meta);
  return format === 'markdown' ? renderRulePage(meta, rules) : renderRuleText(meta, color, rules);
}
