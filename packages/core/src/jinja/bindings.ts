// Recursion in this file: targets within targets, which the parser bounds (MAX_TEMPLATE_NESTING).
import type { CallExpression, Expression, Signature, Statement } from './nodes.js';
import { argumentsOf, walk } from './walk.js';

/** What a name of the template may be made of. */
export type Source =
  | { readonly of: 'value' | 'item'; readonly value: Expression }
  /** An item of an item: a target among several. */
  | { readonly of: 'part'; readonly value: Expression }
  /** What a block puts out, through its filter. */
  | { readonly of: 'block'; readonly statement: Statement & { readonly kind: 'set-block' } }
  /** What the calls of a macro of this name give for its parameter; null for a call block, whose caller is not known. */
  | { readonly of: 'arguments'; readonly macro: string | null; readonly index: number; readonly name: string }
  | { readonly of: 'macro' };

/** Everything that a template assigns, by name, with no regard to order and scope. */
export interface Bindings {
  readonly names: ReadonlyMap<string, readonly Source[]>;
  /** Attributes of namespaces. */
  readonly members: ReadonlyMap<string, readonly Source[]>;
  readonly macros: ReadonlySet<string>;
  readonly calls: readonly CallExpression[];
  /** What is put into containers by their methods. */
  readonly stored: readonly Expression[];
  /** What loops go over. */
  readonly iterables: readonly Expression[];
  /** Names that the template gives to something and that begin with an underscore: they can be read as texts. */
  readonly underscored: ReadonlySet<string>;
}

/** `storing`: methods that put their arguments into what they belong to. */
export function bindingsOf(body: readonly Statement[], storing: ReadonlySet<string>): Bindings {
  const found = new Collector(storing);
  walk(body, found);
  return found;
}

class Collector implements Bindings {
  readonly names = new Map<string, Source[]>();
  readonly members = new Map<string, Source[]>();
  readonly macros = new Set<string>();
  readonly calls: CallExpression[] = [];
  readonly stored: Expression[] = [];
  readonly iterables: Expression[] = [];
  readonly underscored = new Set<string>();
  readonly #storing: ReadonlySet<string>;

  constructor(storing: ReadonlySet<string>) {
    this.#storing = storing;
  }

  statement(node: Statement): void {
    switch (node.kind) {
      case 'set':
        return this.#assign(node.target, { of: 'value', value: node.value });
      case 'set-block':
        return this.#assign(node.target, { of: 'block', statement: node });
      case 'for':
        this.iterables.push(node.iterable);
        return this.#assign(node.target, { of: 'item', value: node.iterable });
      case 'with':
        for (const { target, value } of node.items) this.#assign(target, { of: 'value', value });
        return;
      case 'macro':
        this.macros.add(node.name);
        this.#bind(node.name, { of: 'macro' });
        return this.#parameters(node.signature, node.name);
      case 'call-block':
        return this.#parameters(node.signature, null);
      case 'block':
        return this.#note(node.name);
      case 'import':
        return this.#bind(node.target, { of: 'macro' });
      case 'from':
        for (const { name, alias } of node.names) this.#bind(alias ?? name, { of: 'macro' });
        return;
      case 'trans':
        for (const { name, value } of node.variables) this.#bind(name, { of: 'value', value });
        return;
      default:
    }
  }

  expression(node: Expression): void {
    if (node.kind === 'filter' || node.kind === 'test') for (const { name } of node.args.keywords) this.#note(name);
    if (node.kind !== 'call') return;
    const { callee, args } = node;
    for (const { name } of args.keywords) this.#note(name);
    const name = callee.kind === 'name' ? callee.id : null;
    this.calls.push(node);
    if (name === 'namespace')
      for (const { name: member, value } of args.keywords) add(this.members, member, { of: 'value', value });
    const method = callee.kind === 'getattr' ? callee.name : null;
    // A method that is fetched in another manner may be any.
    if (name === null && (method === null || this.#storing.has(method)))
      for (const value of argumentsOf(args)) this.stored.push(value);
  }

  #note(name: string): void {
    if (name.startsWith('_')) this.underscored.add(name);
  }

  #bind(name: string, source: Source): void {
    this.#note(name);
    add(this.names, name, source);
  }

  #assign(target: Expression, source: Source): void {
    if (target.kind === 'name') this.#bind(target.id, source);
    else if (target.kind === 'nsref') {
      this.#note(target.attribute);
      add(this.members, target.attribute, source);
    } else if (target.kind === 'tuple') {
      const value = source.of === 'value' ? source.value : null;
      const parts = value !== null && (value.kind === 'tuple' || value.kind === 'list') ? value.items : [];
      for (const [i, own] of target.items.entries()) {
        const part = parts.length === target.items.length ? parts[i] : undefined;
        this.#assign(own, part === undefined ? partOf(source) : { of: 'value', value: part });
      }
    }
  }

  #parameters({ parameters, defaults }: Signature, macro: string | null): void {
    for (const [i, name] of parameters.entries()) {
      this.#bind(name, { of: 'arguments', macro, index: i, name });
      const value = defaults[i - parameters.length + defaults.length];
      if (value !== undefined) this.#bind(name, { of: 'value', value });
    }
  }
}

function partOf(source: Source): Source {
  if (source.of === 'value') return { of: 'item', value: source.value };
  return source.of === 'item' ? { of: 'part', value: source.value } : source;
}

function add(map: Map<string, Source[]>, name: string, source: Source): void {
  const known = map.get(name);
  if (known === undefined) map.set(name, [source]);
  else known.push(source);
}
