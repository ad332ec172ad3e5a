// Recursion in this file: the depth of the tree, which the parser bounds (MAX_INDENT, MAX_NESTING).
import { CLIENT_MODULES, FILLS } from '../catalogue/lookup.js';
import type { PythonModule } from '../python/module.js';
import { Resolver } from '../python/resolve.js';
import type { CallSite, Scope, Scoped } from '../python/scope.js';
import type { Expression, Statement } from '../python/syntax.js';
import { lastName } from './member-source.js';

/** Methods and functions that write a file. */
const WRITES = new Set([
  'write_bytes',
  'write_text',
  'copyfileobj',
  'extractall',
  'extract',
  'unpack_archive',
  'copyfile',
  'move',
]);

/** What a module says of its own functions, attributes and files, by name. Built in one pass, when somebody asks. */
export class ModuleIndex {
  readonly #module: PythonModule;
  readonly #calls = new Map<string, CallSite[]>();
  readonly #returns = new Map<Scope, Expression[]>();
  readonly #written = new Map<string, Scoped[]>();
  /** Names that are used as values: what becomes of these is not followed. */
  readonly #escaping = new Set<string>();
  readonly #scopes = new Map<Statement, Scope>();
  /** Local names, and attributes as they are written, of files that calls fill. */
  readonly #filled = new Map<Scope | null, Map<string, CallSite>>();
  /** `getattr` of a name that is put together. */
  readonly looksUpNames: boolean;

  constructor(module: PythonModule, step: () => boolean) {
    this.#module = module;
    for (const { binding } of module.scope.all) {
      if (binding.kind === 'function' || binding.kind === 'class') {
        const { node } = binding.definition;
        if (node !== null) this.#scopes.set(node, binding.definition);
      } else if (binding.kind === 'value') {
        this.#escaping.add(lastName(binding.of.value));
      }
    }
    for (const { value } of module.uses) if (value.kind !== 'call') this.#escaping.add(lastName(value));
    const downloads = module.imports.some(({ module: from, name }) =>
      CLIENT_MODULES.test(name === null ? from : `${from}.${name}`),
    );
    let looksUp = false;
    for (const site of module.calls) {
      if (!step()) break;
      const name = lastName(site.call.callee);
      const known = this.#calls.get(name);
      if (known === undefined) this.#calls.set(name, [site]);
      else known.push(site);
      if (FILLS.test(name) || (downloads && this.#writes(name, site))) this.#fill(site, name);
      looksUp ||= name === 'getattr' && site.call.args[1]?.value.kind !== 'string';
    }
    this.looksUpNames = looksUp;
    this.#walk(module.body, module.scope);
  }

  /** The calls of what has this last name. */
  callsOf(name: string): readonly CallSite[] {
    return this.#calls.get(name) ?? [];
  }

  /** The values of the `return` and `yield` statements of a function. */
  returnsOf(scope: Scope): readonly Expression[] {
    return this.#returns.get(scope) ?? [];
  }

  /** What attributes of this name are set to, of objects other than `self`. */
  writtenTo(name: string): readonly Scoped[] {
    return this.#written.get(name) ?? [];
  }

  /** The name is used otherwise than to be called. */
  escapes(name: string): boolean {
    return this.#escaping.has(name);
  }

  /** The call that brings the file of this name over a network, or writes it in a module that downloads. */
  fillerOf(holder: Scope | null, name: string): CallSite | null {
    return this.#filled.get(holder)?.get(name) ?? null;
  }

  #writes(name: string, { call }: CallSite): boolean {
    if (WRITES.has(name)) return true;
    if (name !== 'open') return false;
    const mode = call.args.find((argument, i) => argument.name === 'mode' || (argument.name === null && i === 1));
    return mode?.value.kind === 'string' && /[wax]/.test(this.#module.textOf(mode.value));
  }

  /** Every name and attribute that stands in the arguments may be the file; so may the path that a method is called on. */
  #fill(site: CallSite, method: string): void {
    const { call, scope } = site;
    const waiting: Expression[] = call.args.map(({ value }) => value);
    if (WRITES.has(method) && call.callee.kind === 'attribute') waiting.push(call.callee.object);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node.kind === 'name') this.#mark(Resolver.holder(node.id, scope), node.id, site);
      else if (node.kind === 'attribute') this.#mark(null, this.#module.textOf(node), site);
      else if (node.kind === 'call') for (const { value } of node.args) waiting.push(value);
      else if (node.kind === 'operation') for (const operand of node.operands) waiting.push(operand);
      else if (node.kind === 'string') {
        const [text, more] = this.#module.textParts({ value: node, scope });
        if (typeof text === 'string' && more === undefined) this.#mark(null, literalKey(text), site);
        for (const { fields } of node.pieces) for (const { value } of fields) if (value !== null) waiting.push(value);
      }
    }
  }

  #mark(holder: Scope | null, name: string, site: CallSite): void {
    let known = this.#filled.get(holder);
    if (known === undefined) this.#filled.set(holder, (known = new Map<string, CallSite>()));
    if (!known.has(name)) known.set(name, site);
  }

  #walk(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) {
      switch (statement.kind) {
        case 'function':
        case 'class': {
          const own = this.#scopes.get(statement);
          if (own !== undefined) this.#walk(statement.body, own);
          break;
        }
        case 'compound':
          for (const { body: inner } of statement.clauses) this.#walk(inner, scope);
          break;
        case 'return':
          for (const value of statement.values) this.#gives(scope, value);
          break;
        case 'expression':
          if (statement.value.kind === 'yield' && statement.value.value !== null)
            this.#gives(scope, statement.value.value);
          break;
        case 'assign':
          for (const target of statement.targets)
            if (target.kind === 'attribute' && statement.value !== null)
              this.#writesAttribute(target, { value: statement.value, scope });
          break;
        default:
      }
    }
  }

  #gives(scope: Scope, value: Expression): void {
    const known = this.#returns.get(scope);
    if (known === undefined) this.#returns.set(scope, [value]);
    else known.push(value);
  }

  #writesAttribute({ object, name }: Expression & { readonly kind: 'attribute' }, value: Scoped): void {
    const bindings = object.kind === 'name' ? Resolver.bindings(object.id, value.scope) : null;
    if (bindings?.some(({ kind }) => kind === 'instance') === true) return;
    const known = this.#written.get(name);
    if (known === undefined) this.#written.set(name, [value]);
    else known.push(value);
  }
}

/** A path that is written down, apart from names. */
export function literalKey(text: string): string {
  return `'${text}'`;
}
