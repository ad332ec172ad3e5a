import { judgeDanger } from '../catalogue/danger.js';
import type { Hazard } from '../catalogue/hazard.js';
import { EFFECTS, HELPERS, NOT_ORDINARY, ORDINARY_MODULES } from '../catalogue/lookup.js';
import type { EffectKind } from './effect.js';

/** What names mean in a program, where that is not what they mean in a pickle (data/effects.txt). */
const OWN: ReadonlyMap<string, EffectKind> = new Map(
  EFFECTS.flatMap(({ kind, modules, names }) =>
    modules.split(' ').flatMap((module) => names.split(' ').map((name) => [`${module}.${name}`, kind] as const)),
  ),
);

/** Whether a name is one of these, or lies in one of them. */
export const startsWithAny = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path === start || path.startsWith(`${start}.`));

const KIND_OF: Readonly<Record<Hazard, EffectKind | null>> = {
  execution: 'execution',
  process: 'process',
  network: 'network',
  loader: 'loader',
  import: 'computed-import',
  file: null,
  introspection: null,
  state: null,
};

/** What calling a name does, by the catalogue of pickles as far as it holds for programs; null for all others. */
export function effectOf(path: string): EffectKind | null {
  const own = OWN.get(path);
  if (own !== undefined) return own;
  const [first = ''] = path.split('.', 1);
  if (first === '' || startsWithAny(path, HELPERS)) return null;
  const isExcept = startsWithAny(path, NOT_ORDINARY);
  if (ORDINARY_MODULES.has(first) && !isExcept) return null;
  const dot = path.lastIndexOf('.');
  if (dot < 0) return null;
  const verdict = judgeDanger(path.slice(0, dot), path.slice(dot + 1), false);
  if (verdict?.hazard === undefined) return isExcept ? 'loader' : null;
  return KIND_OF[verdict.hazard];
}

/** Temporary folders. */
export const TEMPORARY = ['tempfile'];
