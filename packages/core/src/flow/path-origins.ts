import {
  COMMAND_DECORATORS,
  COMMAND_MODULES,
  DOWNLOADS,
  LOADED_ARGUMENT,
  LOADS_DOWNLOAD,
  LOOKING_AT_ITEMS,
  NO_PATH_KEYWORDS,
  namedOrigin,
  originOfText,
  PARSING_METHODS,
  PASSING_METHODS,
  TRANSPARENT_DECORATORS,
} from '../catalogue/path-origins.js';
import { append } from '../model/append.js';
import { cut } from '../model/escape.js';
import type { SourceOrigin } from '../model/source-fact.js';
import { codeLine } from '../python/code-text.js';
import type { CallArguments, PythonModule } from '../python/module.js';
import { Resolver, type Meaning } from '../python/resolve.js';
import { Scope, type Binding, type CallSite, type Scoped } from '../python/scope.js';
import type { CallExpression, Expression } from '../python/syntax.js';
import { Work } from '../python/work.js';
import { MAX_ORIGIN_CALLS, MAX_ORIGIN_STEPS, MAX_STEPS_OF_AN_ORIGIN } from './limits.js';
import { lastName } from './member-source.js';
import { ModuleIndex } from './module-index.js';

type Kind = SourceOrigin['kind'];

/** UTF-16 units of an expression that are shown. */
const SHOWN = 80;

/** A call that leads into a function: its parameters are what this call gives. */
interface Context {
  readonly site: CallSite;
  readonly target: Scope;
  readonly outer: Context | null;
  readonly depth: number;
}

interface Item extends Scoped {
  readonly context: Context | null;
}

export interface PathOriginOptions {
  readonly checkTime: () => void;
  /** Whether another file of the package has this name in it; true where that is not known. */
  readonly isNamedElsewhere: (name: string) => boolean;
  /** The texts that a name of another file can be; null where it may be anything else. */
  readonly textsElsewhere: (path: string) => readonly string[] | null;
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
    if (site === null) return [{ kind: 'unknown', text: `${target} is handed on`, line: null }];
    const values = [
      ...(given.keywords.get(where.keyword) ?? []),
      ...given.positional.slice(where.position, where.position + 1),
    ];
    if (values.length === 0) found.add('unknown', 'no argument is seen', site.call);
    for (const origin of this.#options.received(site.call)) found.put(origin);
    new Walk(this.#module, this.#index(), this.#options, this.#work, found).run(values);
    return found.all();
  }

  #index(): ModuleIndex {
    return (this.#built ??= new ModuleIndex(this.#module, () => this.#work.step()));
  }
}

/** The first origin of each kind. */
class Found {
  readonly #module: PythonModule;
  readonly #kinds = new Map<Kind, SourceOrigin>();

  constructor(module: PythonModule) {
    this.#module = module;
  }

  add(kind: Kind, text: string, at: { readonly from: number } | null): void {
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

/** One walk backwards, from the argument of one loader. */
class Walk {
  readonly #module: PythonModule;
  readonly #index: ModuleIndex;
  readonly #options: PathOriginOptions;
  readonly #work: Work;
  readonly #found: Found;
  readonly #waiting: Item[] = [];
  readonly #seen = new Map<Context | null, Set<Expression>>();
  readonly #contexts = new Map<Context | null, Map<CallExpression, Map<Scope, Context>>>();
  readonly #parameters = new Map<Scope, Set<string>>();
  readonly #attributes = new Map<Scope, Set<string>>();
  #steps = 0;

  constructor(module: PythonModule, index: ModuleIndex, options: PathOriginOptions, work: Work, found: Found) {
    this.#module = module;
    this.#index = index;
    this.#options = options;
    this.#work = work;
    this.#found = found;
  }

  run(values: readonly Scoped[]): void {
    for (const { value, scope } of values) this.#push(value, scope, null);
    // What is written first comes first: the list grows while it is gone through.
    for (const item of this.#waiting) {
      this.#steps += 1;
      if (this.#steps > MAX_STEPS_OF_AN_ORIGIN || !this.#work.step()) {
        this.#found.add('unknown', 'too entangled to follow', item.value);
        break;
      }
      this.#visit(item.value, item.scope, item.context);
    }
    if (this.#found.isEmpty) this.#found.add('unknown', 'nothing that it could be is seen', values[0]?.value ?? null);
  }

  #push(value: Expression, scope: Scope, context: Context | null): void {
    let seen = this.#seen.get(context);
    if (seen === undefined) this.#seen.set(context, (seen = new Set()));
    if (seen.has(value)) return;
    seen.add(value);
    this.#waiting.push({ value, scope, context });
  }

  #pushAll(values: readonly Expression[], scope: Scope, context: Context | null): void {
    for (const value of values) this.#push(value, scope, context);
  }

  #add(kind: Kind, text: string, at: { readonly from: number }): void {
    this.#found.add(kind, text, at);
  }

