import { NEVER_RETURNS } from '../../../catalogue/serving-sources.js';
import type { Clause, Expression, Statement } from '../syntax.js';
import { Evaluator } from './evaluate.js';
import { elementOf, joinEnvironments } from './frame.js';
import { MAX_LOOPS } from './limits.js';
import { EMPTY, join, ofPath, type Guard, type Value } from './value.js';

type Environment = Map<string, Value>;

/** Goes through the statements of a function, a class or a module in order; branches are joined where they meet. */
export class Interpreter extends Evaluator {
  #loops = 0;
  /** The names as they were at every `return`; what all of them have checked, the function checks. */
  readonly ends: Environment[] = [];

  /** True where the end of the block is reached. */
  run(body: readonly Statement[]): boolean {
    for (const statement of body) if (!this.#statement(statement)) return false;
    return true;
  }

  #statement(statement: Statement): boolean {
    switch (statement.kind) {
      case 'expression':
        this.evaluate(statement.value);
        return !this.#ends(statement.value);
      case 'assign':
        this.#assignment(statement);
        return true;
      case 'augmented':
        this.assign(statement.target, this.evaluate(statement.value), false);
        return true;
      case 'return': {
        const values = statement.values.map((value) => this.evaluate(value));
        this.returned.push(join(...values));
        this.ends.push(this.env);
        return false;
      }
      case 'other': {
        for (const value of statement.values) this.evaluate(value);
        return !/^(?:raise|break|continue)\b/.test(this.flow.module.textOf(statement).slice(0, 9));
      }
      case 'compound':
        return this.#compound(statement.clauses);
      default:
        // Functions and classes are gone through by themselves.
        return true;
    }
  }

