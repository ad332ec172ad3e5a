import { UsageError } from '../model/errors.js';
import { CATEGORIES, type Rule } from '../model/rule.js';
import type { SourceFactKind } from '../model/source-fact.js';
import { didYouMean } from '../model/suggest.js';
import { RULES } from './index.js';

/** The rules behind categories and ids, in the order of the catalogue; all of them when nothing is selected. */
export function selectRules(selectors: readonly string[]): readonly Rule[] {
  if (selectors.length === 0) return RULES;
  const wanted = new Set<Rule>();
  for (const selector of selectors) {
    const word = selector.toUpperCase();
    const found = RULES.filter((rule) => rule.meta.id === word || rule.meta.category === word);
    if (found.length === 0) throw new UsageError(unknownSelector(selector, word));
    for (const rule of found) wanted.add(rule);
  }
  return RULES.filter((rule) => wanted.has(rule));
}

function unknownSelector(selector: string, word: string): string {
  if ((CATEGORIES as readonly string[]).includes(word)) return `this version has no rule in category ${word}`;
  const known = [...new Set(RULES.map((rule) => rule.meta.category)), ...RULES.map((rule) => rule.meta.id)];
  return `unknown rule or category "${selector}".${orList(didYouMean(selector, known))}`;
}

/** A suggestion is short, and the list of all rules is not: it is named instead. */
function orList(suggestion: string): string {
  return `${suggestion} All of them: sentinel rules`;
}

/** The facts about source code that they read; empty where none of them does. */
export function sourceFactsFor(rules: readonly Rule[]): readonly SourceFactKind[] {
  const kinds: readonly SourceFactKind[] = ['source.call', 'source.flow'];
  return kinds.filter((kind) => rules.some((rule) => rule.on.includes(kind)));
}

/** Whether one of them reads what files say of a model repository. */
export function asksForRepositories(rules: readonly Rule[]): boolean {
  return rules.some(({ meta }) => meta.category === 'REPO');
}

export function findRule(id: string): Rule {
  const rule = RULES.find((known) => known.meta.id === id.toUpperCase());
  if (rule !== undefined) return rule;
  const known = RULES.map((item) => item.meta.id);
  throw new UsageError(`unknown rule "${id}".${orList(didYouMean(id, known))}`);
}
