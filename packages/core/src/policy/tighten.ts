import type { Policy, PolicyPart, Tightening } from '../model/policy.js';
import { CATEGORIES } from '../model/rule.js';
import { SEVERITIES, type SafetyLevel } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { actionFor, askedBy, isStricter } from './action.js';

/** Who owns a finding and which command people paste into a shell is not for it to say. */
function gateOf({ failOn, ticketOn }: PolicyPart): PolicyPart {
  return { ...(failOn === undefined ? {} : { failOn }), ...(ticketOn === undefined ? {} : { ticketOn }) };
}

function gatesOf<Key extends string>(parts: Readonly<Partial<Record<Key, PolicyPart>>>): Record<Key, PolicyPart> {
  const entries = Object.entries(parts) as [Key, PolicyPart][];
  return Object.fromEntries(entries.map(([key, part]) => [key, gateOf(part)])) as Record<Key, PolicyPart>;
}

/** What a policy that came with the files says, without what it has no say in. */
function tighteningOf(found: Policy): Tightening {
  const { file, folder, defaults, categories, rules, paths } = found;
  // `loadPolicy` writes a level down for every file; only a file that names one has an origin for it.
  const said = found.origins['max_acceptable_severity'] !== undefined;
  return {
    file,
    folder,
    defaults: gateOf(defaults),
    categories: gatesOf(categories),
    rules: gatesOf(rules),
    maxAcceptableSeverity: said ? found.maxAcceptableSeverity : null,
    paths,
  };
}

/** Rules, and for each category the rules that a later version may bring. */
const SCOPES = [...CATEGORIES.map((category) => ({ id: '', category })), ...RULES.map((rule) => rule.meta)];

/** True where the file asks, of what fails or is ticketed, for less than the base does. */
function asksForLess(base: Policy, found: Tightening, key: 'failOn' | 'ticketOn'): boolean {
  const parts = [found.defaults, ...Object.values(found.categories), ...Object.values(found.rules)];
  if (!parts.some((part) => part[key] !== undefined)) return false;
  const wanted = key === 'failOn' ? 'fail' : 'ticket';
  return SCOPES.some((scope) => {
    const speaks = [
      Object.hasOwn(found.rules, scope.id) ? found.rules[scope.id] : undefined,
      found.categories[scope.category],
      found.defaults,
    ].find((part) => part?.[key] !== undefined);
    if (speaks === undefined) return false;
    return SEVERITIES.some((severity) => {
      const now = actionFor(scope, severity, base);
      if (wanted === 'ticket' && speaks.ticketOn?.includes(severity) !== true) return false;
      return (wanted === 'ticket' || now === 'fail') && isStricter(now, askedBy(found, scope, severity));
    });
  });
}

/** The highest level that a policy lets pass anywhere. */
export function loosestOf({ maxAcceptableSeverity, paths }: Policy): SafetyLevel {
  return paths.reduce<SafetyLevel>(
    (top, item) => (item.maxAcceptableSeverity > top ? item.maxAcceptableSeverity : top),
    maxAcceptableSeverity,
  );
}

function drops(base: Policy, found: Policy, asked: Tightening): string[] {
  const parts: PolicyPart[] = [found.defaults, ...Object.values(found.categories), ...Object.values(found.rules)];
  const loosest = loosestOf(base);
  const level = asked.maxAcceptableSeverity;
  return [
    ...(found.allow.length > 0 ? ['allow'] : []),
    ...(found.accept.length > 0 ? ['accept'] : []),
    ...(found.sourceComments.length > 0 ? ['source_comments'] : []),
    ...(level !== null && level > base.maxAcceptableSeverity ? ['max_acceptable_severity'] : []),
    ...(found.paths.some((item) => item.maxAcceptableSeverity > loosest) ? ['paths, where they are looser'] : []),
    ...(asksForLess(base, asked, 'failOn') ? ['fail_on, where it leaves severities out'] : []),
    ...(asksForLess(base, asked, 'ticketOn') ? ['ticket_on, for severities that fail'] : []),
    ...(parts.some((part) => part.reach !== undefined) ? ['reach'] : []),
    ...(parts.some((part) => part.retest !== undefined) ? ['retest'] : []),
    ...(parts.some((part) => part.owner !== undefined) ? ['owner'] : []),
  ];
}

/**
 * `found` lies in the scanned tree and came with it, perhaps from an attacker: what it says may tighten `base` and
 * never loosen it. `ignored` names the keys that were left out.
 */
export function tighten(base: Policy, found: Policy): { readonly policy: Policy; readonly ignored: readonly string[] } {
  const asked = tighteningOf(found);
  return {
    policy: { ...base, tightenedBy: [...base.tightenedBy, asked] },
    ignored: drops(base, found, asked),
  };
}
