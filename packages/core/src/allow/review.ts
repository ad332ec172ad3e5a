import type { Meaning } from '../python/resolve.js';
import type { Binding, CallSite, Scope, Scoped } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { findAllowed } from '../catalogue/allowed.js';
import { ATTRIBUTE_BUILTINS } from '../catalogue/lookup.js';
import type { Hazard } from '../catalogue/hazard.js';
import { cut } from '../model/escape.js';
import { judgeInSource } from './danger-in-source.js';
import type { AllowRole } from '../model/allow-role.js';
import { storedArguments } from './stored-arguments.js';
import { LOAD_METHODS, METACLASS_METHODS } from './load-methods.js';
import { SourceTree, type Definition, type FindSource, type TreeModule } from './source-tree.js';
import { MAX_DANGERS, MAX_FOLLOWED } from '../model/limits.js';

/** A line of a source. */
export interface SourcePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A call that runs while the entry is looked up, called or given a state, and that needs a review. */
export interface DangerousCall extends SourcePlace {
  /** Text of the call. */
  readonly call: string;
  /** What is called, by its full name. */
  readonly callee: string;
  readonly hazard: Hazard;
  readonly why: string;
  /** What leads to it: `mylib.Net.__setstate__`, `import of mylib.model`. */
  readonly via: string;
}

export interface SourceReview {
  readonly found: 'class' | 'function' | 'value' | 'unread' | 'nothing';
  /** Full name of the definition, where the entry is a re-export of it. */
  readonly definition: string | null;
  readonly where: SourcePlace | null;
  /** Methods that a stream can make run, of the class and its bases in the tree. */
  readonly methods: readonly (SourcePlace & { readonly name: string })[];
  readonly dangers: readonly DangerousCall[];
  /** What could hold more, and was not read. */
  readonly unseen: readonly string[];
  /** Modules outside of the tree that looking the entry up imports. */
  readonly imports: readonly string[];
}

const CALL_LENGTH = 120;

/** Bases outside of the tree that add nothing that runs code of their own while an instance is built. */
const PLAIN_BASES = new Set(
  'builtins.object abc.ABC typing.Generic typing.Protocol typing_extensions.Protocol typing.NamedTuple enum.Enum enum.IntEnum enum.StrEnum enum.Flag enum.IntFlag builtins.dict builtins.list builtins.tuple builtins.set builtins.frozenset builtins.int builtins.float builtins.str builtins.bytes builtins.Exception builtins.ValueError builtins.RuntimeError builtins.KeyError builtins.TypeError collections.OrderedDict collections.UserDict collections.UserList torch.nn.Module torch.nn.modules.module.Module torch.nn.modules.Module sklearn.base.BaseEstimator sklearn.base.TransformerMixin sklearn.base.ClassifierMixin sklearn.base.RegressorMixin'.split(
    ' ',
  ),
);

/** Reads what an entry names in a source tree: what runs when a stream looks it up, calls it or gives it a state. */
export function reviewSource(entry: string, find: FindSource, role: AllowRole = 'bare'): SourceReview {
  return new Review(entry, new SourceTree(find), role).run();
}

type ReadModule = Definition['module'];

class Review {
  readonly #entry: string;
  readonly #tree: SourceTree;
  readonly #methods: (SourcePlace & { readonly name: string })[] = [];
  readonly #dangers = new Map<string, DangerousCall>();
  readonly #unseen = new Set<string>();
  readonly #imports = new Set<string>();
  /** Scopes whose code was reviewed already. */
  readonly #followed = new Set<Scope>();
  readonly #imported = new Set<string>();
  readonly #classes = new Set<Scope>();
  readonly #sites = new Map<ReadModule, Map<Scope, CallSite[]>>();
  /** Classes and functions that are still to be reviewed: they lead to each other to any depth. */
  readonly #waiting: (() => void)[] = [];
  #left = 0;

  readonly #role: AllowRole;

  constructor(entry: string, tree: SourceTree, role: AllowRole) {
    this.#role = role;
    this.#entry = entry;
    this.#tree = tree;
  }

