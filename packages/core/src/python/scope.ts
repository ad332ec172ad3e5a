// Recursion in this file: the depth of the tree, which the parser bounds (MAX_INDENT, MAX_NESTING).
import type { Argument, CallExpression, ClassStatement, Expression, FunctionStatement, Statement } from './syntax.js';

/** A name with one of its bindings, in any scope. */
export interface NamedBinding {
  readonly name: string;
  readonly binding: Binding;
}

/** An expression with the scope that its names are looked up in. */
export interface Scoped {
  readonly value: Expression;
  readonly scope: Scope;
}

/** One binding of a name. A name may have several: which of them is in effect at a line is not followed. */
export type Binding =
  /** `import a.b` (path `a`), `import a.b as c` (`a.b`), `from a import b` (`a.b`); leading dots are relative. */
  | { readonly kind: 'import'; readonly path: string; readonly at: number }
  | { readonly kind: 'value'; readonly of: Scoped }
  /** One of the items of it: the target of a loop. */
  | { readonly kind: 'item'; readonly of: Scoped }
  | { readonly kind: 'function' | 'class'; readonly definition: Scope }
  /** A parameter; `of` is its default. */
  | { readonly kind: 'parameter'; readonly of: Scoped | null }
  /** The first parameter of a method. */
  | { readonly kind: 'instance'; readonly of: Scope }
  /** Something that is made of `part`, where that is known: `with part as name`, `name, other = part`, `name += part`. */
  | { readonly kind: 'unknown'; readonly part: Scoped | null };

export type ScopeKind = 'module' | 'class' | 'function' | 'lambda' | 'comprehension';

/** When code of the scope runs: as soon as the module is imported, as a program only, or when something calls it. */
export type When = 'import' | 'main' | 'call';

export class Scope {
  readonly kind: ScopeKind;
  /** As `__qualname__`, without `<locals>`; empty for a module. */
  readonly path: string;
  readonly parent: Scope | null;
  readonly node: FunctionStatement | ClassStatement | null;
  readonly bindings = new Map<string, Binding[]>();
  /** What `self.name = …` gives in the methods of a class. */
  readonly attributes = new Map<string, Binding[]>();
  /** Modules of `from module import *`. */
  readonly stars: string[] = [];
  /** Names that `global` or `nonlocal` give to an outer scope. */
  readonly outer = new Map<string, Scope>();
  /** Every binding of the file, shared by its scopes. */
  readonly all: NamedBinding[];
  /** Stands for the instances of a class, where the scope stands for the class. */
  readonly instance: object = {};

  constructor(kind: ScopeKind, path: string, parent: Scope | null, node: Scope['node'] = null) {
    this.kind = kind;
    this.path = path;
    this.parent = parent;
    this.node = node;
    this.all = parent?.all ?? [];
  }

  bind(name: string, binding: Binding): void {
    this.all.push({ name, binding });
    const scope = this.outer.get(name) ?? this;
    const known = scope.bindings.get(name);
    if (known === undefined) scope.bindings.set(name, [binding]);
    else known.push(binding);
  }

  /** Base classes and keywords of a class; empty for anything else. */
  get classArguments(): readonly Argument[] {
    return this.node?.kind === 'class' ? this.node.args : [];
  }

  /** The scope of the class that this is a method of. */
  get ownerClass(): Scope | null {
    return this.kind === 'function' && this.parent?.kind === 'class' ? this.parent : null;
  }
}

/** A call with its scope. */
export interface CallSite {
  readonly call: CallExpression;
  readonly scope: Scope;
  readonly when: When;
}

/** What is done with an expression: `plain` where that does not hand it on to anything that is not followed. */
type Position = 'plain' | 'argument' | 'item' | 'result' | 'decorator' | 'callee' | 'inner';

/** A name, an attribute or the result of a call that is not called there, but may be handed on. */
export interface UseSite {
  readonly value: Expression;
  readonly scope: Scope;
  readonly when: When;
  readonly position: Exclude<Position, 'callee' | 'inner'>;
  /** The call that it is an argument of. */
  readonly call: CallExpression | null;
}

export interface ImportSite {
  /** The module; leading dots are relative. */
  readonly module: string;
  /** Imported name, null for the module itself, `*` for all. */
  readonly name: string | null;
  readonly at: number;
  readonly scope: Scope;
  readonly when: When;
}

