import type { FactKind } from '../model/fact.js';
import type { Rule } from '../model/rule.js';

/** Checks a rule's shape where it is written: metadata, the facts it reads, one pure check. */
export function defineRule<const K extends FactKind>(rule: Rule<K>): Rule<K> {
  return rule;
}
