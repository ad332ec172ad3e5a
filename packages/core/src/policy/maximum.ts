import type { PathThreshold, Policy } from '../model/policy.js';
import type { SafetyLevel } from '../model/severity.js';
import { matchesAny } from './glob.js';

/** Names that an artifact goes by, absolute with forward slashes; null for one that could not be found out. */
export type Places = readonly (string | null)[];

export interface Maximum {
  readonly level: SafetyLevel;
  /** Where it stands; null for the built-in one. */
  readonly origin: string | null;
}

interface Scope {
  readonly folder: string | null;
  readonly paths: readonly PathThreshold[];
}

/** The way from a folder to an artifact, `../` included: what the globs of a policy in that folder go by. */
export function wayFrom(folder: string | null, place: string): string {
  if (folder === null) return place.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const from = folder.split('/');
  const to = place.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

function stricter(a: Maximum | null, b: Maximum): Maximum {
  return a === null || b.level < a.level ? b : a;
}

/** The strictest of the entries that name the artifact there, or what holds for the rest. */
function atPlace({ folder, paths }: Scope, place: string | null, rest: Maximum | null): Maximum | null {
  if (place === null || paths.length === 0) return rest;
  const way = wayFrom(folder, place);
  let found: Maximum | null = null;
  for (const item of paths) {
    if (matchesAny(item.match, way, place))
      found = stricter(found, { level: item.maxAcceptableSeverity, origin: item.origin });
  }
  return found ?? rest;
}

function overPlaces(scope: Scope, places: Places, rest: Maximum | null): Maximum | null {
  let found: Maximum | null = null;
  for (const place of places) {
    const here = atPlace(scope, place, rest);
    if (here !== null) found = stricter(found, here);
  }
  return found;
}

/**
 * The highest level that an artifact may have. A link counts under each of its names and the strictest holds: whoever
 * can place one does not choose the level with it. A policy that came with the files lowers the level only.
 */
export function maximumFor(policy: Policy, places: Places): Maximum {
  const overall: Maximum = {
    level: policy.maxAcceptableSeverity,
    origin: policy.origins['max_acceptable_severity'] ?? null,
  };
  let maximum = overPlaces(policy, places, overall) ?? overall;
  for (const found of policy.tightenedBy) {
    const own = found.maxAcceptableSeverity;
    const its = overPlaces(found, places, own === null ? null : { level: own, origin: found.file });
    if (its !== null) maximum = stricter(maximum, its);
  }
  return maximum;
}
