import type { Fact } from '../model/fact.js';
import type { Match, Rule, RuleContext } from '../model/rule.js';

/** One rule that found something in one fact. */
export interface RuleHit {
  readonly rule: Rule;
  readonly fact: Fact;
  readonly match: Match;
}

/** Every match of every rule, facts in the order in which they were found. */
export function applyRules(facts: readonly Fact[], rules: readonly Rule[], context: RuleContext): RuleHit[] {
  const hits: RuleHit[] = [];
  for (const fact of facts) {
    for (const rule of rules) {
      if (!rule.on.includes(fact.kind)) continue;
      const match = rule.check(fact, context);
      if (match !== undefined) hits.push({ rule, fact, match });
    }
  }
  return hits;
}
