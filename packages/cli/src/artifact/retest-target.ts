import { resolve, sep } from 'node:path';
import type { RetestTarget } from '@artifact-sentinel/core/internal';
import { typedName } from '@artifact-sentinel/core/node/internal';
import { isAddress } from '../sources/address.js';
import type { RunPolicy } from './policy-file.js';

/** The scanned path that led to an artifact. */
function rootOf(artifact: string, paths: readonly string[]): string | undefined {
  const file = resolve(artifact);
  return paths.find((path) => {
    const root = resolve(path);
    return file === root || file.startsWith(root.endsWith(sep) ? root : root + sep);
  });
}

/**
 * A retest of one artifact names the artifact, and the policy that was found for it. Policies of the scanned tree, which
 * tighten it, have to be found again: from the artifact alone, one above its folder would lie outside of what is scanned
 * and be trusted. So the command names the scanned path there.
 */
export function retestTarget(
  paths: readonly string[],
  policies: Pick<RunPolicy, 'policy' | 'foreignFor'>,
): (artifact: string) => RetestTarget {
  return (artifact) => {
    const { file } = policies.policy;
    // An address has no bytes that are no text.
    if (isAddress(artifact)) return { paths: [artifact], policy: file === null ? null : typedName(file) };
    return policies.foreignFor(artifact).length === 0
      ? { paths: [typedName(artifact)], policy: file === null ? null : typedName(file) }
      : { paths: [typedName(rootOf(artifact, paths) ?? artifact)], policy: null };
  };
}