/** What one pass over the statements gives. */
export interface Scopes {
  readonly module: Scope;
  readonly calls: readonly CallSite[];
  readonly imports: readonly ImportSite[];
  /** Attributes in any expression, names and calls where they are handed on. */
  readonly uses: readonly UseSite[];
  /** Every class and function, by its path; the last definition of a path counts. */
  readonly definitions: ReadonlyMap<string, Scope>;
}

/** `text`: of the source that the statements were parsed from. */
export function buildScopes(body: readonly Statement[], text: string): Scopes {
  const builder = new Builder(text);
  builder.statements(body, builder.module, 'import');
  return builder;
}

class Builder implements Scopes {
  readonly module = new Scope('module', '', null);
  readonly calls: CallSite[] = [];
  readonly imports: ImportSite[] = [];
  readonly uses: UseSite[] = [];
  readonly definitions = new Map<string, Scope>();
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  statements(body: readonly Statement[], scope: Scope, when: When): void {
    for (const statement of body) this.#statement(statement, scope, when);
  }

  #statement(statement: Statement, scope: Scope, when: When): void {
    switch (statement.kind) {
      case 'expression':
        return this.#read(statement.value, scope, when);
      case 'assign':
        if (statement.annotation !== null) this.#read(statement.annotation, scope, when);
        if (statement.value !== null) this.#readAssigned(statement.value, statement.targets, scope, when);
        for (const target of statement.targets) {
          this.#readTarget(target, scope, when);
          if (statement.value !== null) this.#assign(target, statement.value, scope);
        }
        return;
      case 'augmented':
        this.#read(statement.value, scope, when);
        this.#read(statement.target, scope, when);
        return this.#unknown(statement.target, scope, { value: statement.value, scope });
      case 'import':
      case 'from':
        return this.#import(statement, scope, when);
      case 'global':
      case 'nonlocal':
        for (const name of statement.names)
          scope.outer.set(name, statement.kind === 'global' ? this.module : outerFunction(scope));
        return;
      case 'delete':
        for (const target of statement.targets) this.#read(target, scope, when);
        return;
      case 'return':
      case 'other':
        for (const value of statement.values)
          this.#read(value, scope, when, statement.kind === 'return' ? 'result' : 'plain');
        return;
      case 'function':
        return this.#function(statement, scope, when);
      case 'class':
        return this.#class(statement, scope, when);
      case 'compound':
        for (const { keyword, values, targets, body } of statement.clauses) {
          for (const value of values) this.#read(value, scope, when);
          for (const target of targets) {
            this.#readTarget(target, scope, when);
            const [of] = values;
            if (keyword === 'for' && of !== undefined && target.kind === 'name')
              scope.bind(target.id, { kind: 'item', of: { value: of, scope } });
            else this.#unknown(target, scope, of === undefined ? null : { value: of, scope });
          }
          this.statements(
            body,
            scope,
            keyword === 'if' && when === 'import' && isMain(values[0], this.#text) ? 'main' : when,
          );
        }
    }
  }

