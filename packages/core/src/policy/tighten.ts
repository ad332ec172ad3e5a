import type { Policy, PolicyPart } from '../model/policy.js';
import type { Severity } from '../model/severity.js';
import { DEFAULT_POLICY } from './defaults.js';

type Parts = Readonly<Record<string, PolicyPart>>;

function union(a: readonly Severity[] = [], b: readonly Severity[] = []): Severity[] {
  return [...new Set([...a, ...b])];
}

/** What the base fails on and tickets in the narrowest scope that says so. */
function effective(scopes: readonly (PolicyPart | undefined)[]): PolicyPart {
  const all = [...scopes, DEFAULT_POLICY.defaults];
  const failOn = all.find((part) => part?.failOn !== undefined)?.failOn ?? [];
  const ticketOn = all.find((part) => part?.ticketOn !== undefined)?.ticketOn ?? [];
  return { failOn, ticketOn };
}

/** `found` may add severities to what fails or is ticketed; a severity that fails already cannot become a ticket. */
function tightenPart(
  base: PolicyPart | undefined,
  found: PolicyPart,
  scopes: readonly (PolicyPart | undefined)[],
): PolicyPart {
  const now = effective([base, ...scopes]);
  return {
    ...base,
    ...(found.failOn === undefined && found.ticketOn === undefined
      ? {}
      : { failOn: union(now.failOn, found.failOn), ticketOn: union(now.ticketOn, found.ticketOn) }),
  };
}

function drops(base: Policy, found: Policy): string[] {
  const parts = [found.defaults, ...Object.values(found.categories), ...Object.values(found.rules)];
  const failing = effective([base.defaults]).failOn ?? [];
  return [
    ...(found.allow.length > 0 ? ['allow'] : []),
    ...(found.accept.length > 0 ? ['accept'] : []),
    ...(found.maxAcceptableSeverity > base.maxAcceptableSeverity ? ['max_acceptable_severity'] : []),
    ...(parts.some((part) => part.failOn !== undefined && !failing.every((severity) => part.failOn?.includes(severity)))
      ? ['fail_on, where it leaves severities out']
      : []),
    ...(parts.some((part) => part.ticketOn?.some((severity) => failing.includes(severity)))
      ? ['ticket_on, for severities that fail']
      : []),
    // People paste a retest command into a shell.
    ...(parts.some((part) => part.retest !== undefined) ? ['retest'] : []),
    ...(parts.some((part) => part.owner !== undefined) ? ['owner'] : []),
  ];
}

/**
 * `found` lies in the scanned tree and came with it, perhaps from an attacker: what it says may tighten `base` and
 * never loosen it. `ignored` names the keys that were left out.
 */
export function tighten(base: Policy, found: Policy): { readonly policy: Policy; readonly ignored: readonly string[] } {
  const categories: Record<string, PolicyPart> = { ...(base.categories as Parts) };
  for (const [name, part] of Object.entries(found.categories as Parts)) {
    categories[name] = tightenPart(categories[name], part, [base.defaults]);
  }
  const rules: Record<string, PolicyPart> = { ...base.rules };
  for (const [id, part] of Object.entries(found.rules)) {
    const category = categories[id.slice(0, id.indexOf('-'))];
    rules[id] = tightenPart(rules[id], part, [category, base.defaults]);
  }
  const defaults = tightenPart(base.defaults, found.defaults, []);
  return {
    policy: { ...base, defaults, categories: raise(categories, found.defaults), rules: raise(rules, found.defaults) },
    ignored: drops(base, found),
  };
}

/** What `found` says for everything holds in the narrower scopes of the base as well. */
function raise(parts: Parts, found: PolicyPart): Record<string, PolicyPart> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      {
        ...part,
        ...(part.failOn === undefined ? {} : { failOn: union(part.failOn, found.failOn) }),
        ...(part.ticketOn === undefined ? {} : { ticketOn: union(part.ticketOn, found.ticketOn) }),
      },
    ]),
  );
}
