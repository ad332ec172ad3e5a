import { DYNAMIC_NAMES, NAMESPACE_NAMES, WATCHED_LEAVES } from '../catalogue/lookup.js';
import { SAME_MEMBERS } from './resolve.js';
import type { NamedBinding } from './scope.js';
import type { Expression } from './syntax.js';

/**
 * Which expressions of a file can stand for a watched name at all, by identifiers alone and for any scope: the last
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
  /** Expressions that were asked, without and with the objects of their attributes. */
  readonly #mentioning = new Map<Expression, boolean>();
  readonly #mentioningWhole = new Map<Expression, boolean>();

  /** `fromTree`: names that imports bind to modules of the tree, or to what leads to a watched name. */
  constructor(bindings: readonly NamedBinding[], fromTree: readonly string[]) {
    const dynamic = closure(bindings, DYNAMIC_NAMES, new Set());
    this.#callable = closure(bindings, [...WATCHED_LEAVES, ...dynamic, ...fromTree], dynamic);
    this.#namespace = closure(bindings, [...NAMESPACE_NAMES, ...dynamic], dynamic, true);
    this.#tree = closure(bindings, fromTree, dynamic, true);
  }

  has(value: Expression): boolean {
    if (value.kind === 'name') return this.#callable.has(value.id);
    if (value.kind !== 'attribute') return this.#mentions(value, false);
    if (this.#callable.has(value.name) || SAME_MEMBERS.has(value.name) || value.name === 'func') return true;
    return this.mayBeMember(value);
  }

  /** Something below a namespace, or below a module of the tree. */
  mayBeMember(value: Expression): boolean {
    let at = value;
    for (; at.kind === 'attribute'; at = at.object) if (this.#namespace.has(at.name)) return true;
    if (at.kind === 'name') return this.#namespace.has(at.id) || this.#tree.has(at.id);
    return this.#mentions(at, true);
  }

  /** Whether one of the names that an expression may have its meaning from is one of these: each part is asked once. */
  #mentions(value: Expression, whole: boolean): boolean {
    const known = whole ? this.#mentioningWhole : this.#mentioning;
    const seen: { readonly node: Expression; readonly from: number }[] = [{ node: value, from: -1 }];
    const waiting = [0];
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const item = seen[index];
      if (item === undefined) continue;
      const parts = partsOf(item.node, whole, null);
      if (known.get(item.node) ?? parts.names.some((name) => this.#any(name))) {
        for (let at = index; at >= 0; at = seen[at]?.from ?? -1) {
          const node = seen[at]?.node;
          if (node !== undefined) known.set(node, true);
        }
        return true;
      }
      if (!known.has(item.node)) for (const node of parts.inner) waiting.push(seen.push({ node, from: index }) - 1);
    }
    for (const { node } of seen) known.set(node, false);
    return false;
  }

  #any(name: string): boolean {
    return this.#callable.has(name) || this.#namespace.has(name) || this.#tree.has(name);
  }
}

/** Names that are bound, directly or through others, to something that contains one of the seeds. */
function closure(
  bindings: readonly NamedBinding[],
  seeds: Iterable<string>,
  dynamic: ReadonlySet<string>,
  whole = false,
): ReadonlySet<string> {
  /** From a name to the expressions that mention it, and from an expression to the names that are bound to it. */
  const edges = new Map<string | Expression, (string | Expression)[]>();
  const connect = (from: string | Expression, to: string | Expression): void => {
    const known = edges.get(from);
    if (known === undefined) edges.set(from, [to]);
    else known.push(to);
  };
  const values = new Set<Expression>();
  for (const { name, binding } of bindings) {
    if (binding.kind === 'import') {
      const { path } = binding;
      for (const part of whole ? path.split('.') : [path.slice(path.lastIndexOf('.') + 1)]) connect(part, name);
      continue;
    }
    const value = 'of' in binding && binding.of !== null && 'value' in binding.of ? binding.of.value : null;
    if (value === null) continue;
    connect(value, name);
    if (values.has(value)) continue;
    values.add(value);
    for (const from of names(value, whole, dynamic)) connect(from, value);
  }
  const found = new Set<string | Expression>(seeds);
  // A set that grows while it is walked is walked to its end.
  for (const item of found) for (const next of edges.get(item) ?? []) found.add(next);
  const reached = new Set<string>();
  for (const item of found) if (typeof item === 'string') reached.add(item);
  return reached;
}

/** Names whose meaning the value of an expression may have, as the resolver follows them. */
function names(value: Expression, whole: boolean, dynamic: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: Expression[] = [value];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const parts = partsOf(node, whole, dynamic);
    for (const name of parts.names) found.add(name);
    for (const inner of parts.inner) waiting.push(inner);
  }
  return found;
}

interface Parts {
  readonly names: readonly string[];
  readonly inner: readonly Expression[];
}
const NO_PARTS: Parts = { names: [], inner: [] };

function partsOf(node: Expression, whole: boolean, dynamic: ReadonlySet<string> | null): Parts {
  switch (node.kind) {
    case 'name':
      return { names: [node.id], inner: [] };
    case 'attribute':
      return { names: [node.name], inner: whole || node.object.kind !== 'name' ? [node.object] : [] };
    case 'call': {
      // What a call gives is followed where it hands on its argument, or finds it by a text.
      const { callee, args } = node;
      const inner = args.map(({ value }) => value);
      const last = callee.kind === 'name' ? callee.id : callee.kind === 'attribute' ? callee.name : null;
      if (last === null) return { names: [], inner: [...inner, callee] };
      const isFollowed = dynamic === null || dynamic.has(last) || DYNAMIC_NAMES.includes(last);
      return { names: isFollowed ? [last] : [], inner };
    }
    case 'subscript':
      return { names: [], inner: [node.object] };
    case 'sequence':
      return { names: [], inner: node.items };
    case 'dict':
      return { names: [], inner: node.items.map(({ value }) => value) };
    case 'conditional':
      return { names: [], inner: node.results };
    case 'operation':
      return { names: [], inner: node.operands };
    case 'walrus':
    case 'starred':
      return { names: [], inner: [node.value] };
    default:
      return NO_PARTS;
  }
}
