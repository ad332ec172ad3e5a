import { Budget, DEFAULT_LIMITS, type Limits } from './bytes/budget.js';
import type { ByteSource } from './bytes/source.js';

export async function* trace(path: string, source: ByteSource, options: { readonly limits?: Partial<Limits> }): AsyncGenerator<string> {
  void new Budget({ ...DEFAULT_LIMITS, ...options.limits }, () => 0);
  yield `${path}: ${source.size} bytes`;
}
