import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { RunReport } from '@sentinel/core';
import { POLICY_NAME } from './policy-place.js';

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A policy between the scanned folder and the artifact lies outside of the artifact's folder, and would be trusted. */
function isPolicyBetween(file: string, folder: string): boolean {
  for (let place = dirname(file); place.length >= folder.length; place = dirname(place)) {
    if (existsSync(resolve(place, POLICY_NAME))) return true;
    if (place === dirname(place)) break;
  }
  return false;
}

/**
 * The path that a retest of one artifact names: the artifact, unless another policy than that of this run could be
 * found from there. Then it is the scanned path that led to it.
 */
export function retestPaths(run: RunReport): (artifact: string) => readonly string[] {
  return (artifact) => {
    // Asked for each artifact: the scan may have come upon another policy meanwhile.
    const tightened = run.policyFiles.some((file) => !file.trusted);
    if (run.policyFiles.length > 0 && !tightened) return [artifact];
    const file = resolve(artifact);
    const root = run.paths.find((path) => relative(resolve(path), file) === '' || isBelow(file, resolve(path)));
    if (root === undefined || resolve(root) === file) return [artifact];
    return [tightened || isPolicyBetween(file, resolve(root)) ? root : artifact];
  };
}