  /** What a name or an attribute gets is followed; what is stored anywhere else is not. */
  #readAssigned(value: Expression, targets: readonly Expression[], scope: Scope, when: When): void {
    const isFollowed = targets.every(({ kind }) => kind === 'name' || kind === 'attribute');
    const isTuple = targets.every(({ kind }) => kind === 'sequence') && value.kind === 'sequence';
    if (isTuple) this.#readAll(value.items, scope, when);
    else this.#read(value, scope, when, isFollowed ? 'plain' : 'item');
  }

  #import(statement: Statement & { readonly kind: 'import' | 'from' }, scope: Scope, when: When): void {
    if (statement.kind === 'import') {
      for (const { name, alias, from } of statement.names) {
        this.imports.push({ module: name, name: null, at: from, scope, when });
        const bound = alias ?? name.split('.', 1)[0] ?? name;
        scope.bind(bound, { kind: 'import', path: alias === null ? bound : name, at: from });
      }
      return;
    }
    const module = '.'.repeat(statement.level) + statement.module;
    if (statement.names === null) {
      scope.stars.push(module);
      this.imports.push({ module, name: '*', at: statement.from, scope, when });
      return;
    }
    const joint = statement.module === '' ? '' : '.';
    for (const { name, alias, from } of statement.names) {
      this.imports.push({ module, name, at: from, scope, when });
      scope.bind(alias ?? name, { kind: 'import', path: `${module}${joint}${name}`, at: from });
    }
  }

  #define(scope: Scope, node: FunctionStatement | ClassStatement): Scope {
    const path = scope.path === '' ? node.name : `${scope.path}.${node.name}`;
    const definition = new Scope(node.kind, path, scope, node);
    scope.bind(node.name, { kind: node.kind, definition });
    this.definitions.set(path, definition);
    return definition;
  }

  #function(node: FunctionStatement, scope: Scope, when: When): void {
    for (const decorator of node.decorators) this.#read(decorator, scope, when, 'decorator');
    for (const annotation of node.annotations) this.#read(annotation, scope, when);
    const own = this.#define(scope, node);
    const isStatic = node.decorators.some((decorator) => decorator.kind === 'name' && decorator.id === 'staticmethod');
    for (const [i, { name, star, annotation, default: value }] of node.parameters.entries()) {
      if (annotation !== null) this.#read(annotation, scope, when);
      if (value !== null) this.#read(value, scope, when);
      if (i === 0 && star === '' && scope.kind === 'class' && !isStatic)
        own.bind(name, { kind: 'instance', of: scope });
      else own.bind(name, { kind: 'parameter', of: value === null ? null : { value, scope } });
    }
    this.statements(node.body, own, 'call');
  }

  #class(node: ClassStatement, scope: Scope, when: When): void {
    for (const decorator of node.decorators) this.#read(decorator, scope, when, 'decorator');
    for (const { value } of node.args) this.#read(value, scope, when);
    this.statements(node.body, this.#define(scope, node), when);
  }

  #assign(target: Expression, value: Expression, scope: Scope): void {
    if (target.kind === 'name') {
      scope.bind(target.id, { kind: 'value', of: { value, scope } });
    } else if (target.kind === 'attribute') {
      this.#assignAttribute(target, { kind: 'value', of: { value, scope } }, scope);
    } else if (target.kind === 'sequence') {
      const items = value.kind === 'sequence' && value.items.length === target.items.length ? value.items : null;
      for (const [i, own] of target.items.entries()) {
        const item = items?.[i];
        if (item === undefined || own.kind === 'starred' || item.kind === 'starred')
          this.#unknown(own, scope, { value, scope });
        else this.#assign(own, item, scope);
      }
    } else {
      this.#unknown(target, scope, { value, scope });
    }
  }

  #assignAttribute(target: Expression & { readonly kind: 'attribute' }, binding: Binding, scope: Scope): void {
    const { object, name } = target;
    if (object.kind !== 'name') return;
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const known = at.bindings.get(object.id);
      if (known === undefined) continue;
      for (const own of known) {
        const owner = own.kind === 'instance' ? own.of : own.kind === 'class' ? own.definition : null;
        if (owner === null) continue;
        scope.all.push({ name, binding });
        const attributes = owner.attributes.get(name);
        if (attributes === undefined) owner.attributes.set(name, [binding]);
        else attributes.push(binding);
      }
      return;
    }
  }

  #unknown(target: Expression, scope: Scope, part: Scoped | null): void {
    if (target.kind === 'name') scope.bind(target.id, { kind: 'unknown', part });
    else if (target.kind === 'attribute') this.#assignAttribute(target, { kind: 'unknown', part }, scope);
    else if (target.kind === 'starred') this.#unknown(target.value, scope, part);
    else if (target.kind === 'sequence') for (const item of target.items) this.#unknown(item, scope, part);
  }

  /** Finds the calls in an expression, and what it binds. Chains of calls and attributes are walked, not recursed into. */
  #read(
    expression: Expression,
    scope: Scope,
    when: When,
    given: Position = 'plain',
    outer: CallExpression | null = null,
  ): void {
    let position = given;
    for (let node: Expression | null = expression; node !== null;) {
      if (position !== 'callee' && position !== 'inner') this.#use(node, scope, when, position, outer);
      if (node.kind === 'call') {
        this.calls.push({ call: node, scope, when });
        for (const { value } of node.args) this.#read(value, scope, when, 'argument', node);
        position = 'callee';
        node = node.callee;
      } else if (node.kind === 'attribute') {
        position = 'inner';
        node = node.object;
      } else if (node.kind === 'subscript') {
        for (const index of node.indices) this.#read(index, scope, when);
        position = 'inner';
        node = node.object;
      } else {
        this.#readParts(node, scope, when, position, outer);
        node = null;
      }
    }
  }

  /** What is evaluated to find where a target stores; the target itself is not read. */
  #readTarget(target: Expression, scope: Scope, when: When): void {
    if (target.kind === 'sequence') for (const item of target.items) this.#readTarget(item, scope, when);
    else if (target.kind === 'starred') this.#readTarget(target.value, scope, when);
    else this.#read(target, scope, when, 'inner');
  }

  #use(value: Expression, scope: Scope, when: When, position: UseSite['position'], call: CallExpression | null): void {
    const { kind } = value;
    if (kind === 'attribute' || (position !== 'plain' && (kind === 'name' || kind === 'call')))
      this.uses.push({ value, scope, when, position, call });
  }

  #readAll(expressions: readonly Expression[], scope: Scope, when: When, position: Position = 'plain'): void {
    for (const expression of expressions) this.#read(expression, scope, when, position);
  }

  #readParts(node: Expression, scope: Scope, when: When, given: Position, outer: CallExpression | null): void {
    const position = given === 'callee' || given === 'inner' ? 'plain' : given;
    switch (node.kind) {
      case 'string':
        for (const { fields } of node.pieces) this.#readFields(fields, scope, when);
        return;
      case 'sequence':
        return this.#readAll(node.items, scope, when, 'item');
      case 'dict':
        for (const { key, value } of node.items) {
          if (key !== null) this.#read(key, scope, when);
          this.#read(value, scope, when, 'item');
        }
        return;
      case 'operation': {
        const isChoice = node.operators.every((operator) => operator === 'or' || operator === 'and');
        for (const operand of node.operands) this.#read(operand, scope, when, isChoice ? position : 'plain', outer);
        return;
      }
      case 'unary':
        return this.#read(node.operand, scope, when);
      case 'conditional':
        this.#readAll(node.tests, scope, when);
        for (const result of node.results) this.#read(result, scope, when, position, outer);
        return;
      case 'walrus': {
        this.#read(node.value, scope, when, position, outer);
        let owner = scope;
        while (owner.kind === 'comprehension' && owner.parent !== null) owner = owner.parent;
        return this.#assign(node.target, node.value, owner);
      }
      case 'starred':
        return this.#read(node.value, scope, when);
      case 'await':
      case 'yield':
        if (node.value !== null) this.#read(node.value, scope, when, node.kind === 'yield' ? 'result' : 'plain');
        return;
      case 'slice':
      case 'unknown':
        return this.#readAll(node.parts, scope, when);
      case 'lambda': {
        const own = new Scope('lambda', scope.path, scope);
        for (const { name, default: value } of node.parameters) {
          if (value !== null) this.#read(value, scope, when);
          own.bind(name, { kind: 'parameter', of: value === null ? null : { value, scope } });
        }
        return this.#read(node.body, own, 'call', 'result');
      }
      case 'comprehension':
        return this.#comprehension(node, scope, when);
      default:
    }
  }

  #comprehension(node: Expression & { readonly kind: 'comprehension' }, scope: Scope, when: When): void {
    const own = new Scope('comprehension', scope.path, scope);
    for (const [i, { target, iterable, conditions }] of node.clauses.entries()) {
      const of = { value: iterable, scope: i === 0 ? scope : own };
      this.#read(iterable, of.scope, when);
      if (target.kind === 'name') own.bind(target.id, { kind: 'item', of });
      else this.#unknown(target, own, of);
      this.#readTarget(target, own, when);
      this.#readAll(conditions, own, when);
    }
    this.#readAll(node.elements, own, when, 'item');
  }

  #readFields(
    fields: (Expression & { readonly kind: 'string' })['pieces'][number]['fields'],
    scope: Scope,
    when: When,
  ): void {
    for (const { value, spec } of fields) {
      if (value !== null) this.#read(value, scope, when);
      this.#readFields(spec, scope, when);
    }
  }
}

function outerFunction(scope: Scope): Scope {
  for (let at = scope.parent; at !== null; at = at.parent) if (at.kind === 'function') return at;
  return scope;
}

/** `__name__ == "__main__"`, alone or with other conditions: code that an import does not run. */
function isMain(test: Expression | undefined, text: string): boolean {
  if (test?.kind !== 'operation') return false;
  const { operators, operands } = test;
  if (operators.every((operator) => operator === 'and')) return operands.some((operand) => isMain(operand, text));
  return (
    operators.join() === '==' &&
    operands.some((operand) => operand.kind === 'name' && operand.id === '__name__') &&
    operands.some((operand) => isText(operand, '__main__', text))
  );
}

function isText(node: Expression, wanted: string, text: string): boolean {
  if (node.kind !== 'string' || node.pieces.length !== 1) return false;
  const [piece] = node.pieces;
  return piece !== undefined && piece.prefix === '' && text.slice(piece.contentFrom, piece.contentTo) === wanted;
}
