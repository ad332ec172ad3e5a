import type { ScanInput } from '@artifact-sentinel/core/internal';
import { aBoolean, checkedOptions, type OptionChecks } from '@artifact-sentinel/core/internal';
import { findFiles } from './find-files.js';
import { openInput } from './inputs/open.js';
import { sourceNeighbours } from './source-neighbours.js';

export interface WalkOptions {
  /** Enters links that lead out of what was named. They are problems by default. */
  readonly followLinks?: boolean;
}

export const WALK_CHECKS: OptionChecks<WalkOptions> = { followLinks: aBoolean };

/**
 * The files below `paths`, in a stable order, opened one at a time. What cannot be opened, what is no file, and what a link
 * leads out to comes as a problem, so that it gets its line in the report; no folder is entered twice. Each file knows the
 * files around it, for names that sources give each other.
 */
export function walk(paths: string | readonly string[], options: WalkOptions = {}): AsyncGenerator<ScanInput> {
  return opened(checkedPaths('walk', paths), checkedOptions('walk', options, WALK_CHECKS));
}

async function* opened(paths: readonly string[], options: WalkOptions): AsyncGenerator<ScanInput> {
  const neighbours = sourceNeighbours(paths);
  for await (const found of findFiles(paths, options)) yield Object.assign(await openInput(found), { neighbours });
}

/** One path, or a list of some. A text is never iterated: its characters would be paths, such as `/`. */
export function checkedPaths(where: string, paths: unknown): readonly string[] {
  const list = typeof paths === 'string' ? [paths] : paths;
  if (Array.isArray(list) && list.length > 0 && list.every((path) => typeof path === 'string' && path !== ''))
    return list as readonly string[];
  throw new TypeError(
    `${where}: paths have to be a path or a list of at least one, each of them a text that is not empty`,
  );
}