  #unknown(at: Expression): void {
    this.#found.add('unknown', codeLine(this.#module, at, SHOWN), at);
  }

  #visit(node: Expression, scope: Scope, context: Context | null): void {
    switch (node.kind) {
      case 'name':
        return this.#name(node, scope, context);
      case 'attribute':
        return this.#attribute(node, scope, context);
      case 'call':
        return this.#call(node, scope, context);
      case 'subscript':
        return this.#push(node.object, scope, context);
      case 'string':
        return this.#string(node, scope, context);
      case 'number':
        return this.#add('constant', 'a number', node);
      // None and truth values are no paths.
      case 'constant':
        return;
      case 'sequence':
        return this.#pushAll(node.items, scope, context);
      case 'dict':
        return this.#pushAll(
          node.items.map(({ value }) => value),
          scope,
          context,
        );
      case 'operation':
        return this.#pushAll(node.operands, scope, context);
      case 'unary':
        return this.#push(node.operand, scope, context);
      case 'conditional':
        return this.#pushAll(node.results, scope, context);
      case 'walrus':
      case 'starred':
        return this.#push(node.value, scope, context);
      case 'comprehension': {
        const own = new Scope('comprehension', scope.path, scope);
        for (const [i, { target, iterable }] of node.clauses.entries()) {
          const of = { value: iterable, scope: i === 0 ? scope : own };
          for (const name of namesIn(target)) own.bindings.set(name, [{ kind: 'item', of }]);
        }
        return this.#pushAll(node.elements, own, context);
      }
      case 'await':
        return node.value === null ? this.#unknown(node) : this.#push(node.value, scope, context);
      case 'slice':
        return this.#pushAll(node.parts, scope, context);
      case 'unknown':
        this.#unknown(node);
        return this.#pushAll(node.parts, scope, context);
      default:
        return this.#unknown(node);
    }
  }

  /** What its fields are counts, and what its text begins with: `https://`. */
  #string(node: Expression & { readonly kind: 'string' }, scope: Scope, context: Context | null): void {
    for (const { fields } of node.pieces)
      for (const { value } of fields) if (value !== null) this.#push(value, scope, context);
    const parts = this.#module.textParts({ value: node, scope });
    const [first] = parts;
    // An empty text is no path.
    if (first === undefined || (first === '' && parts.length === 1)) return;
    this.#add(first === null ? 'constant' : originOfText(first), codeLine(this.#module, node, SHOWN), node);
  }

  #name(node: Expression & { readonly kind: 'name' }, scope: Scope, context: Context | null): void {
    const holder = Resolver.holder(node.id, scope);
    this.#filled(holder, node.id);
    if (holder === null) {
      if (/^__(?:file|path|name|package)__$/.test(node.id)) return this.#add('constant', node.id, node);
      return this.#paths(this.#module.resolve({ value: node, scope }), node);
    }
    for (const binding of holder.bindings.get(node.id) ?? []) this.#binding(binding, holder, node, context);
  }

  #binding(
    binding: Binding,
    holder: Scope,
    node: Expression & { readonly kind: 'name' },
    context: Context | null,
  ): void {
    switch (binding.kind) {
      case 'value':
      case 'item':
        return this.#push(binding.of.value, binding.of.scope, context);
      case 'import':
        return this.#path(this.#module.absolute(binding.path), node);
      case 'parameter':
        return this.#parameter(holder, node, binding.of, context);
      case 'unknown':
        return binding.part === null
          ? this.#unknown(node)
          : this.#push(binding.part.value, binding.part.scope, context);
      case 'instance':
      case 'function':
      case 'class':
        return this.#unknown(node);
    }
  }

  /** A call that downloads has this file among its arguments. */
  #filled(holder: Scope | null, name: string): void {
    const filler = this.#index.fillerOf(holder, name);
    if (filler !== null) this.#add('network', codeLine(this.#module, filler.call, SHOWN), filler.call);
  }

  #paths(meanings: readonly Meaning[], node: Expression): void {
    for (const meaning of meanings) {
      if (meaning.kind === 'path') this.#path(meaning.path, node);
      else this.#unknown(node);
    }
  }

  #path(path: string, node: Expression): void {
    const kind = namedOrigin(path);
    const texts = kind === null ? this.#options.textsElsewhere(path) : null;
    if (texts !== null) for (const text of texts) this.#add(originOfText(text), `${path} is ${text}`, node);
    else this.#add(kind === null || kind === 'arguments' ? 'unknown' : kind, path, node);
  }

  #attribute(node: Expression & { readonly kind: 'attribute' }, scope: Scope, context: Context | null): void {
    this.#filled(null, this.#module.textOf(node).slice(0, SHOWN));
    if (!this.#step()) return;
    const whole = this.#module.resolve({ value: node, scope });
    for (const of of whole) if (of.kind === 'path') this.#path(of.path, node);
    if (whole.every(({ kind }) => kind === 'path')) return;
    let isMember = false;
    for (const of of this.#module.resolve({ value: node.object, scope })) {
      const owner = of.kind === 'instance' || (of.kind === 'definition' && of.scope.kind === 'class') ? of.scope : null;
      if (owner === null) continue;
      isMember = true;
      this.#member(owner, node);
    }
    for (const { value, scope: own } of this.#index.writtenTo(node.name)) this.#push(value, own, null);
    if (!isMember) this.#push(node.object, scope, context);
  }

  /** What is assigned to an attribute in the class or its bases. */
  #member(owner: Scope, node: Expression & { readonly kind: 'attribute' }): void {
    const classes = [owner];
    const passed = new Set<Scope>();
    let isFound = false;
    for (let of = classes.pop(); of !== undefined && this.#step(); of = classes.pop()) {
      if (passed.has(of)) continue;
      passed.add(of);
      const bindings = [...(of.bindings.get(node.name) ?? []), ...(of.attributes.get(node.name) ?? [])];
      isFound ||= bindings.length > 0;
      if (bindings.length > 0 && this.#isNew(this.#attributes, of, node.name))
        for (const binding of bindings) this.#memberBinding(binding, node);
      const { parent, classArguments } = of;
      if (parent === null || bindings.length > 0) continue;
      for (const { value } of classArguments) {
        const bases = this.#module.resolve({ value, scope: parent });
        for (const base of bases)
          if (base.kind === 'definition' && base.scope.kind === 'class') classes.push(base.scope);
      }
    }
    if (!isFound) this.#unknown(node);
  }

  #memberBinding(binding: Binding, node: Expression & { readonly kind: 'attribute' }): void {
    if (binding.kind === 'value' || binding.kind === 'item') this.#push(binding.of.value, binding.of.scope, null);
    else if (binding.kind === 'unknown' && binding.part !== null)
      this.#push(binding.part.value, binding.part.scope, null);
    else if (binding.kind === 'function' && isProperty(binding.definition))
      this.#returned(binding.definition, node, null);
    else this.#unknown(node);
  }

  #isNew(known: Map<Scope, Set<string>>, scope: Scope, name: string): boolean {
    const names = known.get(scope);
    if (names?.has(name) === true) return false;
    if (names === undefined) known.set(scope, new Set([name]));
    else names.add(name);
    return true;
  }

  #step(): boolean {
    this.#steps += 1;
    return this.#work.step();
  }

  // Calls

  #call(node: CallExpression, scope: Scope, context: Context | null): void {
    if (!this.#step()) return;
    const name = lastName(node.callee);
    if (DOWNLOADS.test(name)) return this.#add('network', codeLine(this.#module, node, SHOWN), node);
    for (const meaning of this.#module.resolve({ value: node.callee, scope })) {
      if (meaning.kind === 'path') this.#callOfPath(meaning.path, node, scope, context);
      else if (meaning.kind === 'definition' && meaning.scope.kind === 'function')
        this.#returned(
          meaning.scope,
          node,
          this.#contextOf({ call: node, scope, when: 'call' }, meaning.scope, context),
        );
      else this.#callOfUnknown(node, name, scope, context);
    }
  }

  #callOfPath(path: string, node: CallExpression, scope: Scope, context: Context | null): void {
    const kind = namedOrigin(path);
    if (kind === null) return this.#callOfUnknown(node, lastName(node.callee), scope, context);
    if (kind !== 'arguments') return this.#add(kind, codeLine(this.#module, node, SHOWN), node);
    this.#operands(node, scope, context);
  }

  /** A method of what is not known gives a form of it, or anything. */
  #callOfUnknown(node: CallExpression, name: string, scope: Scope, context: Context | null): void {
    if (PARSING_METHODS.has(name)) return this.#add('user', codeLine(this.#module, node, SHOWN), node);
    if (node.callee.kind !== 'attribute' || !PASSING_METHODS.has(name)) this.#unknown(node);
    this.#operands(node, scope, context);
  }

  #operands(node: CallExpression, scope: Scope, context: Context | null): void {
    const last = lastName(node.callee);
    const looks = LOOKING_AT_ITEMS.has(last);
    for (const { name, value } of last === 'cast' ? node.args.slice(1) : node.args) {
      if (name !== null && NO_PATH_KEYWORDS.has(name)) continue;
      if (value.kind !== 'lambda') this.#push(value, scope, context);
      else if (!looks) this.#applied(value, node, scope, context);
    }
    // The name of a module is none; that of an object may be the path.
    const { callee } = node;
    if (callee.kind !== 'attribute') return;
    const isModule = this.#module.resolve({ value: callee.object, scope }).some(({ kind }) => kind === 'path');
    if (!isModule || callee.object.kind === 'call') this.#push(callee.object, scope, context);
  }

  /** `map(lambda name: join(folder, name), names)`: it is given items of the other arguments. */
  #applied(
    { parameters, body }: Expression & { readonly kind: 'lambda' },
    { args }: CallExpression,
    scope: Scope,
    context: Context | null,
  ): void {
    const own = new Scope('lambda', scope.path, scope);
    const items = args
      .filter(({ value }) => value.kind !== 'lambda')
      .map(({ value }): Binding => ({ kind: 'item', of: { value, scope } }));
    for (const { name } of parameters) own.bindings.set(name, [...items]);
    this.#push(body, own, context);
  }

  #contextOf(site: CallSite, target: Scope, outer: Context | null): Context | null {
    const depth = (outer?.depth ?? 0) + 1;
    if (depth > MAX_ORIGIN_CALLS) return null;
    let byCall = this.#contexts.get(outer);
    if (byCall === undefined) this.#contexts.set(outer, (byCall = new Map<CallExpression, Map<Scope, Context>>()));
    let byTarget = byCall.get(site.call);
    if (byTarget === undefined) byCall.set(site.call, (byTarget = new Map<Scope, Context>()));
    let known = byTarget.get(target);
    if (known === undefined) byTarget.set(target, (known = { site, target, outer, depth }));
    return known;
  }

  #returned(target: Scope, node: Expression, context: Context | null): void {
    const values = this.#index.returnsOf(target);
    if (values.length === 0) this.#unknown(node);
    this.#pushAll(values, target, context);
  }

  // Parameters

  #parameter(
    holder: Scope,
    node: Expression & { readonly kind: 'name' },
    byDefault: Scoped | null,
    context: Context | null,
  ): void {
    if (context !== null && context.target === holder)
      return this.#given(context.site, holder, node.id, byDefault, context.outer);
    if (!this.#isNew(this.#parameters, holder, node.id)) return;
    const { node: definition } = holder;
    if (definition?.kind !== 'function') return this.#unknown(node);
    if (byDefault !== null) this.#push(byDefault.value, byDefault.scope, null);
    const text = `parameter ${node.id} of ${holder.path}`;
    const isPrivate = this.#isPrivate(holder);
    if (this.#isCommand(holder)) this.#add('user', text, definition);
    else if (!isPrivate) this.#add('parameter', text, definition);
    let callers = 0;
    for (const site of this.#index.callsOf(calledAs(holder))) {
      if (!this.#step() || !this.#mayCall(site, holder, isPrivate)) continue;
      callers += 1;
      this.#given(site, holder, node.id, null, null);
    }
    if (isPrivate && (callers === 0 || this.#mayHaveOthers(holder))) this.#add('unknown', text, definition);
  }

  /** What a call gives for a parameter. */
  #given(site: CallSite, target: Scope, name: string, byDefault: Scoped | null, outer: Context | null): void {
    const { node } = target;
    if (node?.kind !== 'function') return;
    const { positional, keywords, open } = this.#module.arguments(site);
    const index = node.parameters.findIndex((parameter) => parameter.name === name);
    const star = node.parameters[index]?.star ?? '';
    const values = [...(keywords.get(name) ?? [])];
    const from = index - this.#shiftOf(site, target);
    if (star === '**') for (const own of keywords.values()) append(values, own);
    else if (from >= 0) append(values, positional.slice(from, star === '*' ? undefined : from + 1));
    if (open) this.#add('unknown', `${name} of ${codeLine(this.#module, site.call, SHOWN)}`, site.call);
    if (values.length === 0 && byDefault !== null) this.#push(byDefault.value, byDefault.scope, outer);
    for (const { value, scope } of values) this.#push(value, scope, outer);
  }

  /** Parameters that a call does not write down: `self`. */
  #shiftOf({ call, scope }: CallSite, target: Scope): number {
    const { ownerClass } = target;
    if (ownerClass === null || hasDecorator(target, 'staticmethod')) return 0;
    const { callee } = call;
    if (callee.kind !== 'attribute' || hasDecorator(target, 'classmethod')) return 1;
    if (callee.object.kind === 'call') return 1;
    const ofClass = this.#module
      .resolve({ value: callee.object, scope })
      .some((of) => of.kind === 'definition' && of.scope.kind === 'class');
    return ofClass && calledAs(target) === callee.name ? 0 : 1;
  }

  /** Of a private method also a call of that name on an object that is not known. */
  #mayCall(site: CallSite, target: Scope, isPrivate: boolean): boolean {
    const { ownerClass } = target;
    const byName = isPrivate && (ownerClass !== null || site.call.callee.kind === 'name');
    return this.#module
      .targets(site)
      .some(
        (of) =>
          (of.kind === 'unknown' && byName) ||
          (of.kind === 'definition' && (of.scope === target || (of.scope === ownerClass && ownerClass !== null))),
      );
  }

  #isPrivate(scope: Scope): boolean {
    if (isNested(scope)) return true;
    const name = scope.node?.name ?? '';
    return name.startsWith('_') && !/^__\w+__$/.test(name);
  }

  /** Somebody may call a private function whose call is not seen. */
  #mayHaveOthers(scope: Scope): boolean {
    const name = scope.node?.name ?? '';
    if (this.#index.escapes(name) || this.#index.looksUpNames) return true;
    const { node } = scope;
    const isPlain =
      node?.kind === 'function' && node.decorators.every((one) => TRANSPARENT_DECORATORS.has(nameOf(one)));
    return !isPlain || (!isNested(scope) && this.#options.isNamedElsewhere(name));
  }

  /** A command of click or typer: its parameters are options of the command line. */
  #isCommand({ node }: Scope): boolean {
    if (node?.kind !== 'function' || !node.decorators.some((one) => COMMAND_DECORATORS.has(nameOf(one)))) return false;
    return this.#module.imports.some(({ module }) => COMMAND_MODULES.test(module));
  }
}

function nameOf(decorator: Expression): string {
  return lastName(decorator.kind === 'call' ? decorator.callee : decorator);
}

function hasDecorator({ node }: Scope, name: string): boolean {
  return node?.kind === 'function' && node.decorators.some((one) => nameOf(one) === name);
}

function isProperty(scope: Scope): boolean {
  return hasDecorator(scope, 'property') || hasDecorator(scope, 'cached_property');
}

/** Nobody outside of a function sees what is defined in it. */
function isNested(scope: Scope): boolean {
  for (let at = scope.parent; at !== null; at = at.parent) if (at.kind === 'function') return true;
  return false;
}

/** The name by which a function is called: a class by its own, to make an instance. */
function calledAs(scope: Scope): string {
  const name = scope.node?.name ?? '';
  return (name === '__init__' || name === '__new__') && scope.ownerClass !== null
    ? (scope.ownerClass.node?.name ?? name)
    : name;
}

function namesIn(target: Expression): readonly string[] {
  const found: string[] = [];
  const waiting = [target];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'name') found.push(node.id);
    else if (node.kind === 'sequence') append(waiting, node.items);
    else if (node.kind === 'starred') waiting.push(node.value);
  }
  return found;
}
