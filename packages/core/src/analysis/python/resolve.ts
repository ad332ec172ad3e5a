import { MAX_MEANINGS, MAX_RESOLVE_DEPTH, MAX_RESOLVE_STEPS } from './limits.js';
import type { Binding, Scope, Scoped, Scopes } from './scope.js';
import type { Argument, CallExpression, Expression } from './syntax.js';

/** An argument that `functools.partial` holds for a later call. */
export interface BoundArgument {
  readonly argument: Argument;
  readonly scope: Scope;
}

/** What an expression may stand for. */
export type Meaning =
  /** Something outside of the module by its full name: `torch.load`, `builtins.open`, `.sibling.name`. */
  | { readonly kind: 'path'; readonly path: string; readonly bound: readonly BoundArgument[] }
  /** A class or function of the module itself. */
  | { readonly kind: 'definition'; readonly scope: Scope; readonly bound: readonly BoundArgument[] }
  /** An instance of a class of the module. */
  | { readonly kind: 'instance'; readonly scope: Scope }
  | { readonly kind: 'unknown' };

const UNKNOWN: Meaning = { kind: 'unknown' };

/** Constants that names of modules and attributes are made of; constants.ts has the whole of it. */
export type ConstantText = (value: Expression, scope: Scope, depth: number) => readonly string[];

/** Callables that give what they are given by name. */
const IMPORTERS = new Set(['importlib.import_module', 'builtins.__import__', 'importlib.__import__']);
const NAMESPACES = new Set(['builtins.vars', 'builtins.globals', 'builtins.locals']);
const PARTIALS = new Set(['functools.partial', 'functools.partialmethod', '_functools.partial']);
/** Decorators and adapters that give back what does the same. */
const TRANSPARENT = new Set(['builtins.staticmethod', 'builtins.classmethod', 'functools.cache', 'typing.cast']);

/** Full names of expressions, through imports, aliases, attributes, `partial`, `getattr` and the like. */
export class Resolver {
  readonly #scopes: Scopes;
  readonly #module: string | null;
  readonly #isPackage: boolean;
  readonly #texts: ConstantText;
  /** Lookups of names that are running: a name that is defined by itself means nothing more. */
  readonly #running = new Set<readonly Binding[]>();
  readonly #known = new Map<readonly Binding[], readonly Meaning[]>();
  /** Members that are known, and null for those whose lookup is running, of which `#open` counts. */
  readonly #members = new Map<Scope, Map<string, readonly Meaning[] | null>>();
  #open = 0;
  /** A running lookup was asked for again: what was found on the way lacks its meanings. */
  #met = false;
  #steps = 0;

  /** `module`: the full name of the module, which relative imports start from; null where it is not known. */
  constructor(scopes: Scopes, module: string | null, isPackage: boolean, texts: ConstantText) {
    this.#scopes = scopes;
    this.#module = module;
    this.#isPackage = isPackage;
    this.#texts = texts;
  }

  /** True when the module is so tangled that not everything was followed. */
  get exhausted(): boolean {
    return this.#steps > MAX_RESOLVE_STEPS;
  }

