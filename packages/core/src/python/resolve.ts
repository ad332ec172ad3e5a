// Recursion in this file: the depth of the tree, which the parser bounds (MAX_NESTING). From name to name goes a worklist (`fixpoint.ts`).
import { Fixpoint } from './fixpoint.js';
import type { Binding, Scope, Scoped, Scopes } from './scope.js';
import type { Argument, CallExpression, Expression } from './syntax.js';
import type { Work } from './work.js';

/** An argument that `functools.partial` holds for a later call. */
export interface BoundArgument {
  readonly argument: Argument;
  readonly scope: Scope;
}

/** Names and members that a meaning went through since something was made of it: see `Resolver`. */
interface Via {
  readonly through: object;
  readonly before: Via | null;
}

/** What an expression may stand for. */
export type Meaning =
  /** Something outside of the module by its full name: `torch.load`, `builtins.open`, `.sibling.name`. */
  | {
      readonly kind: 'path';
      readonly path: string;
      readonly bound: readonly BoundArgument[];
      /** Made by `functools.partial`, though it may hold nothing. */
      readonly isPartial?: true;
      readonly via?: Via | null;
    }
  /** A class or function of the module itself. */
  | {
      readonly kind: 'definition';
      readonly scope: Scope;
      readonly bound: readonly BoundArgument[];
      readonly isPartial?: true;
      readonly via?: Via | null;
    }
  /** An instance of a class of the module. */
  | { readonly kind: 'instance'; readonly scope: Scope; readonly via?: Via | null }
  | { readonly kind: 'unknown' };

const UNKNOWN: Meaning = { kind: 'unknown' };
const ONLY_UNKNOWN: readonly Meaning[] = [UNKNOWN];
const NONE: readonly Meaning[] = [];

/** Constants that names of modules and attributes are made of; constants.ts has the whole of it. */
export type ConstantText = (value: Expression, scope: Scope) => readonly string[];

/** Callables that give what they are given by name. */
const IMPORTERS = new Set(['importlib.import_module', 'builtins.__import__', 'importlib.__import__']);
const NAMESPACES = new Set(['builtins.vars', 'builtins.globals', 'builtins.locals']);
const PARTIALS = new Set(['functools.partial', 'functools.partialmethod', '_functools.partial']);
/** Decorators and adapters that give back what does the same. */
const TRANSPARENT = new Set(['builtins.staticmethod', 'builtins.classmethod', 'functools.cache', 'typing.cast']);

/** Members that do the same as what they belong to: of a function, and of what adapters make of one. */
export const SAME_MEMBERS: ReadonlySet<string> = new Set(['__call__', '__func__', '__wrapped__']);

/** Chains of calls and subscripts from this length on are remembered part by part: each part may be asked for. */
const LONG_CHAIN = 16;

/** Something whose meanings depend on those of others. */
type Key =
  | { readonly kind: 'name'; readonly bindings: readonly Binding[] }
  /** The items of what the name is. */
  | { readonly kind: 'items'; readonly bindings: readonly Binding[] }
  | { readonly kind: 'member'; readonly owner: Scope; readonly name: string };

/**
 * Full names of expressions, through imports, aliases, attributes, `partial`, `getattr` and the like.
 *
 * Names and members are solved as equations, so that chains of aliases may be of any length and lead in circles. A name
 * that is made of itself (`node = node.next`) would have more and more meanings: what was made of a meaning of a name
 * does not enter the same name a second time.
 */
export class Resolver {
  readonly #scopes: Scopes;
  readonly #module: string | null;
  readonly #isPackage: boolean;
  readonly #texts: ConstantText;
  readonly #work: Work;
  readonly #fixpoint: Fixpoint<Key, readonly Meaning[]>;
  readonly #names = new Map<readonly Binding[], Key>();
  readonly #itemKeys = new Map<readonly Binding[], Key>();
  readonly #members = new Map<Scope, Map<string, Key>>();
  /** What calls of `partial` made, by what they were given first. */
  readonly #partials = new Map<CallExpression, Map<unknown, Meaning>>();
  readonly #chains = new Map<Expression, readonly Meaning[]>();
  /** Parts of long chains, as far as nothing in them was new. */
  readonly #asked: (readonly [Expression, readonly Meaning[]])[] = [];
  readonly #values = new Map<Key, readonly Meaning[]>();

