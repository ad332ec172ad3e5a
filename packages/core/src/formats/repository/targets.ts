import { perObject } from '../../model/lazy.js';
import { MAX_REPOSITORY_FACTS } from '../../model/limits.js';
import { entriesIn, isList, isMap, keyPathOf, type Tree, type TreeMap } from './tree.js';

/*
 * What a configuration has imported and called.
 *   _target_: package.Class            Hydra's instantiate, and NeMo with it
 *   class_path: package.Class          Lightning's command line, jsonargparse
 *   target: package.Class, params: …   the configurations of latent diffusion, where `params` may be left out; NeMo's class
 *                                      of the model
 *   !!python/object/apply:os.system    tags that an unsafe loader of YAML follows, on values and on keys
 *   !apply:os.system                   tags of HyperPyYAML, with which SpeechBrain makes a model
 *   auto_mapping.parent_library        PEFT imports it (peft/auto.py, peft/mapping.py)
 */

export interface NamedTarget {
  readonly key: string;
  readonly target: string;
  readonly keyPath: string;
  readonly at: number;
  readonly isAlone?: true;
  count: number;
}

const PYTHON_TAG = /^(?:tag:yaml\.org,2002:|!!?)python\/(?:object\/apply|object\/new|object|name|module):(.+)$/;

const HYPER_TAG = /^(!(?:new|name|apply|applyref|module)):(.+)$/;

/** A dotted name with at least two parts. */
const DOTTED = /^[A-Za-z_][\w]*(?:\.[A-Za-z_][\w]*)+$/;

/** `isModel`: a configuration of a model, in which a plain `target` is a class too. */
export function targetsIn(root: Tree, isModel: boolean): readonly NamedTarget[] {
  const found = new Map<string, NamedTarget>();
  const add = (key: string, target: string, keyPath: string, at: number, isAlone = false): void => {
    const id = `${isAlone ? '' : key} ${target}`;
    const known = found.get(id);
    if (known !== undefined) known.count += 1;
    else if (found.size <= MAX_REPOSITORY_FACTS)
      found.set(id, { key, target, keyPath, at, count: 1, ...(isAlone ? { isAlone } : {}) });
  };
  const tagged = (value: Tree, keyPath: string, at: number): void => {
    for (const { tag } of mapsOf(value)) {
      if (tag === undefined) continue;
      const name = PYTHON_TAG.exec(tag)?.[1];
      const [, hyper, made] = HYPER_TAG.exec(tag) ?? [];
      if (name !== undefined) add('!!python', name, keyPath, at);
      else if (hyper !== undefined && made !== undefined) add(hyper, made, keyPath, at);
    }
  };
  tagged(root, '', 0);
  for (const visited of entriesIn(root)) {
    const { entry, map } = visited;
    const { key, value, at } = entry;
    const path = (): string => keyPathOf(visited);
    if (typeof value === 'object' && value !== null) tagged(value, path(), at);
    if (typeof value !== 'string') continue;
    if (key === '_target_') add(key, value, path(), at);
    else if (key === 'class_path' && (value.includes('.') || has(map, 'init_args'))) add(key, value, path(), at);
    else if (key === 'target' && DOTTED.test(value)) add(key, value, path(), at, !isModel && !has(map, 'params'));
    else if (key === 'parent_library' && visited.parent?.entry.key === 'auto_mapping') add(key, value, path(), at);
  }
  return [...found.values()];
}

/** The value, or the maps that its lists hold, in lists within each other as well; what lies in those maps is not looked at. */
function* mapsOf(value: Tree): Generator<TreeMap> {
  const waiting: Tree[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isMap(next)) yield next;
    else if (isList(next)) for (let i = next.items.length - 1; i >= 0; i -= 1) waiting.push(next.items[i] ?? null);
  }
}

/** Asked again and again of one map, which may have any number of keys. */
const keysOf = perObject((map: TreeMap): ReadonlySet<string> => new Set(map.entries.map(({ key }) => key)));

function has(map: TreeMap, key: string): boolean {
  return keysOf(map).has(key);
}