  /** Every meaning that the expression can have, whichever way the program runs. */
  resolve({ value, scope }: Scoped, depth = 0): readonly Meaning[] {
    this.#steps += 1;
    if (depth > MAX_RESOLVE_DEPTH || this.exhausted) return [UNKNOWN];
    switch (value.kind) {
      case 'name':
        return this.lookUp(value.id, scope, depth);
      case 'attribute': {
        // Walked from the left: a chain may be long.
        const names: string[] = [];
        let object: Expression = value;
        while (object.kind === 'attribute') {
          names.push(object.name);
          object = object.object;
        }
        let meanings = this.resolve({ value: object, scope }, depth + 1);
        for (const name of names.toReversed())
          meanings = unite(meanings.map((item) => this.#attribute(item, name, depth)));
        return meanings;
      }
      case 'call':
        return this.#call(value, scope, depth + 1);
      case 'subscript':
        return this.#subscript(value, scope, depth + 1);
      case 'conditional':
        return unite(value.results.map((result) => this.resolve({ value: result, scope }, depth + 1)));
      case 'operation':
        if (!value.operators.every((operator) => operator === 'or' || operator === 'and')) return [UNKNOWN];
        return unite(value.operands.map((operand) => this.resolve({ value: operand, scope }, depth + 1)));
      case 'walrus':
        return this.resolve({ value: value.value, scope }, depth + 1);
      default:
        return [UNKNOWN];
    }
  }

  /** The bindings of a name as Python finds them: a class is skipped from within its methods. */
  static bindings(name: string, scope: Scope): readonly Binding[] | null {
    let at: Scope | null = scope.outer.get(name) ?? scope;
    for (let own = true; at !== null; at = at.parent) {
      if (at.kind !== 'class' || own) {
        const found = at.bindings.get(name);
        if (found !== undefined) return found;
      }
      if (at.kind !== 'comprehension') own = false;
    }
    return null;
  }

  lookUp(name: string, scope: Scope, depth: number): readonly Meaning[] {
    const found = Resolver.bindings(name, scope);
    const stars = this.#stars(name, scope);
    if (found === null) {
      const path = name === '__builtins__' ? 'builtins' : `builtins.${name}`;
      return [...stars, { kind: 'path', path, bound: [] }];
    }
    const known = this.#known.get(found);
    if (known !== undefined) return known;
    if (this.#running.has(found)) {
      this.#met = true;
      return [UNKNOWN];
    }
    if (this.#running.size + this.#open === 0) this.#met = false;
    this.#running.add(found);
    const meanings = unite([...found.map((binding) => this.#binding(binding, depth + 1)), stars]);
    this.#running.delete(found);
    if (this.#running.size + this.#open === 0 || (!this.#met && depth * 2 < MAX_RESOLVE_DEPTH))
      this.#known.set(found, meanings);
    return meanings;
  }

  /** A name that `from module import *` could have brought. */
  #stars(name: string, scope: Scope): Meaning[] {
    const found: Meaning[] = [];
    if (name.startsWith('_')) return found;
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      for (const module of at.stars) found.push({ kind: 'path', path: join(this.absolute(module), name), bound: [] });
    }
    return found;
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

  #binding(binding: Binding, depth: number): readonly Meaning[] {
    switch (binding.kind) {
      case 'import':
        return [{ kind: 'path', path: this.absolute(binding.path), bound: [] }];
      case 'value':
        return this.resolve(binding.of, depth);
      case 'item':
        return this.#items(binding.of, depth);
      case 'function':
      case 'class':
        return [{ kind: 'definition', scope: binding.definition, bound: [] }];
      case 'parameter':
        return binding.of === null ? [UNKNOWN] : [...this.resolve(binding.of, depth), UNKNOWN];
      case 'instance':
        return [{ kind: 'instance', scope: binding.of }];
      case 'unknown':
        return [UNKNOWN];
    }
  }

  #items({ value, scope }: Scoped, depth: number): readonly Meaning[] {
    if (value.kind === 'sequence') return unite(value.items.map((item) => this.resolve({ value: item, scope }, depth)));
    if (value.kind === 'dict')
      return unite(value.items.map((item) => this.resolve({ value: item.value, scope }, depth)));
    if (value.kind !== 'name') return [UNKNOWN];
    const found = Resolver.bindings(value.id, scope);
    this.#steps += 1;
    if (found === null || depth > MAX_RESOLVE_DEPTH || this.exhausted) return [UNKNOWN];
    return unite(found.map((binding) => (binding.kind === 'value' ? this.#items(binding.of, depth + 1) : [UNKNOWN])));
  }

  #attribute(of: Meaning, name: string, depth: number): readonly Meaning[] {
    if (of.kind === 'path') {
      if (name === '__call__') return [of];
      if (name === 'func' && of.bound.length > 0) return [of];
      return [{ kind: 'path', path: join(of.path, name), bound: [] }];
    }
    if (of.kind === 'unknown') return [UNKNOWN];
    if (of.kind === 'definition' && of.scope.kind !== 'class') return name === '__call__' ? [of] : [UNKNOWN];
    return this.member(of.scope, name, depth + 1);
  }

  /** A member of a class of the module, or of its bases. One that is defined by itself means nothing more. */
  member(owner: Scope, name: string, depth: number): readonly Meaning[] {
    this.#steps += 1;
    if (depth > MAX_RESOLVE_DEPTH || this.exhausted) return [UNKNOWN];
    let members = this.#members.get(owner);
    if (members === undefined) this.#members.set(owner, (members = new Map<string, readonly Meaning[] | null>()));
    const known = members.get(name);
    if (known === null) {
      this.#met = true;
      return [UNKNOWN];
    }
    if (known !== undefined) return known;
    if (this.#running.size + this.#open === 0) this.#met = false;
    members.set(name, null);
    this.#open += 1;
    const meanings = this.#findMember(owner, name, depth);
    this.#open -= 1;
    // As for names: within a circle only the first one asked for has seen all of it.
    const isWhole = this.#open + this.#running.size === 0 || (!this.#met && depth * 2 < MAX_RESOLVE_DEPTH);
    if (isWhole) members.set(name, meanings);
    else members.delete(name);
    return meanings;
  }

  #findMember(owner: Scope, name: string, depth: number): readonly Meaning[] {
    const found = [...(owner.bindings.get(name) ?? []), ...(owner.attributes.get(name) ?? [])];
    if (found.length > 0) return unite(found.map((binding) => this.#binding(binding, depth)));
    const bases = owner.classArguments.filter(({ name: keyword, star }) => keyword === null && star === '');
    if (bases.length === 0 || owner.parent === null) return [UNKNOWN];
    const { parent } = owner;
    return unite(
      bases
        .flatMap(({ value }) => this.resolve({ value, scope: parent }, depth + 1))
        .map((base) => this.#attribute(base, name, depth + 1)),
    );
  }

  #call(call: CallExpression, scope: Scope, depth: number): readonly Meaning[] {
    return unite(
      this.resolve({ value: call.callee, scope }, depth).map((callee): readonly Meaning[] => {
        if (callee.kind === 'definition' && callee.scope.kind === 'class')
          return [{ kind: 'instance', scope: callee.scope }];
        if (callee.kind !== 'path') return [UNKNOWN];
        return this.#callOf(callee.path, call, scope, depth);
      }),
    );
  }

  #callOf(path: string, call: CallExpression, scope: Scope, depth: number): readonly Meaning[] {
    const [first, second] = call.args;
    const positional = first !== undefined && first.name === null && first.star === '' ? first.value : null;
    if (PARTIALS.has(path) && positional !== null) {
      const bound = call.args.slice(1).map((argument) => ({ argument, scope }));
      return this.resolve({ value: positional, scope }, depth).map((of) =>
        of.kind === 'path' || of.kind === 'definition' ? { ...of, bound: [...of.bound, ...bound] } : of,
      );
    }
    if (path === 'builtins.getattr' && positional !== null && second !== undefined) {
      const objects = this.resolve({ value: positional, scope }, depth);
      const names = this.#texts(second.value, scope, depth);
      if (names.length === 0) return [UNKNOWN];
      return unite(
        names.flatMap((name) =>
          objects.map((object) => (name.split('.').length > 1 ? [UNKNOWN] : this.#attribute(object, name, depth))),
        ),
      );
    }
    if (IMPORTERS.has(path) && positional !== null) {
      const names = this.#texts(positional, scope, depth);
      const whole =
        path === 'importlib.import_module' || call.args.some(({ name }) => name === 'fromlist') || call.args.length > 3;
      return names.length === 0
        ? [UNKNOWN]
        : names.map((name) => ({ kind: 'path', path: whole ? name : (name.split('.', 1)[0] ?? name), bound: [] }));
    }
    if (TRANSPARENT.has(path)) {
      const of = path === 'typing.cast' ? second?.value : positional;
      return of === undefined || of === null ? [UNKNOWN] : this.resolve({ value: of, scope }, depth);
    }
    return [UNKNOWN];
  }

  /** `{"a": f}["a"]`, `vars(m)["f"]`, `m.__dict__["f"]`, `sys.modules["m"]`. */
  #subscript(node: Expression & { readonly kind: 'subscript' }, scope: Scope, depth: number): readonly Meaning[] {
    const { object } = node;
    if (object.kind === 'sequence' || object.kind === 'dict') return this.#items({ value: object, scope }, depth);
    const [index] = node.indices;
    const names = index === undefined ? [] : this.#texts(index, scope, depth);
    if (object.kind === 'call') {
      const callees = this.resolve({ value: object.callee, scope }, depth);
      const isNamespace = callees.some((callee) => callee.kind === 'path' && NAMESPACES.has(callee.path));
      const [of] = object.args;
      if (!isNamespace || names.length === 0) return [UNKNOWN];
      const module = this.#scopes.module;
      if (of === undefined) return unite(names.map((name) => this.lookUp(name, module, depth)));
      const objects = this.resolve({ value: of.value, scope }, depth);
      return unite(names.flatMap((name) => objects.map((item) => this.#attribute(item, name, depth))));
    }
    const meanings = this.resolve({ value: object, scope }, depth);
    const found = meanings.flatMap((of): (readonly Meaning[])[] => {
      if (of.kind !== 'path') return [];
      if (of.path === 'sys.modules') return names.map((name) => [{ kind: 'path', path: name, bound: [] }]);
      if (!of.path.endsWith('.__dict__')) return [];
      const owner: Meaning = { kind: 'path', path: of.path.slice(0, -'.__dict__'.length), bound: [] };
      return names.map((name) => this.#attribute(owner, name, depth));
    });
    if (found.length > 0) return unite(found);
    return object.kind === 'name' ? this.#items({ value: object, scope }, depth) : [UNKNOWN];
  }
}

function join(module: string, name: string): string {
  return module === '' || module.endsWith('.') ? `${module}${name}` : `${module}.${name}`;
}

/** Each meaning once; too many are one that is not known besides the first. */
function unite(sets: readonly (readonly Meaning[])[]): readonly Meaning[] {
  if (sets.length === 1) return sets[0] ?? [];
  const seen = new Map<unknown, Meaning>();
  for (const set of sets) {
    for (const meaning of set) {
      const key = keyOf(meaning);
      if (seen.size < MAX_MEANINGS) seen.set(key, meaning);
      else if (!seen.has(key)) return [...seen.values(), UNKNOWN];
    }
  }
  return [...seen.values()];
}

function keyOf(meaning: Meaning): unknown {
  if (meaning.kind === 'unknown') return '?';
  // Two partials of one function differ in what they hold.
  if (meaning.kind !== 'instance' && meaning.bound.length > 0) return meaning;
  return meaning.kind === 'path' ? meaning.path : meaning.scope;
}
