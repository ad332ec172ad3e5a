import { MAX_IMPORT_EFFECTS } from '../model/limits.js';
import type { PythonModule } from '../python/module.js';
import type { ImportEffect, ImportEffects } from './effect.js';
import { effectsOfCall, effectsOfUse, type FoundEffect } from './judge.js';
import { moduleFunctions, Owners, WorkList, type Reached } from './work-list.js';

/**
 * What a module does when it is imported, and what the classes do that a loader uses (`loaded`: their names). The
 * module itself is followed; what it imports is listed. `isProgram`: it is run, such as a setup.py, and not imported.
 */
export function importEffects(module: PythonModule, loaded: readonly string[] = [], isProgram = false): ImportEffects {
  const owners = new Owners(module, isProgram);
  const list = new WorkList(module, owners);
  const found = new Map<string, ImportEffect>();
  let moreEffects = 0;
  const report = (reached: Reached, { at, ...effect }: FoundEffect): void => {
    const key = `${at} ${effect.kind} ${effect.name}`;
    if (found.has(key)) return;
    if (found.size >= MAX_IMPORT_EFFECTS) {
      moreEffects += 1;
      return;
    }
    const certainty = reached.certainty === 'direct' ? effect.certainty : reached.certainty;
    found.set(key, { ...effect, certainty, when: reached.when, route: reached.route, ...module.position(at) });
  };
  const follow = (): void => {
    for (let reached = list.take(); reached !== null; reached = list.take()) {
      for (const site of owners.calls.get(reached.scope) ?? []) {
        list.called(reached, module.targets(site), 'direct');
        for (const effect of effectsOfCall(module, site)) report(reached, effect);
      }
      for (const use of owners.uses.get(reached.scope) ?? []) {
        const meanings = use.position === 'plain' ? [] : module.resolve(use);
        list.called(reached, meanings, use.position === 'decorator' ? 'direct' : 'open');
        for (const effect of effectsOfUse(use, meanings)) report(reached, effect);
      }
      list.within(reached);
    }
  };
  list.add({ scope: module.scope, certainty: 'direct', when: { kind: 'import' }, route: [] });
  for (const name of ['__getattr__', '__dir__'])
    for (const scope of moduleFunctions(module, name))
      list.add({ scope, certainty: 'implied', when: { kind: 'import' }, route: [name] });
  follow();
  const missing = loaded.filter((name) => {
    const scope = module.definitions.get(name);
    if (scope?.kind === 'class') list.loaded(name, scope);
    return scope === undefined;
  });
  follow();
  return {
    effects: [...found.values()].toSorted((a, b) => a.offset - b.offset),
    moreEffects,
    imports: module.imports.flatMap(({ module: from, name, at, when }) => {
      if (when === 'call' || (when === 'main' && !owners.isProgram)) return [];
      const { offset, line } = module.position(at);
      return [{ module: from, name, offset, line }];
    }),
    missing,
    incomplete: module.problems.map(({ at, message, limit }) => {
      const { offset, line } = module.position(at);
      return { reason: message, limit, offset, line };
    }),
  };
}
