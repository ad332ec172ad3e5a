import { MAX_ORIGIN_PARTS } from '../model/limits.js';
import type { PythonModule } from '../python/module.js';
import { Resolver } from '../python/resolve.js';
import type { Scope, Scoped } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { DECODERS, DECODING_METHODS, ENVIRONMENT } from '../catalogue/lookup.js';
import { effectOf, startsWithAny, TEMPORARY } from './calls.js';

/** What a value is made of, as far as the module shows. */
export interface Origins {
  readonly decoded: boolean;
  readonly downloaded: boolean;
  readonly environment: boolean;
  readonly temporary: boolean;
}

/** Where values come from: the calls within them, and within what their names stand for. */
export function originsOf(module: PythonModule, values: readonly Scoped[]): Origins {
  const found = { decoded: false, downloaded: false, environment: false, temporary: false };
  const waiting: Scoped[] = [...values];
  const seen = new Set<Expression>();
  while (waiting.length > 0 && seen.size < MAX_ORIGIN_PARTS) {
    const scoped = waiting.pop();
    if (scoped === undefined || seen.has(scoped.value)) continue;
    const { value, scope } = scoped;
    seen.add(value);
    if (value.kind === 'call') {
      if (value.callee.kind === 'attribute' && DECODING_METHODS.has(value.callee.name)) found.decoded = true;
      for (const meaning of module.resolve({ value: value.callee, scope })) {
        if (meaning.kind !== 'path') continue;
        if (DECODERS.has(meaning.path)) found.decoded = true;
        const effect = effectOf(meaning.path);
        if (effect === 'network' || effect === 'download') found.downloaded = true;
        if (startsWithAny(meaning.path, TEMPORARY)) found.temporary = true;
      }
    }
    if (value.kind === 'attribute' || value.kind === 'name' || value.kind === 'call')
      for (const meaning of module.resolve(value.kind === 'call' ? { value: value.callee, scope } : scoped))
        if (meaning.kind === 'path' && startsWithAny(meaning.path, ENVIRONMENT)) found.environment = true;
    if (value.kind === 'name') for (const own of boundTo(value.id, scope)) waiting.push(own);
    for (const part of partsOf(value)) waiting.push({ value: part, scope });
  }
  return found;
}

/** What a name was made of. */
export function boundTo(name: string, scope: Scope): readonly Scoped[] {
  return (Resolver.bindings(name, scope) ?? []).flatMap((binding): Scoped[] => {
    if (binding.kind === 'value' || binding.kind === 'item') return [binding.of];
    // Of a parameter, its default.
    if (binding.kind === 'parameter') return binding.of === null ? [] : [binding.of];
    return binding.kind === 'unknown' && binding.part !== null ? [binding.part] : [];
  });
}

/** Expressions directly within another one; a lambda and a comprehension have a scope of their own. */
function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'call':
      return [node.callee, ...node.args.map(({ value }) => value)];
    case 'attribute':
      return [node.object];
    case 'subscript':
      return [node.object, ...node.indices];
    case 'sequence':
      return node.items;
    case 'dict':
      return node.items.map(({ value }) => value);
    case 'operation':
      return node.operands;
    case 'unary':
      return [node.operand];
    case 'conditional':
      return node.results;
    case 'walrus':
    case 'starred':
      return [node.value];
    case 'await':
    case 'yield':
      return node.value === null ? [] : [node.value];
    case 'slice':
    case 'unknown':
      return node.parts;
    case 'string':
      return node.pieces.flatMap(({ fields }) => fields.flatMap(({ value }) => (value === null ? [] : [value])));
    case 'comprehension':
      return [...node.elements, ...node.clauses.map(({ iterable }) => iterable)];
    default:
      return [];
  }
}
