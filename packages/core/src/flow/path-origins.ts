import { LOADED_ARGUMENT, LOADS_DOWNLOAD } from '../catalogue/lookup.js';
import type { SourceOrigin } from '../model/source-fact.js';
import type { CallArguments, PythonModule } from '../python/module.js';
import type { CallSite } from '../python/scope.js';
import type { CallExpression } from '../python/syntax.js';
import { Work } from '../python/work.js';
import { Found } from './found-origins.js';
import { MAX_ORIGIN_STEPS } from './limits.js';
import { ModuleIndex } from './module-index.js';
import { PathWalk, type NamesElsewhere } from './path-walk.js';

export interface PathOriginOptions extends NamesElsewhere {
  readonly checkTime: () => void;
  /** What the data flow knows of the bytes that reach a call. */
  readonly received: (call: CallExpression) => readonly SourceOrigin[];
}

/**
 * Where the paths, and open files, of loaders come from: backwards from the argument, through names, attributes, calls of
 * functions of the module and their callers. Every binding of a name counts, and what is not known is `unknown`: the answer
 * may have more kinds than there are, and never fewer.
 */
export class PathOrigins {
  readonly #module: PythonModule;
  readonly #options: PathOriginOptions;
  readonly #work: Work;
  #built: ModuleIndex | null = null;

  constructor(module: PythonModule, options: PathOriginOptions) {
    this.#module = module;
    this.#options = options;
    this.#work = new Work(MAX_ORIGIN_STEPS, options.checkTime);
  }

  /** Of a call of a watched name: empty where it loads nothing by a path. */
  ofCall(site: CallSite | null, target: string, given: CallArguments): readonly SourceOrigin[] {
    const where = LOADED_ARGUMENT[target];
    const found = new Found(this.#module);
    if (LOADS_DOWNLOAD.test(target)) found.add('network', `${target} downloads`, site?.call ?? null);
    else if (where === undefined) return [];
    if (where === undefined) return found.all();
    // What is handed on is called with anything.
    if (site === null) {
      found.add('unknown', `${target} is handed on`, null);
      return found.all();
    }
    const values = [
      ...(given.keywords.get(where.keyword) ?? []),
      ...given.positional.slice(where.position, where.position + 1),
    ];
    if (values.length === 0) found.add('unknown', 'no argument is seen', site.call);
    for (const origin of this.#options.received(site.call)) found.put(origin);
    new PathWalk(this.#module, this.#index(), this.#options, this.#work, found).run(values, site.call);
    return found.all();
  }

  #index(): ModuleIndex {
    return (this.#built ??= new ModuleIndex(this.#module, () => this.#work.step()));
  }
}
