import type { Policy } from '../model/policy.js';
import { CATEGORIES, type Category } from '../model/rule.js';
import { safety, SEVERITIES } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { actionFor, isStricter, type Scope } from './action.js';
import { loosestOf, tighten } from './tighten.js';

/** What one key of a policy in the scanned tree comes to. */
export interface KeyUse {
  readonly key: string;
  readonly origin: string;
  readonly used: boolean;
  /** What it makes stricter, or why it has no say. */
  readonly detail: string;
}

const OUTSIDE = 'only a policy outside of what is scanned, or named with --policy, may say that';

function scopesOf(name: string): Scope[] {
  const rules = RULES.map((rule) => rule.meta);
  if (name === '') return [{ id: '', category: null }, ...rules];
  if ((CATEGORIES as readonly string[]).includes(name)) {
    return [{ id: '', category: name as Category }, ...rules.filter((meta) => meta.category === name)];
  }
  return rules.filter((meta) => meta.id === name);
}

/** Severities that fail or are ticketed with it and were not before. */
function gains(base: Policy, tightened: Policy, name: string): string {
  const gained = SEVERITIES.flatMap((severity) => {
    for (const scope of scopesOf(name)) {
      const now = actionFor(scope, severity, tightened);
      if (isStricter(now, actionFor(scope, severity, base)))
        return [`${severity} ${now === 'fail' ? 'fails' : 'needs a ticket'}`];
    }
    return [];
  });
  return gained.join(', ');
}

function ofLevel(level: number, loosest: number, name: string): Pick<KeyUse, 'used' | 'detail'> {
  if (level < loosest) return { used: true, detail: `no artifact here may be above ${name}` };
  return { used: false, detail: level === loosest ? 'it holds already' : 'it is looser than what holds' };
}

/** Key by key, what a policy that lies in the scanned tree adds to `base`. */
export function explainTightening(base: Policy, found: Policy): KeyUse[] {
  const { policy } = tighten(base, found);
  const loosest = loosestOf(base);
  const keys = Object.entries(found.origins).map(([key, origin]): KeyUse => {
    const dot = key.lastIndexOf('.');
    const name = key.slice(0, Math.max(0, dot));
    const last = key.slice(dot + 1);
    if (last === 'max_acceptable_severity') {
      const level = found.maxAcceptableSeverity;
      return { key, origin, ...ofLevel(level, loosest, safety(level).name) };
    }
    if (last === 'owner' || last === 'retest' || last === 'reach' || last === 'source_comments')
      return { key, origin, used: false, detail: OUTSIDE };
    const gained = gains(base, policy, name);
    const used = gained !== '';
    return { key, origin, used, detail: used ? gained : 'it asks for no more than what holds' };
  });
  return [
    ...keys,
    ...found.paths.map(({ match, origin, maxAcceptableSeverity: level }) => ({
      key: `paths ${match.join(' ')}`,
      origin,
      ...ofLevel(level, loosest, safety(level).name),
    })),
    ...found.allow.map(({ entry, origin }) => ({ key: `allow ${entry}`, origin, used: false, detail: OUTSIDE })),
    ...found.accept.map(({ fingerprint, origin }) => ({
      key: `accept ${fingerprint}`,
      origin,
      used: false,
      detail: OUTSIDE,
    })),
  ];
}