  /** `module`: the full name of the module, which relative imports start from; null where it is not known. */
  constructor(scopes: Scopes, module: string | null, isPackage: boolean, texts: ConstantText, work: Work) {
    this.#scopes = scopes;
    this.#module = module;
    this.#isPackage = isPackage;
    this.#texts = texts;
    this.#work = work;
    this.#fixpoint = new Fixpoint<Key, readonly Meaning[]>((key) => this.#solve(key), NONE, sameMeanings, work);
  }

  /** Every meaning that the expression can have, for any run of the program. */
  resolve({ value, scope }: Scoped): readonly Meaning[] {
    return this.#settled(() => this.#resolve(value, scope));
  }

  /** A member of a class of the module, or of its bases. */
  member(owner: Scope, name: string): readonly Meaning[] {
    return this.#settled(() => this.#read(this.#memberKey(owner, name)));
  }

  /** Asks until nothing that the answer depends on is new. */
  #settled(ask: () => readonly Meaning[]): readonly Meaning[] {
    for (;;) {
      const { size } = this.#fixpoint;
      this.#asked.length = 0;
      const found = ask();
      if (this.#fixpoint.size > size) {
        this.#fixpoint.settle();
        continue;
      }
      for (const [node, meanings] of this.#asked) this.#chains.set(node, meanings);
      return found.length === 0 ? ONLY_UNKNOWN : found;
    }
  }

  /** The bindings of a name as Python finds them: a class is skipped from within its methods. */
  static bindings(name: string, scope: Scope): readonly Binding[] | null {
    return Resolver.holder(name, scope)?.bindings.get(name) ?? null;
  }

  /** The scope in which Python finds the name. */
  static holder(name: string, scope: Scope): Scope | null {
    let at: Scope | null = scope.outer.get(name) ?? scope;
    for (let own = true; at !== null; at = at.parent) {
      if ((at.kind !== 'class' || own) && at.bindings.has(name)) return at;
      if (at.kind !== 'comprehension') own = false;
    }
    return null;
  }

  /** A relative module name made absolute, where the name of this module is known. */
  absolute(path: string): string {
    const level = /^\.*/.exec(path)?.[0].length ?? 0;
    if (level === 0 || this.#module === null) return path;
    const parts = this.#module.split('.');
    const drop = this.#isPackage ? level - 1 : level;
    if (drop > parts.length) return path;
    return [...parts.slice(0, parts.length - drop), path.slice(level)].filter((part) => part !== '').join('.');
  }

  // Keys and their equations

  #nameKey(bindings: readonly Binding[]): Key {
    let key = this.#names.get(bindings);
    if (key === undefined) this.#names.set(bindings, (key = { kind: 'name', bindings }));
    return key;
  }

