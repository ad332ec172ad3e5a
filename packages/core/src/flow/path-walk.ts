import {
  DOWNLOADS,
  LOOKING_AT_ITEMS,
  NO_PATH_KEYWORDS,
  PARSING_METHODS,
  PASSING_METHODS,
} from '../catalogue/lookup.js';
import { append } from '../model/append.js';
import type { SourceOrigin } from '../model/source-fact.js';
import { codeLine } from '../python/code-text.js';
import type { PythonModule } from '../python/module.js';
import { Resolver, type Meaning } from '../python/resolve.js';
import { Scope, type Binding, type CallSite, type Scoped } from '../python/scope.js';
import type { CallExpression, Expression } from '../python/syntax.js';
import type { Work } from '../python/work.js';
import { Callers, isPrivateFunction, isProperty } from './callers.js';
import { SHOWN, type Found } from './found-origins.js';
import { MAX_ORIGIN_CALLS, MAX_STEPS_OF_AN_ORIGIN } from './limits.js';
import { lastName } from './member-source.js';
import { literalKey, type ModuleIndex } from './module-index.js';
import { namedOrigin, originOfText } from './path-text.js';

type Kind = SourceOrigin['kind'];

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

/** What other files say of names. */
export interface NamesElsewhere {
  /** Whether another file of the package has this name in it; true where that is not known. */
  readonly isNamedElsewhere: (name: string) => boolean;
  /** The texts that a name of another file can be; null where it may be anything else. */
  readonly textsElsewhere: (path: string) => readonly string[] | null;
}

/** One walk backwards, from the argument of one loader. */
export class PathWalk {
  readonly #module: PythonModule;
  readonly #index: ModuleIndex;
  readonly #options: NamesElsewhere;
  readonly #work: Work;
  readonly #found: Found;
  readonly #callers: Callers;
  readonly #waiting: Item[] = [];
  readonly #seen = new Map<Context | null, Set<Expression>>();
  readonly #contexts = new Map<Context | null, Map<CallExpression, Map<Scope, Context>>>();
  readonly #parameters = new Map<Scope, Set<string>>();
  readonly #attributes = new Map<Scope, Set<string>>();
  #steps = 0;

  constructor(module: PythonModule, index: ModuleIndex, options: NamesElsewhere, work: Work, found: Found) {
    this.#module = module;
    this.#index = index;
    this.#options = options;
    this.#work = work;
    this.#found = found;
    this.#callers = new Callers(module, index, options.isNamedElsewhere);
  }

  /** `loader`: what it gives back (`path = load(path)`) is of the origins of what it is given. */
  run(values: readonly Scoped[], loader: CallExpression): void {
    this.#seen.set(null, new Set([loader]));
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
    if (first !== null && parts.length === 1) this.#filled(null, literalKey(first));
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
    const isPrivate = isPrivateFunction(holder);
    if (this.#callers.isCommand(holder)) this.#add('user', text, definition);
    else if (!isPrivate) this.#add('parameter', text, definition);
    const callers = this.#callers.of(holder, () => this.#step());
    for (const site of callers) this.#given(site, holder, node.id, null, null);
    if (isPrivate && (callers.length === 0 || this.#callers.mayHaveOthers(holder)))
      this.#add('unknown', text, definition);
  }

  /** What a call gives for a parameter. */
  #given(site: CallSite, target: Scope, name: string, byDefault: Scoped | null, outer: Context | null): void {
    const { values, open } = this.#callers.given(site, target, name);
    if (open) this.#add('unknown', `${name} of ${codeLine(this.#module, site.call, SHOWN)}`, site.call);
    if (values.length === 0 && byDefault !== null) this.#push(byDefault.value, byDefault.scope, outer);
    for (const { value, scope } of values) this.#push(value, scope, outer);
  }
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
