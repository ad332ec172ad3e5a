import { isOutdated } from '../model/fingerprint.js';
import type { AcceptEntry, AllowEntry, PathThreshold, Policy, PolicyPart } from '../model/policy.js';
import { REACHES, type Reach } from '../model/reach.js';
import { CATEGORIES } from '../model/rule.js';
import { safety, SEVERITIES, type Action, type Safety, type Severity } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { actionFor, type Scope } from './action.js';
import { isExpired, shadowOf } from './allow.js';
import { DEFAULT_POLICY } from './defaults.js';

/** A value in effect, and its origin: `file:line`, an option, or null for a built-in value. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly origin: string | null;
}

/** What holds for a rule, for a category, or for everything else. */
export interface EffectiveScope {
  readonly scope: string;
  readonly failOn: Sourced<readonly Severity[]>;
  readonly ticketOn: Sourced<readonly Severity[]>;
  /** The most that findings of a reach ask for; empty where the policy says nothing of reach. */
  readonly reach: readonly (Sourced<Action> & { readonly reach: Reach })[];
  /** Null: each rule has its own. */
  readonly owner: Sourced<string | null>;
  readonly retest: Sourced<string | null>;
  /** What comes of it all, by severity. */
  readonly fails: readonly Severity[];
  readonly tickets: readonly Severity[];
}

export interface EffectiveAllow extends AllowEntry {
  readonly state: 'counts' | 'expired' | 'shadowed';
  readonly detail: string | null;
}
export interface EffectiveAccept extends AcceptEntry {
  readonly state: 'counts' | 'expired' | 'outdated';
}

export interface EffectivePolicy {
  readonly maxAcceptableSeverity: Sourced<Safety>;
  readonly paths: readonly (Omit<PathThreshold, 'maxAcceptableSeverity'> & {
    readonly maxAcceptableSeverity: Safety;
  })[];
  readonly everything: EffectiveScope;
  readonly categories: readonly EffectiveScope[];
  /** Rules of which the policy says something of their own. */
  readonly rules: readonly EffectiveScope[];
  readonly allow: readonly EffectiveAllow[];
  readonly accept: readonly EffectiveAccept[];
  /** Globs of the files whose comments accept findings. */
  readonly sourceComments: Sourced<readonly string[]>;
  /** What is valid and may not be intended. */
  readonly warnings: readonly string[];
}

type Key = 'failOn' | 'ticketOn' | 'owner' | 'retest';
const WRITTEN: Readonly<Record<Key, string>> = {
  failOn: 'fail_on',
  ticketOn: 'ticket_on',
  owner: 'owner',
  retest: 'retest',
};

/** The parts of a policy by the name that `origins` knows them by, the most specific first. */
function namedParts(policy: Policy, { id, category }: Scope): readonly (readonly [string, PolicyPart | undefined])[] {
  return [
    [`${id}.`, Object.hasOwn(policy.rules, id) ? policy.rules[id] : undefined],
    [`${category ?? ''}.`, category === null ? undefined : policy.categories[category]],
    ['', policy.defaults],
  ];
}

function sourced<K extends Key>(policy: Policy, scope: Scope, key: K): Sourced<PolicyPart[K] | undefined> {
  for (const [name, part] of namedParts(policy, scope)) {
    const value = part?.[key];
    if (value !== undefined) return { value, origin: policy.origins[name + WRITTEN[key]] ?? null };
  }
  return { value: DEFAULT_POLICY.defaults[key], origin: null };
}

function limitsOf(policy: Policy, scope: Scope): EffectiveScope['reach'] {
  return REACHES.flatMap((reach) => {
    for (const [name, part] of namedParts(policy, scope)) {
      const value = part?.reach?.[reach];
      if (value !== undefined) return [{ reach, value, origin: policy.origins[`${name}reach`] ?? null }];
    }
    return [];
  });
}

function effectiveScope(policy: Policy, scope: Scope, name: string): EffectiveScope {
  const failOn = sourced(policy, scope, 'failOn');
  const ticketOn = sourced(policy, scope, 'ticketOn');
  const owner = sourced(policy, scope, 'owner');
  const retest = sourced(policy, scope, 'retest');
  const byAction = (wanted: string): Severity[] =>
    SEVERITIES.filter((severity) => actionFor(scope, severity, policy) === wanted);
  return {
    scope: name,
    failOn: { ...failOn, value: failOn.value ?? [] },
    ticketOn: { ...ticketOn, value: ticketOn.value ?? [] },
    reach: limitsOf(policy, scope),
    owner: { ...owner, value: owner.value ?? null },
    retest: { ...retest, value: retest.value ?? null },
    fails: byAction('fail'),
    tickets: byAction('ticket'),
  };
}

function warningsOf(policy: Policy): string[] {
  const scopes: [string, PolicyPart][] = [
    ['', policy.defaults],
    ...Object.entries(policy.categories).map(([name, part]): [string, PolicyPart] => [`${name}.`, part]),
    ...Object.entries(policy.rules).map(([name, part]): [string, PolicyPart] => [`${name}.`, part]),
  ];
  return scopes.flatMap(([name, { failOn, ticketOn }]) => {
    const both = (ticketOn ?? []).filter((severity) => failOn?.includes(severity) === true);
    const origin = policy.origins[`${name}ticket_on`] ?? policy.file ?? 'the policy';
    return both.length === 0
      ? []
      : [`${origin}: ticket_on names ${both.join(', ')}, which fail_on beside it fails already`];
  });
}

function effectiveAllow(policy: Policy, today: string): EffectiveAllow[] {
  return policy.allow.map((item) => {
    if (isExpired(item.expires, today))
      return { ...item, state: 'expired', detail: `its last day was ${item.expires ?? ''}` };
    const detail = shadowOf(item, policy, today);
    return { ...item, state: detail === null ? 'counts' : 'shadowed', detail };
  });
}

function acceptState({ fingerprint, expires }: AcceptEntry, today: string): EffectiveAccept['state'] {
  if (isOutdated(fingerprint)) return 'outdated';
  return isExpired(expires, today) ? 'expired' : 'counts';
}

/** A policy as it is in effect on a day, each value with its origin. */
export function effectivePolicy(policy: Policy, today: string): EffectivePolicy {
  const known = new Set(RULES.map((rule) => rule.meta.category));
  const spokenOf = (id: string): boolean =>
    Object.hasOwn(policy.rules, id) || policy.tightenedBy.some((found) => Object.hasOwn(found.rules, id));
  return {
    maxAcceptableSeverity: {
      value: safety(policy.maxAcceptableSeverity),
      origin: policy.origins['max_acceptable_severity'] ?? null,
    },
    paths: policy.paths.map((item) => ({ ...item, maxAcceptableSeverity: safety(item.maxAcceptableSeverity) })),
    everything: effectiveScope(policy, { id: '', category: null }, 'everything'),
    categories: CATEGORIES.filter((name) => known.has(name) || policy.categories[name] !== undefined).map((category) =>
      effectiveScope(policy, { id: '', category }, category),
    ),
    rules: RULES.filter((rule) => spokenOf(rule.meta.id)).map(({ meta }) => effectiveScope(policy, meta, meta.id)),
    allow: effectiveAllow(policy, today),
    accept: policy.accept.map((item) => ({ ...item, state: acceptState(item, today) })),
    sourceComments: { value: policy.sourceComments, origin: policy.origins['source_comments'] ?? null },
    warnings: warningsOf(policy),
  };
}
