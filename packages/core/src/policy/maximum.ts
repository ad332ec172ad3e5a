import type { PathThreshold, Policy } from '../model/policy.js';
import type { SafetyLevel } from '../model/severity.js';
import { matchesAny } from './glob.js';

/** Names that an artifact goes by, absolute with forward slashes; null for one that could not be found out. */
export type PolicyPaths = readonly (string | null)[];

export interface Maximum {
  readonly level: SafetyLevel;
  /** File and line of the key; null for the built-in one. */
  readonly origin: string | null;
}

interface Scope {
  readonly folder: string | null;
  readonly paths: readonly PathThreshold[];
}

/** An address of a remote source, as reports name it: it lies in no folder. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]+:\/\/|hf-cache:)/i;

/** The path from a folder to an artifact, `../` included: what the globs of a policy in that folder are compared with. */
export function relativePath(folder: string | null, path: string): string {
  if (ADDRESS.test(path)) return path;
  if (folder === null) return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const from = folder.split('/');
  const to = path.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

function stricter(a: Maximum | null, b: Maximum): Maximum {
  return a === null || b.level < a.level ? b : a;
}

/** The strictest of the entries that name the artifact there, or the maximum of the rest. */
function atPath({ folder, paths }: Scope, path: string | null, rest: Maximum | null): Maximum | null {
  if (path === null || paths.length === 0) return rest;
  const relative = relativePath(folder, path);
  let found: Maximum | null = null;
  for (const item of paths) {
    if (matchesAny(item.match, relative, path))
      found = stricter(found, { level: item.maxAcceptableSeverity, origin: item.origin });
  }
  return found ?? rest;
}

function overPaths(scope: Scope, artifactPaths: PolicyPaths, rest: Maximum | null): Maximum | null {
  let found: Maximum | null = null;
  for (const path of artifactPaths) {
    const here = atPath(scope, path, rest);
    if (here !== null) found = stricter(found, here);
  }
  return found;
}

/**
 * The highest level that an artifact may have. A link counts under each of its names and the strictest holds: a
 * planted link does not choose the level. A policy that came with the files lowers the level only.
 */
export function maximumFor(policy: Policy, artifactPaths: PolicyPaths): Maximum {
  const overall: Maximum = {
    level: policy.maxAcceptableSeverity,
    origin: policy.origins['max_acceptable_severity'] ?? null,
  };
  let maximum = overPaths(policy, artifactPaths, overall) ?? overall;
  for (const found of policy.tightenedBy) {
    const own = found.maxAcceptableSeverity;
    const its = overPaths(found, artifactPaths, own === null ? null : { level: own, origin: found.file });
    if (its !== null) maximum = stricter(maximum, its);
  }
  return maximum;
}
