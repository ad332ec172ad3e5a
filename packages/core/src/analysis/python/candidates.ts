import { DYNAMIC_NAMES, NAMESPACE_NAMES, WATCHED_LEAVES } from '../../catalogue/source-calls.js';
import type { Binding, NamedBinding } from './scope.js';
import type { Expression } from './syntax.js';

/**
 * Which expressions of a file can stand for a watched name at all, by identifiers alone and whatever their scope: the last
 * name of a watched one, and every name that is bound to something with such a name in it. Resolving is exact and costs
 * some hundred times as much.
 */
export class Candidates {
  /** Names that may stand for a watched callable. */
  readonly #callable: ReadonlySet<string>;
  /** Names that may stand for a namespace of operators, or for what builds names at run time. */
  readonly #namespace: ReadonlySet<string>;
  /** Names from files of the tree. */
  readonly #tree: ReadonlySet<string>;

  /** `fromTree`: names that imports bind to modules of the tree, or to what leads to a watched name. */
  constructor(bindings: readonly NamedBinding[], fromTree: readonly string[]) {
    const dynamic = closure(bindings, DYNAMIC_NAMES, new Set());
    this.#callable = closure(bindings, [...WATCHED_LEAVES, ...dynamic, ...fromTree], dynamic);
    this.#namespace = closure(bindings, [...NAMESPACE_NAMES, ...dynamic], dynamic, true);
    this.#tree = closure(bindings, fromTree, dynamic, true);
  }

  has(value: Expression): boolean {
    if (value.kind === 'name') return this.#callable.has(value.id);
    if (value.kind !== 'attribute') return names(value, false).some((name) => this.#any(name));
    if (this.#callable.has(value.name) || value.name === '__call__' || value.name === 'func') return true;
    return this.mayBeMember(value);
  }

  /** Something below a namespace, or below a module of the tree. */
  mayBeMember(value: Expression): boolean {
    let at = value;
    for (; at.kind === 'attribute'; at = at.object) if (this.#namespace.has(at.name)) return true;
    if (at.kind === 'name') return this.#namespace.has(at.id) || this.#tree.has(at.id);
    return names(at, true).some((name) => this.#any(name));
  }

  #any(name: string): boolean {
    return this.#callable.has(name) || this.#namespace.has(name) || this.#tree.has(name);
  }
}

/** Names that are bound, directly or through others, to something that one of the seeds stands in. */
function closure(
  bindings: readonly NamedBinding[],
  seeds: Iterable<string>,
  dynamic: ReadonlySet<string>,
  whole = false,
): ReadonlySet<string> {
  const edges = new Map<string, string[]>();
  for (const { name, binding } of bindings) {
    for (const from of mentioned(binding, dynamic, whole)) {
      const known = edges.get(from);
      if (known === undefined) edges.set(from, [name]);
      else known.push(name);
    }
  }
  const found = new Set(seeds);
  // A set that grows while it is walked is walked to its end.
  for (const name of found) for (const next of edges.get(name) ?? []) found.add(next);
  return found;
}

function mentioned(binding: Binding, dynamic: ReadonlySet<string>, whole: boolean): readonly string[] {
  switch (binding.kind) {
    case 'import':
      return whole ? binding.path.split('.') : [binding.path.slice(binding.path.lastIndexOf('.') + 1)];
    case 'value':
    case 'item':
    case 'parameter':
      return binding.of === null ? [] : names(binding.of.value, whole, dynamic);
    default:
      return [];
  }
}

/** Names whose meaning the value of an expression may have, as the resolver follows them. */
function names(value: Expression, whole: boolean, dynamic: ReadonlySet<string> | null = null): string[] {
  const found: string[] = [];
  const waiting: Expression[] = [value];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    switch (node.kind) {
      case 'name':
        found.push(node.id);
        break;
      case 'attribute':
        found.push(node.name);
        if (whole || node.object.kind !== 'name') waiting.push(node.object);
        break;
      case 'call': {
        // What a call gives is followed where it hands on its argument, or finds it by a text.
        const { callee, args } = node;
        for (const argument of args) waiting.push(argument.value);
        const last = callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : null;
        if (last === null) waiting.push(callee);
        else if (dynamic === null || dynamic.has(last) || DYNAMIC_NAMES.includes(last)) found.push(last);
        break;
      }
      case 'subscript':
        waiting.push(node.object);
        break;
      case 'sequence':
        waiting.push(...node.items);
        break;
      case 'dict':
        for (const item of node.items) waiting.push(item.value);
        break;
      case 'conditional':
        waiting.push(...node.results);
        break;
      case 'operation':
        waiting.push(...node.operands);
        break;
      case 'walrus':
      case 'starred':
        waiting.push(node.value);
        break;
      default:
    }
  }
  return found;
}
