import { MAX_REPOSITORY_FACTS } from '../../model/limits.js';
import type { ShardProblem } from '../../model/repository.js';
import { isMap, valuesOf, type Tree } from './tree.js';

/*
 * NAME.safetensors.index.json, as transformers, diffusers, accelerate and vLLM read it:
 *   {"metadata": {"total_size": N}, "weight_map": {"model.layers.0.weight": "model-00001-of-00002.safetensors", …}}
 * Loaders join the folder of the index and each name, and open the result.
 */

export interface ShardNames {
  /** Names that are paths below the folder, in their order. */
  readonly names: readonly string[];
  readonly problems: readonly {
    readonly problem: ShardProblem;
    readonly shard: string;
    readonly at: number;
    count: number;
  }[];
  /** The index has a weight map. */
  readonly isIndex: boolean;
  /** There are more than are listed. */
  readonly isCut: boolean;
}

export function shardsOf(root: Tree, isSafetensors: boolean): ShardNames {
  const names = new Set<string>();
  const problems = new Map<string, { problem: ShardProblem; shard: string; at: number; count: number }>();
  let isCut = false;
  const maps = isMap(root) ? valuesOf(root, 'weight_map') : [];
  for (const { value } of maps) {
    if (!isMap(value)) continue;
    for (const entry of value.entries) {
      const isText = typeof entry.value === 'string';
      const shard = typeof entry.value === 'string' ? entry.value : wordFor(entry.value);
      if (isText && names.has(shard)) continue;
      const problem = isText ? problemOf(shard, isSafetensors) : 'not-text';
      if (problem === null) {
        if (names.size < MAX_REPOSITORY_FACTS) names.add(shard);
        else isCut = true;
        continue;
      }
      const key = `${problem} ${shard}`;
      const known = problems.get(key);
      if (known !== undefined) known.count += 1;
      else if (problems.size < MAX_REPOSITORY_FACTS) problems.set(key, { problem, shard, at: entry.at, count: 1 });
      else isCut = true;
      if (problem === 'pickle-shard' && names.size < MAX_REPOSITORY_FACTS) names.add(shard);
    }
  }
  return { names: [...names], problems: [...problems.values()], isIndex: maps.length > 0, isCut };
}

/** How a name leaves the folder of the index, or is none. */
function problemOf(name: string, isSafetensors: boolean): ShardProblem | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is searched for
  if (name === '' || /[\x00-\x1f\x7f]/.test(name)) return 'control-character';
  if (/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(name)) return 'address';
  if (name.startsWith('/') || name.startsWith('\\\\') || name.startsWith('~')) return 'absolute';
  if (/^[A-Za-z]:/.test(name)) return 'drive-letter';
  if (name.split('/').includes('..')) return 'parent-directory';
  if (name.startsWith('\\') || name.split(/[\\/]/).includes('..')) return 'backslash';
  if (isSafetensors && !/\.safetensors$/i.test(name)) return 'pickle-shard';
  return null;
}

function wordFor(value: Tree): string {
  if (isMap(value)) return 'a map';
  return typeof value === 'object' && value !== null ? 'a list' : String(value);
}