  /** A call that raises, or ends the program. */
  #ends(value: Expression): boolean {
    return value.kind === 'call' && this.evaluate(value.callee).paths.some((path) => NEVER_RETURNS.test(path));
  }

  #assignment({ targets, value, annotation }: Statement & { readonly kind: 'assign' }): void {
    const typed = annotation === null ? EMPTY : this.typeOf(annotation);
    if (value === null) {
      if (typed !== EMPTY) for (const target of targets) this.assign(target, typed, false);
      return;
    }
    for (const target of targets) {
      const items =
        value.kind === 'sequence' && target.kind === 'sequence' && value.items.length === target.items.length
          ? value.items
          : null;
      if (items !== null && target.kind === 'sequence' && !items.some(({ kind }) => kind === 'starred')) {
        const values = items.map((item) => this.evaluate(item));
        for (const [i, item] of target.items.entries()) this.assign(item, values[i] ?? EMPTY);
      } else {
        this.assign(target, join(this.evaluate(value), typed));
      }
    }
  }

  /** An instance of what an annotation names: `Request`, `Optional[Request]`, `"Request"`, `Annotated[Request, …]`. */
  typeOf(annotation: Expression): Value {
    switch (annotation.kind) {
      case 'name':
      case 'attribute': {
        const value = this.evaluate(annotation);
        const paths = value.paths.filter((path) => !path.startsWith('builtins.')).map((path) => `${path}()`);
        const instances = value.callables.flatMap((item) =>
          item.kind === 'definition' && item.scope.kind === 'class' ? [item.scope] : [],
        );
        return { ...EMPTY, paths, instances };
      }
      case 'subscript':
        return join(...annotation.indices.map((index) => this.typeOf(index)));
      case 'sequence':
        return join(...annotation.items.map((item) => this.typeOf(item)));
      case 'operation':
        return join(...annotation.operands.map((operand) => this.typeOf(operand)));
      case 'string': {
        const text = /^[\w.]+$/.exec(this.flow.module.textOf(annotation).slice(1, -1))?.[0];
        if (text === undefined) return EMPTY;
        const [first = '', ...rest] = text.split('.');
        const object = this.lookUp(first, { kind: 'name', id: first, from: annotation.from, to: annotation.to });
        const paths = object.paths
          .filter((path) => !path.startsWith('builtins.'))
          .map((path) => `${[path, ...rest].join('.')}()`);
        return paths.length === 0 ? EMPTY : join(...paths.map(ofPath));
      }
      default:
        return EMPTY;
    }
  }

  #compound(clauses: readonly Clause[]): boolean {
    const first = clauses[0]?.keyword;
    if (first === 'if') return this.#if(clauses);
    if (first === 'for' || first === 'while') return this.#loop(clauses);
    if (first === 'try') return this.#try(clauses);
    if (first === 'match') return this.#match(clauses);
    let alive = true;
    for (const clause of clauses) {
      this.#with(clause);
      alive = this.run(clause.body) && alive;
    }
    return alive;
  }

  #if(clauses: readonly Clause[]): boolean {
    const ends: Environment[] = [];
    let isWhole = false;
    for (const { keyword, values, body } of clauses) {
      const [test] = values;
      if (test !== undefined) this.evaluate(test);
      const before = new Map(this.env);
      if (test !== undefined) {
        this.trust(this.#narrow(test, true), this.#guard(test));
        this.conditions.push(`${keyword} ${this.textOf(test)}`);
      }
      if (this.run(body)) ends.push(this.env);
      if (test !== undefined) this.conditions.pop();
      this.env = before;
      if (test !== undefined) this.trust(this.#narrow(test, false), this.#guard(test));
      isWhole ||= keyword === 'else';
    }
    if (!isWhole) ends.push(this.env);
    return this.#meet(ends);
  }

  #meet(ends: readonly Environment[]): boolean {
    const [first, ...rest] = ends;
    if (first === undefined) return false;
    let env = first;
    for (const end of rest) env = joinEnvironments(env, end);
    this.env = env;
    return true;
  }

  #loop(clauses: readonly Clause[]): boolean {
    const [head, ...rest] = clauses;
    if (head === undefined) return true;
    this.#loops += 1;
    const rounds = this.#loops > MAX_LOOPS ? 1 : 2;
    let [source] = head.values;
    for (let round = 0; round < rounds; round += 1) {
      const value = source === undefined ? EMPTY : this.evaluate(source);
      const before = new Map(this.env);
      for (const target of head.targets) this.assign(target, elementOf(value));
      this.run(head.body);
      // `break` and `continue` end a branch: what it has assigned is still there.
      this.env = joinEnvironments(before, this.env);
      source = head.keyword === 'while' ? head.values[0] : source;
    }
    this.#loops -= 1;
    for (const { body } of rest) this.run(body);
    // Nothing behind an endless loop is lost: it may be left by `break`.
    return true;
  }

  #try(clauses: readonly Clause[]): boolean {
    const before = new Map(this.env);
    const ends: Environment[] = [];
    let alive = true;
    let entered = before;
    for (const { keyword, values, targets, body } of clauses) {
      if (keyword === 'try') {
        alive = this.run(body);
        entered = joinEnvironments(before, this.env);
        if (alive) ends.push(this.env);
      } else if (keyword === 'except') {
        this.env = new Map(entered);
        for (const value of values) this.evaluate(value);
        for (const target of targets) this.assign(target, EMPTY);
        if (this.run(body)) ends.push(this.env);
      } else if (keyword === 'else') {
        const last = alive ? ends.shift() : undefined;
        this.env = new Map(last ?? entered);
        if (this.run(body) && alive) ends.push(this.env);
      } else {
        if (!this.#meet(ends)) this.env = new Map(entered);
        const ended = this.run(body);
        return ended && ends.length > 0;
      }
    }
    return this.#meet(ends);
  }

  #match(clauses: readonly Clause[]): boolean {
    const [head, ...cases] = clauses;
    const subject = head?.values[0] === undefined ? EMPTY : this.evaluate(head.values[0]);
    const ends: Environment[] = [new Map(this.env)];
    for (const { values, targets, body } of cases) {
      this.env = new Map(ends[0]);
      for (const target of targets) this.assign(target, elementOf(subject));
      for (const value of values) this.evaluate(value);
      if (this.run(body)) ends.push(this.env);
    }
    return this.#meet(ends);
  }

  #with({ keyword, values, targets }: Clause): void {
    const found = values.map((node) => ({ node, value: this.evaluate(node) }));
    if (keyword !== 'with') return;
    for (const target of targets) {
      const of = found.findLast(({ node }) => node.to <= target.from);
      this.assign(target, of?.value ?? EMPTY);
    }
  }

  #guard(test: Expression): Guard {
    return { text: this.textOf(test), weak: false, unit: this.flow.unit, at: test.from };
  }

  /** The names that are genuine where the test is `truth`. */
  #narrow(test: Expression, truth: boolean): readonly string[] {
    switch (test.kind) {
      case 'unary':
        return test.operator === 'not' ? this.#narrow(test.operand, !truth) : [];
      case 'operation': {
        const { operators, operands } = test;
        // Of `a and b` both hold; of `not (a or b)` neither does.
        const wanted = truth ? 'and' : 'or';
        if (operators.every((operator) => operator === wanted))
          return operands.flatMap((operand) => this.#narrow(operand, truth));
        const [left, right] = operands;
        const [operator] = operators;
        if (left === undefined || right?.kind !== 'constant' || operators.length > 1) return [];
        if (operator === 'is' || operator === '==') return this.#narrow(left, right.value === true ? truth : !truth);
        return operator === 'is not' || operator === '!='
          ? this.#narrow(left, right.value === true ? !truth : truth)
          : [];
      }
      case 'name':
      case 'call':
      case 'await':
      case 'walrus':
        return truth ? this.evaluate(test).check : [];
      default:
        return [];
    }
  }
}