  run(): SourceReview {
    const found = this.#tree.find(this.#entry);
    if (found === null) {
      this.#unseen.add(`${this.#entry} is not in the source`);
      return this.#result('nothing', null);
    }
    if ('kind' in found) {
      this.#unseen.add(`${found.path}: ${found.reason}`);
      return this.#result('unread', null);
    }
    this.#importChain(found.module.name);
    // The packages that the entry itself names are imported too, where it is a re-export.
    const dot = this.#entry.lastIndexOf('.');
    if (this.#tree.module(this.#entry.slice(0, dot)) !== null) this.#importChain(this.#entry.slice(0, dot));
    const { module, scope, name } = found;
    if (scope === null) {
      this.#unseen.add(`${name} is assigned, not defined: what it is shows only when ${module.name} runs`);
      return this.#result('value', found);
    }
    if (scope.kind === 'class') this.#class(module, scope, name);
    else {
      this.#follow(module, scope, name);
      if (this.#role === 'maker') this.#stored(module, scope, name);
    }
    return this.#result(scope.kind === 'class' ? 'class' : 'function', found);
  }

  /** A maker that hands its arguments on gives the stream a second name for what was judged under the first. */
  #stored(module: ReadModule, { node }: Scope, name: string): void {
    if (node?.kind !== 'function') return;
    for (const { how, parameter, at } of storedArguments(node)) {
      const does = how === 'returned' ? 'hands back its argument' : 'keeps its argument';
      const why = `It ${does} ${parameter}: what a stream gives it can be changed under another name afterwards.`;
      this.#danger(module, at, name, 'introspection', why, name);
    }
  }

  #result(found: SourceReview['found'], definition: Definition | null): SourceReview {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) next();
    if (this.#left > 0) this.#unseen.add(`${this.#left} further calls, or functions behind ${MAX_FOLLOWED} others`);
    const node = definition?.scope?.node ?? null;
    const order = (a: DangerousCall, b: DangerousCall): number =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column;
    return {
      found,
      definition: definition === null || definition.name === this.#entry ? null : definition.name,
      where: definition === null || node === null ? null : lineOf(definition.module, node.from),
      methods: this.#methods,
      dangers: [...this.#dangers.values()].toSorted(order),
      unseen: [...this.#unseen],
      imports: [...this.#imports].toSorted(),
    };
  }

  /** What importing a module runs: its own code, that of the packages above it, and of what these import. */
  #importChain(name: string): void {
    const waiting = [name];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#imported.has(next)) continue;
      this.#imported.add(next);
      const parent = next.lastIndexOf('.');
      if (parent > 0) waiting.push(next.slice(0, parent));
      const module = this.#tree.module(next);
      if (module === null) {
        // `from package import name` names a module or a member of one.
        const owner = parent > 0 ? this.#tree.module(next.slice(0, parent)) : null;
        if (owner === null && !this.#isNamespace(next)) this.#imports.add(next.split('.', 1)[0] ?? next);
        continue;
      }
      if (module.kind === 'unread') {
        this.#unseen.add(`${module.path}: ${module.reason}`);
        continue;
      }
      this.#problems(module);
      this.#calls(module, module.python.scope, `import of ${module.name}`);
      for (const { module: from, name: member, when } of module.python.imports) {
        if (when !== 'import') continue;
        const path = module.python.absolute(from);
        if (path === '' || path.startsWith('.')) continue;
        waiting.push(path);
        if (member !== null && member !== '*' && this.#tree.module(`${path}.${member}`) !== null)
          waiting.push(`${path}.${member}`);
      }
    }
  }

  /** A folder without `__init__.py`, of which modules were read. */
  #isNamespace(name: string): boolean {
    return [...this.#imported].some((other) => other.startsWith(`${name}.`) && this.#tree.module(other) !== null);
  }

  #problems(module: ReadModule): void {
    const { problems, problemCount } = module.python;
    const limit = problems.find((problem) => problem.limit);
    if (limit !== undefined) this.#unseen.add(`${module.path}: ${limit.message}`);
    const [first] = problems;
    if (first === undefined || problemCount === 0) return;
    const { line } = module.python.position(first.at);
    this.#unseen.add(`${module.path}:${line}: no valid Python: ${first.message}; what could be read was read`);
  }

  #class(module: ReadModule, scope: Scope, name: string): void {
    if (this.#classes.has(scope)) return;
    this.#classes.add(scope);
    this.#methodsOf(module, scope, name, LOAD_METHODS);
    for (const [member, bindings] of scope.bindings) {
      for (const binding of bindings)
        if (isSetter(binding)) this.#method(module, binding, `${name}.${member} (setter)`);
    }
    const parent = scope.parent ?? module.python.scope;
    for (const { name: keyword, star, value } of scope.classArguments) {
      if (star !== '') this.#unseen.add(`${name}: bases or keywords that are put together while it runs`);
      else if (keyword === null) this.#base(module, { value, scope: parent }, name, 'base class');
      else if (keyword === 'metaclass') this.#base(module, { value, scope: parent }, name, 'metaclass');
    }
    if (scope.node === null) return;
    for (const decorator of scope.node.decorators) {
      const callee = decorator.kind === 'call' ? decorator.callee : decorator;
      const known = module.python.resolve({ value: callee, scope: parent }).every((of) => this.#isPlainDecorator(of));
      if (!known)
        this.#unseen.add(`${name}: what its decorator ${cut(module.python.textOf(callee), CALL_LENGTH)} makes of it`);
    }
  }

  #isPlainDecorator(of: Meaning): boolean {
    return (
      of.kind === 'path' &&
      /^(?:dataclasses\.dataclass|functools\.total_ordering|typing\.(?:final|runtime_checkable)|enum\.unique)$/.test(
        of.path,
      )
    );
  }

  #methodsOf(module: ReadModule, scope: Scope, name: string, wanted: ReadonlySet<string>): void {
    for (const method of wanted) {
      for (const binding of scope.bindings.get(method) ?? []) {
        if (binding.kind === 'function') this.#method(module, binding, `${name}.${method}`);
        else this.#assigned(module, binding, `${name}.${method}`);
      }
    }
  }

  #method(module: ReadModule, binding: Binding & { readonly kind: 'function' | 'class' }, name: string): void {
    const { node } = binding.definition;
    if (node !== null) this.#methods.push({ ...lineOf(module, node.from), name });
    this.#follow(module, binding.definition, name);
  }

  /** `__setstate__ = something` */
  #assigned(module: ReadModule, binding: Binding, name: string): void {
    if (binding.kind !== 'value' && binding.kind !== 'import') return;
    const meanings: readonly Meaning[] =
      binding.kind === 'value'
        ? module.python.resolve(binding.of)
        : [{ kind: 'path', path: module.python.absolute(binding.path), bound: [] }];
    for (const of of meanings) {
      if (of.kind === 'path')
        this.#path(module, of.path, null, name, binding.kind === 'value' ? binding.of.value : null);
      else if (of.kind === 'definition') this.#follow(module, of.scope, name);
      else this.#unseen.add(`${name} is assigned from what cannot be followed`);
    }
  }

