import { findRule, renderRulePage, renderRuleText } from '@sentinel/core';

/** The page of a rule. */
export function explainRule(id: string, format: 'text' | 'markdown', color: boolean): string {
  const { meta } = findRule(id);
  return format === 'markdown' ? renderRulePage(meta) : renderRuleText(meta, color);
}
