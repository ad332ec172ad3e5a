import { cut } from '../model/escape.js';
import type { SourceOrigin } from '../model/source-fact.js';
import type { PythonModule } from '../python/module.js';

/** UTF-16 units of an expression that are shown. */
export const SHOWN = 80;

/** The first origin of each kind. */
export class Found {
  readonly #module: PythonModule;
  readonly #kinds = new Map<SourceOrigin['kind'], SourceOrigin>();

  constructor(module: PythonModule) {
    this.#module = module;
  }

  add(kind: SourceOrigin['kind'], text: string, at: { readonly from: number } | null): void {
    if (this.#kinds.has(kind)) return;
    const line = at === null ? null : this.#module.position(at.from).line;
    this.put({ kind, text: cut(text, SHOWN), line });
  }

  put(origin: SourceOrigin): void {
    if (!this.#kinds.has(origin.kind)) this.#kinds.set(origin.kind, origin);
  }

  get isEmpty(): boolean {
    return this.#kinds.size === 0;
  }

  all(): readonly SourceOrigin[] {
    return [...this.#kinds.values()];
  }
}