  #base(module: ReadModule, of: Scoped, name: string, role: 'base class' | 'metaclass'): void {
    const wanted = role === 'metaclass' ? METACLASS_METHODS : null;
    const take = (owner: ReadModule, scope: Scope, path: string): void => {
      if (scope.kind !== 'class') this.#unseen.add(`${name}: its ${role} ${path} is no class`);
      else if (wanted === null) this.#waiting.push(() => this.#class(owner, scope, path));
      else this.#methodsOf(owner, scope, path, wanted);
    };
    const { value, scope } = of;
    const plain = value.kind === 'subscript' ? value.object : value;
    for (const meaning of module.python.resolve({ value: plain, scope })) {
      if (meaning.kind === 'definition') take(module, meaning.scope, `${module.name}.${meaning.scope.path}`);
      else if (meaning.kind === 'path') {
        const found = this.#tree.find(meaning.path);
        if (found !== null && !('kind' in found) && found.scope !== null) {
          this.#importChain(found.module.name);
          take(found.module, found.scope, found.name);
        } else if (found !== null && 'kind' in found) {
          this.#unseen.add(`${role} ${meaning.path}: ${found.reason}`);
        } else if (!this.#isPlainBase(meaning.path, role)) {
          this.#unseen.add(`${role} ${meaning.path}: not in the source`);
        }
      } else {
        this.#unseen.add(`${name}: its ${role} ${cut(module.python.textOf(value), CALL_LENGTH)} is computed`);
      }
    }
  }

  #isPlainBase(path: string, role: string): boolean {
    if (role === 'metaclass') return path === 'abc.ABCMeta' || path === 'builtins.type' || path === 'enum.EnumMeta';
    if (PLAIN_BASES.has(path)) return true;
    const dot = path.lastIndexOf('.');
    const group = findAllowed(path.slice(0, dot), path.slice(dot + 1));
    return group !== undefined && group.storedOnly !== true;
  }

  /** Looks at the code of a function, and at what it calls in the tree. */
  #follow(module: ReadModule, start: Scope, name: string): void {
    if (this.#followed.has(start)) return;
    if (this.#followed.size >= MAX_FOLLOWED) {
      this.#left += 1;
      return;
    }
    this.#followed.add(start);
    this.#waiting.push(() => this.#calls(module, start, name));
  }

  #calls(module: ReadModule, scope: Scope, via: string): void {
    for (const site of this.#sitesOf(module).get(scope) ?? []) {
      if (scope.kind === 'module' && site.when !== 'import') continue;
      this.#call(module, site, via);
    }
  }

  /** Calls by the function that they run in; those of class bodies and lambdas count to what is around them. */
  #sitesOf(module: ReadModule): Map<Scope, CallSite[]> {
    const known = this.#sites.get(module);
    if (known !== undefined) return known;
    const found = new Map<Scope, CallSite[]>();
    for (const site of module.python.calls) {
      let scope: Scope = site.scope;
      while (scope.kind !== 'function' && scope.parent !== null) scope = scope.parent;
      const own = found.get(scope);
      if (own === undefined) found.set(scope, [site]);
      else own.push(site);
    }
    this.#sites.set(module, found);
    return found;
  }

  #call(module: ReadModule, site: CallSite, via: string): void {
    const { call, scope } = site;
    for (const of of module.python.targets(site)) {
      if (of.kind === 'path') this.#path(module, of.path, site, via, call);
      else if (of.kind === 'definition') this.#definition(module, of.scope, via);
    }
    for (const { value } of call.args) {
      if (value.kind === 'name' || value.kind === 'attribute') this.#handedOn(module, { value, scope }, site, via);
    }
    if (site.when === 'call' && callsParameter(call.callee, scope)) {
      const why = 'It calls what it is given: a stream can give it any callable that is allowed.';
      this.#danger(module, call, module.python.textOf(call.callee), 'execution', why, via);
    }
  }

  #definition(module: ReadModule, scope: Scope, via: string): void {
    if (scope.kind !== 'class') return this.#follow(module, scope, via);
    for (const method of ['__new__', '__init__', '__post_init__']) {
      for (const binding of scope.bindings.get(method) ?? [])
        if (binding.kind === 'function') this.#follow(module, binding.definition, via);
    }
  }

  #path(module: ReadModule, path: string, site: CallSite | null, via: string, at: Expression | null): void {
    if (site !== null && ATTRIBUTE_BUILTINS.has(path)) return this.#attributeByName(module, site, path, via);
    const danger = judgeInSource(path);
    if (danger !== null) {
      if (at !== null) this.#danger(module, at, path, danger.hazard, danger.why, via);
      return;
    }
    const found = path.startsWith('builtins.') ? null : this.#tree.find(path);
    if (found === null || 'kind' in found || found.scope === null) return;
    this.#definition(found.module, found.scope, via);
  }

  /** `getattr(x, name)` with a name that is no constant. */
  #attributeByName(module: ReadModule, site: CallSite, path: string, via: string): void {
    const [, name] = module.python.arguments(site).positional;
    if (name !== undefined && module.python.constants(name).complete) return;
    const why = 'It fetches or sets an attribute by a name that is no constant.';
    this.#danger(module, site.call, path, 'introspection', why, via);
  }

  #handedOn(module: ReadModule, of: Scoped, site: CallSite, via: string): void {
    for (const meaning of module.python.resolve(of)) {
      const danger = meaning.kind === 'path' ? judgeInSource(meaning.path) : null;
      if (meaning.kind === 'path' && danger?.primitive === true)
        this.#danger(module, site.call, meaning.path, danger.hazard, `It is handed on here. ${danger.why}`, via);
    }
  }

  #danger(module: ReadModule, at: Expression, callee: string, hazard: Hazard, why: string, via: string): void {
    const where = lineOf(module, at.from);
    const key = `${where.path}:${where.line}:${where.column}:${callee}`;
    if (this.#dangers.has(key)) return;
    if (this.#dangers.size >= MAX_DANGERS) {
      this.#left += 1;
      return;
    }
    const call = cut(module.python.textOf(at).replaceAll(/\s+/g, ' '), CALL_LENGTH);
    this.#dangers.set(key, { ...where, call, callee, hazard, why, via });
  }
}

function lineOf(module: TreeModule & { readonly kind: 'module' }, at: number): SourcePlace {
  const { line, column } = module.python.position(at);
  return { path: module.path, line, column };
}

/** A function under `@name.setter`. */
function isSetter(binding: Binding): binding is Binding & { readonly kind: 'function' } {
  if (binding.kind !== 'function') return false;
  const decorators = binding.definition.node?.decorators ?? [];
  return decorators.some((decorator) => decorator.kind === 'attribute' && decorator.name === 'setter');
}

/** `given(x)` and `given[key](x)`, where `given` is a parameter without a default. */
function callsParameter(callee: Expression, scope: Scope): boolean {
  let root = callee;
  while (root.kind === 'subscript') root = root.object;
  if (root.kind !== 'name') return false;
  const { id } = root;
  for (let at: Scope | null = scope; at !== null && at.kind !== 'module'; at = at.parent) {
    const found = at.bindings.get(id);
    if (found !== undefined) return found.some(({ kind }) => kind === 'parameter');
  }
  return false;
}