  #itemsKey(bindings: readonly Binding[]): Key {
    let key = this.#itemKeys.get(bindings);
    if (key === undefined) this.#itemKeys.set(bindings, (key = { kind: 'items', bindings }));
    return key;
  }

  #memberKey(owner: Scope, name: string): Key {
    let members = this.#members.get(owner);
    if (members === undefined) this.#members.set(owner, (members = new Map<string, Key>()));
    let key = members.get(name);
    if (key === undefined) members.set(name, (key = { kind: 'member', owner, name }));
    return key;
  }

  #read(key: Key): readonly Meaning[] {
    const found = this.#fixpoint.read(key);
    const { running } = this.#fixpoint;
    return running === null ? found : found.filter((meaning) => !wentThrough(meaning, running));
  }

  /** What was known stays: meanings only become more. */
  #solve(key: Key): readonly Meaning[] {
    const seen = new Map<unknown, Meaning>();
    for (const meaning of this.#meanings(key)) seen.set(keyOf(meaning), meaning);
    for (const meaning of this.#values.get(key) ?? NONE)
      if (!seen.has(keyOf(meaning))) seen.set(keyOf(meaning), meaning);
    const found = [...seen.values()];
    this.#values.set(key, found);
    return found;
  }

  #meanings(key: Key): readonly Meaning[] {
    if (key.kind === 'name') return this.#unite(key.bindings.map((binding) => this.#binding(binding)));
    if (key.kind === 'items')
      return this.#unite(
        key.bindings.map((binding) => (binding.kind === 'value' ? this.#items(binding.of) : ONLY_UNKNOWN)),
      );
    return this.#findMember(key.owner, key.name);
  }

  /** The same with a note that it was made of a meaning of the name that is being solved. */
  #made<T extends Exclude<Meaning, { kind: 'unknown' }>>(meaning: T, of: Meaning): T {
    const { running } = this.#fixpoint;
    const before = of.kind === 'unknown' ? null : (of.via ?? null);
    if (running === null && before === null) return meaning;
    return { ...meaning, via: running === null ? before : { through: running, before } };
  }

  // Expressions

  #resolve(value: Expression, scope: Scope): readonly Meaning[] {
    if (!this.#work.step()) return ONLY_UNKNOWN;
    switch (value.kind) {
      case 'name':
        return this.#lookUp(value.id, scope);
      case 'attribute':
      case 'call':
      case 'subscript':
        return this.#chain(value, scope);
      case 'conditional':
        return this.#unite(value.results.map((result) => this.#resolve(result, scope)));
      case 'operation':
        if (!value.operators.every((operator) => operator === 'or' || operator === 'and')) return ONLY_UNKNOWN;
        return this.#unite(value.operands.map((operand) => this.#resolve(operand, scope)));
      case 'walrus':
        return this.#resolve(value.value, scope);
      default:
        return ONLY_UNKNOWN;
    }
  }

  /** Walked from the left: a chain may be long. */
  #chain(value: Expression, scope: Scope): readonly Meaning[] {
    const links: Link[] = [];
    let base = value;
    let meanings = this.#chains.get(base);
    while (meanings === undefined && (base.kind === 'attribute' || base.kind === 'call' || base.kind === 'subscript')) {
      links.push(base);
      base = base.kind === 'call' ? base.callee : base.object;
      meanings = this.#chains.get(base);
    }
    let found = meanings ?? this.#resolve(base, scope);
    const keeps = links.length > LONG_CHAIN && this.#fixpoint.running === null;
    /** What the last call calls. */
    let callees: readonly Meaning[] | null = null;
    for (const link of links.toReversed()) {
      if (!this.#work.step()) return ONLY_UNKNOWN;
      const before = found;
      if (link.kind === 'attribute') found = this.#unite(before.map((of) => this.#attribute(of, link.name)));
      else if (link.kind === 'call') found = this.#unite(before.map((of) => this.#call(of, link, scope)));
      else
        found = this.#subscript(link, before, scope, () =>
          link.object.kind !== 'call' ? NONE : (callees ?? this.#resolve(link.object.callee, scope)),
        );
      callees = link.kind === 'call' ? before : null;
      if (keeps) this.#asked.push([link, found]);
    }
    return found;
  }

  #lookUp(name: string, scope: Scope): readonly Meaning[] {
    const found = Resolver.bindings(name, scope);
    const stars = this.#stars(name, scope);
    if (found === null) {
      const path = name === '__builtins__' ? 'builtins' : `builtins.${name}`;
      return [...stars, { kind: 'path', path, bound: [] }];
    }
    const meanings = this.#read(this.#nameKey(found));
    return stars.length === 0 ? meanings : this.#unite([meanings, stars]);
  }

  /** A name that `from module import *` could have brought. */
  #stars(name: string, scope: Scope): readonly Meaning[] {
    if (name.startsWith('_')) return NONE;
    const found: Meaning[] = [];
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      if (at.stars.length === 0 || !this.#work.step(at.stars.length)) continue;
      for (const module of at.stars) found.push({ kind: 'path', path: join(this.absolute(module), name), bound: [] });
    }
    return found;
  }

  #binding(binding: Binding): readonly Meaning[] {
    switch (binding.kind) {
      case 'import':
        return [{ kind: 'path', path: this.absolute(binding.path), bound: [] }];
      case 'value':
        return this.#resolve(binding.of.value, binding.of.scope);
      case 'item':
        return this.#items(binding.of);
      case 'function':
      case 'class':
        return [{ kind: 'definition', scope: binding.definition, bound: [] }];
      case 'parameter':
        return binding.of === null
          ? ONLY_UNKNOWN
          : this.#unite([this.#resolve(binding.of.value, binding.of.scope), ONLY_UNKNOWN]);
      case 'instance':
        return [{ kind: 'instance', scope: binding.of }];
      case 'unknown':
        return ONLY_UNKNOWN;
    }
  }

  #items({ value, scope }: Scoped): readonly Meaning[] {
    if (!this.#work.step()) return ONLY_UNKNOWN;
    if (value.kind === 'sequence') return this.#unite(value.items.map((item) => this.#resolve(item, scope)));
    if (value.kind === 'dict') return this.#unite(value.items.map((item) => this.#resolve(item.value, scope)));
    if (value.kind !== 'name') return ONLY_UNKNOWN;
    const found = Resolver.bindings(value.id, scope);
    return found === null ? ONLY_UNKNOWN : this.#read(this.#itemsKey(found));
  }

  #attribute(of: Meaning, name: string): readonly Meaning[] {
    // Called by itself it gets nothing of what the partial holds.
    if ((of.kind === 'path' || of.kind === 'definition') && of.isPartial === true && name === 'func')
      return [
        this.#made(
          of.kind === 'path'
            ? { kind: 'path', path: of.path, bound: [] }
            : { kind: 'definition', scope: of.scope, bound: [] },
          of,
        ),
      ];
    if (of.kind === 'path') {
      if (SAME_MEMBERS.has(name)) return [of];
      // Its length is what it costs.
      if (!this.#work.step(1 + (of.path.length >> 6))) return ONLY_UNKNOWN;
      return [this.#made({ kind: 'path', path: join(of.path, name), bound: [] }, of)];
    }
    if (of.kind === 'unknown') return ONLY_UNKNOWN;
    if (of.kind === 'definition' && of.scope.kind !== 'class') return SAME_MEMBERS.has(name) ? [of] : ONLY_UNKNOWN;
    return this.#read(this.#memberKey(of.scope, name));
  }

  #findMember(owner: Scope, name: string): readonly Meaning[] {
    const found = [...(owner.bindings.get(name) ?? []), ...(owner.attributes.get(name) ?? [])];
    if (found.length > 0) return this.#unite(found.map((binding) => this.#binding(binding)));
    const bases = owner.classArguments.filter(({ name: keyword, star }) => keyword === null && star === '');
    if (bases.length === 0 || owner.parent === null) return ONLY_UNKNOWN;
    const { parent } = owner;
    return this.#unite(
      bases.flatMap(({ value }) => this.#resolve(value, parent)).map((base) => this.#attribute(base, name)),
    );
  }

  #call(callee: Meaning, call: CallExpression, scope: Scope): readonly Meaning[] {
    if (callee.kind === 'definition' && callee.scope.kind === 'class')
      return [{ kind: 'instance', scope: callee.scope }];
    return callee.kind === 'path' ? this.#callOf(callee.path, call, scope) : ONLY_UNKNOWN;
  }

  #callOf(path: string, call: CallExpression, scope: Scope): readonly Meaning[] {
    const [first, second] = call.args;
    const positional = first !== undefined && first.name === null && first.star === '' ? first.value : null;
    if (PARTIALS.has(path) && positional !== null)
      return this.#resolve(positional, scope).map((of) => this.#partial(of, call, scope));
    if (path === 'builtins.getattr' && positional !== null && second !== undefined) {
      const objects = this.#resolve(positional, scope);
      const names = this.#texts(second.value, scope);
      if (names.length === 0) return ONLY_UNKNOWN;
      return this.#unite(
        names.flatMap((name) =>
          objects.map((object) => (name.includes('.') ? ONLY_UNKNOWN : this.#attribute(object, name))),
        ),
      );
    }
    if (IMPORTERS.has(path) && positional !== null) {
      const names = this.#texts(positional, scope);
      const whole =
        path === 'importlib.import_module' || call.args.some(({ name }) => name === 'fromlist') || call.args.length > 3;
      return names.length === 0
        ? ONLY_UNKNOWN
        : names.map((name) => ({ kind: 'path', path: whole ? name : (name.split('.', 1)[0] ?? name), bound: [] }));
    }
    if (TRANSPARENT.has(path)) {
      const of = path === 'typing.cast' ? second?.value : positional;
      return of === undefined || of === null ? ONLY_UNKNOWN : this.#resolve(of, scope);
    }
    return ONLY_UNKNOWN;
  }

  /** One object for one call and one function: a meaning is compared by what it holds. */
  #partial(of: Meaning, call: CallExpression, scope: Scope): Meaning {
    if (of.kind !== 'path' && of.kind !== 'definition') return of;
    let made = this.#partials.get(call);
    if (made === undefined) this.#partials.set(call, (made = new Map<unknown, Meaning>()));
    const key = keyOf(of);
    const known = made.get(key);
    if (known !== undefined) return known;
    if (!this.#work.step(1 + of.bound.length)) return UNKNOWN;
    const bound = [...of.bound, ...call.args.slice(1).map((argument) => ({ argument, scope }))];
    const meaning = this.#made({ ...of, bound, isPartial: true }, of);
    made.set(key, meaning);
    return meaning;
  }

  /** `{"a": f}["a"]`, `vars(m)["f"]`, `m.__dict__["f"]`, `sys.modules["m"]`. */
  #subscript(
    node: Expression & { readonly kind: 'subscript' },
    meanings: readonly Meaning[],
    scope: Scope,
    callees: () => readonly Meaning[],
  ): readonly Meaning[] {
    const { object } = node;
    if (object.kind === 'sequence' || object.kind === 'dict') return this.#items({ value: object, scope });
    const [index] = node.indices;
    const names = index === undefined ? [] : this.#texts(index, scope);
    if (object.kind === 'call') {
      const isNamespace = callees().some((callee) => callee.kind === 'path' && NAMESPACES.has(callee.path));
      const [of] = object.args;
      if (!isNamespace || names.length === 0) return ONLY_UNKNOWN;
      const module = this.#scopes.module;
      if (of === undefined) return this.#unite(names.map((name) => this.#lookUp(name, module)));
      const objects = this.#resolve(of.value, scope);
      return this.#unite(names.flatMap((name) => objects.map((item) => this.#attribute(item, name))));
    }
    const found = meanings.flatMap((of): (readonly Meaning[])[] => {
      if (of.kind !== 'path') return [];
      if (of.path === 'sys.modules') return names.map((name) => [{ kind: 'path', path: name, bound: [] }]);
      if (!of.path.endsWith('.__dict__')) return [];
      const owner: Meaning = { ...of, path: of.path.slice(0, -'.__dict__'.length), bound: [] };
      return names.map((name) => this.#attribute(owner, name));
    });
    if (found.length > 0) return this.#unite(found);
    return object.kind === 'name' ? this.#items({ value: object, scope }) : ONLY_UNKNOWN;
  }

  /** Each meaning once. */
  #unite(sets: readonly (readonly Meaning[])[]): readonly Meaning[] {
    const filled = sets.filter((set) => set.length > 0);
    if (filled.length <= 1) return filled[0] ?? NONE;
    const seen = new Map<unknown, Meaning>();
    for (const set of filled) {
      if (!this.#work.step(set.length)) return [...seen.values(), UNKNOWN];
      for (const meaning of set) {
        const key = keyOf(meaning);
        if (!seen.has(key)) seen.set(key, meaning);
      }
    }
    return [...seen.values()];
  }
}

type Link = Expression & { readonly kind: 'attribute' | 'call' | 'subscript' };

function wentThrough(meaning: Meaning, key: object): boolean {
  if (meaning.kind === 'unknown') return false;
  for (let at = meaning.via ?? null; at !== null; at = at.before) if (at.through === key) return true;
  return false;
}

function join(module: string, name: string): string {
  return module === '' || module.endsWith('.') ? `${module}${name}` : `${module}.${name}`;
}

function keyOf(meaning: Meaning): unknown {
  if (meaning.kind === 'unknown') return '?';
  // Two partials of one function differ in what they hold; each is made once.
  if (meaning.kind !== 'instance' && meaning.isPartial === true) return meaning;
  return meaning.kind === 'path' ? meaning.path : meaning.kind === 'instance' ? meaning.scope.instance : meaning.scope;
}

/** Meanings only become more, and each stands once. */
function sameMeanings(a: readonly Meaning[], b: readonly Meaning[]): boolean {
  return a.length === b.length;
}
