// Recursion in this file: the depth of the tree, which the parser bounds (MAX_INDENT); expressions have MAX_FLOW_DEPTH.
import { NEVER_RETURNS } from '../catalogue/lookup.js';
import type { Clause, Expression, Statement } from '../python/syntax.js';
import { Evaluator } from './evaluate.js';
import type { Changes } from './environment.js';
import { elementOf, meet, type End } from './frame.js';
import { givenBy } from './protocols.js';
import { swallowingOf, type Swallowing } from './swallowing.js';
import {
  both,
  either,
  EMPTY,
  join,
  NEVER_TRUE,
  NOT,
  ofPath,
  resultPath,
  sameValue,
  sizeOf,
  widened,
  type Guard,
  type Value,
} from './value.js';

/** What `with` calls for its target. */
const ENTERED = ['__enter__', '__aenter__'];

/** Goes through the statements of a function, a class or a module in order; branches are joined where they meet. */
export class Interpreter extends Evaluator {
  /** Names of the parameters of the function. */
  parameters: readonly string[] = [];
  /** Parameters that were checked at every end so far; null before the first one. */
  #verified: Set<string> | null = null;

  /** The function ends here: of the parameters only those stay verified that are here. */
  end(parameters: readonly string[]): void {
    const before = this.#verified ?? parameters;
    this.#verified = new Set([...before].filter((name) => this.flow.step() && this.#isGuarded(name)));
  }

  get verified(): ReadonlySet<string> {
    return this.#verified ?? new Set();
  }

  #isGuarded(name: string): boolean {
    const own = this.env.get(name)?.origins.filter(({ parameter }) => parameter?.owner === this.scope) ?? [];
    return own.length > 0 && own.every(({ guard }) => guard !== null && !guard.weak);
  }

  /** True where the end of the block is reached. */
  run(body: readonly Statement[]): boolean {
    for (const statement of body) if (!this.flow.step() || !this.#statement(statement)) return false;
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
        this.#augmented(statement);
        return true;
      case 'return': {
        const values = statement.values.map((value) => this.evaluate(value));
        this.returned.push(values.length === 0 ? NEVER_TRUE : join(values));
        this.end(this.parameters);
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

  /** `data += more` holds both; of truth values only `ok &= …` is true no more often than what it adds. */
  #augmented({ target, value }: Statement & { readonly kind: 'augmented' }): void {
    const added = this.evaluate(value);
    const isAnd = this.flow.module.textOf({ from: target.to, to: value.from }).trimStart().startsWith('&');
    if (target.kind !== 'name' || added.check.length === 0) return this.assign(target, added, false);
    const before = this.lookUp(target.id, target);
    this.set(target.id, isAnd ? both([before, added]) : either([before, added]));
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
        const own = this.evaluate(value);
        this.assign(target, sizeOf(typed) === 0 ? own : join([own, typed]));
      }
    }
  }

  /** An instance of what an annotation names: `Request`, `Optional[Request]`, `"Request"`, `Annotated[Request, …]`. */
  typeOf(annotation: Expression): Value {
    switch (annotation.kind) {
      case 'name':
      case 'attribute': {
        const value = this.evaluate(annotation);
        const { paths } = join(
          value.paths.filter((path) => !path.startsWith('builtins.')).map((path) => ofPath(resultPath(path))),
        );
        const instances = value.callables.flatMap((item) =>
          item.kind === 'definition' && item.scope.kind === 'class' ? [item.scope] : [],
        );
        return { ...EMPTY, paths, instances };
      }
      case 'subscript':
        return join(annotation.indices.map((index) => this.typeOf(index)));
      case 'sequence':
        return join(annotation.items.map((item) => this.typeOf(item)));
      case 'operation':
        return join(annotation.operands.map((operand) => this.typeOf(operand)));
      case 'string': {
        const text = /^[\w.]+$/.exec(this.flow.module.textOf(annotation).slice(1, -1))?.[0];
        if (text === undefined) return EMPTY;
        const [first = '', ...rest] = text.split('.');
        const object = this.lookUp(first, { kind: 'name', id: first, from: annotation.from, to: annotation.to });
        const paths = object.paths
          .filter((path) => !path.startsWith('builtins.'))
          .map((path) => `${[path, ...rest].join('.')}()`);
        return join(paths.map(ofPath));
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
    const [only] = clauses;
    if (only === undefined) return true;
    return first === 'with' ? this.#with(only) : this.#loose(only);
  }

  /** A branch without its first one, or a block below a broken line: it may be left out, but for `finally`. */
  #loose({ keyword, values, targets, body }: Clause): boolean {
    if (keyword === 'finally') return this.run(body);
    const { env } = this;
    env.enter();
    const [test] = values;
    if (test !== undefined) this.evaluate(test);
    const isTested = keyword === 'elif' && test !== undefined;
    if (isTested) {
      this.trust(this.#narrow(test, true), this.#guard(test));
      this.conditions.push(`${keyword} ${this.textOf(test)}`);
    }
    for (const target of targets) this.assign(target, EMPTY);
    const isAlive = this.run(body);
    if (isTested) this.conditions.pop();
    const changes = env.leave();
    const ends: End[] = [{ changes: new Map(), at: 0 }];
    if (isAlive) ends.push({ changes, at: 0 });
    return this.#meet(ends);
  }

  #if(clauses: readonly Clause[]): boolean {
    const { env } = this;
    const ends: End[] = [];
    const between: Changes[] = [];
    let isWhole = false;
    /** What holds from here on in all branches that follow. */
    const keep = (act: () => void): void => {
      env.enter();
      act();
      const changes = env.leave();
      if (changes.size === 0) return;
      env.apply(changes);
      between.push(changes);
    };
    env.enter();
    for (const { keyword, values, body } of clauses) {
      const [test] = values;
      if (test !== undefined) keep(() => this.evaluate(test));
      const at = between.length;
      env.enter();
      if (test !== undefined) {
        this.trust(this.#narrow(test, true), this.#guard(test));
        this.conditions.push(`${keyword} ${this.textOf(test)}`);
      }
      const isAlive = this.run(body);
      const changes = env.leave();
      if (isAlive) ends.push({ changes, at });
      if (test !== undefined) {
        this.conditions.pop();
        keep(() => this.trust(this.#narrow(test, false), this.#guard(test)));
      }
      isWhole ||= keyword === 'else';
    }
    if (!isWhole) ends.push({ changes: new Map(), at: between.length });
    env.leave();
    return this.#meet(ends, between);
  }

  /** False if no branch reaches its end. */
  #meet(ends: readonly End[], between: readonly Changes[] = []): boolean {
    if (ends.length > 0) meet(this.env, ends, between, (count) => this.flow.step(count));
    return ends.length > 0;
  }

  /** The names as they are, or as something that may have happened has left them. */
  #mayHave(changes: Changes): void {
    this.#meet([
      { changes, at: 0 },
      { changes: new Map(), at: 0 },
    ]);
  }

  /**
   * The body is gone through once, with what it left behind when it was gone through the last time. While there is more
   * of that, the whole function is gone through again.
   */
  #loop(clauses: readonly Clause[]): boolean {
    const [head, ...rest] = clauses;
    if (head === undefined) return true;
    const { env, flow } = this;
    const left = flow.loopOf(head);
    env.enter();
    this.#mayHave(left);
    const [source] = head.values;
    if (source !== undefined && head.targets.length > 0) this.assignItems(head.targets, source);
    else if (source !== undefined) this.evaluate(source);
    // `break` and `continue` end a branch: what it has assigned is still there.
    this.run(head.body);
    const changes = env.leave();
    for (const [name, after] of changes) {
      const before = left.get(name);
      // Values of later iterations are distinguished less.
      const all = before === undefined || after === undefined ? after : widened(either([before, after]));
      if (left.has(name) && (all === undefined || (before !== undefined && sameValue(before, all)))) continue;
      left.set(name, all);
      // Nothing new for who goes around again.
      const entered = env.get(name);
      const isSaid =
        after === undefined
          ? entered === undefined
          : entered !== undefined && sameValue(entered, either([entered, after]));
      const isMore =
        after === undefined || sizeOf(after) > 0 || (entered?.check.length ?? 0) + (entered?.mac.length ?? 0) > 0;
      if (!isSaid && isMore) flow.again();
    }
    this.#mayHave(changes);
    for (const { body } of rest) this.run(body);
    // Nothing behind an endless loop is lost: it may be left by `break`.
    return true;
  }

  #try(clauses: readonly Clause[]): boolean {
    const { env } = this;
    const of = (keyword: string) => clauses.filter((clause) => clause.keyword === keyword);
    env.enter();
    let isAlive = of('try').every(({ body }) => this.run(body));
    const tried = env.leave();

    const handled: End[] = [];
    env.enter();
    this.#mayHave(tried);
    for (const { values, targets, body } of of('except')) {
      env.enter();
      for (const value of values) this.evaluate(value);
      for (const target of targets) this.assign(target, EMPTY);
      const ends = this.run(body);
      const changes = env.leave();
      if (ends) handled.push({ changes, at: 0 });
    }
    this.#meet(handled);
    const inHandlers = env.leave();

    env.enter();
    if (isAlive) env.apply(tried);
    else this.#mayHave(tried);
    for (const { body } of of('else')) isAlive = this.run(body) && isAlive;
    const otherwise = env.leave();

    const ends: End[] = [];
    if (isAlive) ends.push({ changes: otherwise, at: 0 });
    if (handled.length > 0) ends.push({ changes: inHandlers, at: 0 });
    if (!this.#meet(ends)) this.#mayHave(tried);
    const isFinished = of('finally').every(({ body }) => this.run(body));
    return isFinished && ends.length > 0;
  }

  #match(clauses: readonly Clause[]): boolean {
    const { env } = this;
    const [head, ...cases] = clauses;
    const subject = head?.values[0] === undefined ? EMPTY : this.evaluate(head.values[0]);
    const ends: End[] = [{ changes: new Map(), at: 0 }];
    for (const { values, targets, body } of cases) {
      env.enter();
      for (const target of targets) this.assign(target, elementOf(subject));
      for (const value of values) this.evaluate(value);
      const isAlive = this.run(body);
      const changes = env.leave();
      if (isAlive) ends.push({ changes, at: 0 });
    }
    return this.#meet(ends);
  }

  /** False where what stands behind the block is not reached. */
  #with(clause: Clause): boolean {
    const { env } = this;
    const swallows = this.#enter(clause);
    if (swallows === 'never') return this.run(clause.body);
    env.enter();
    const isAlive = this.run(clause.body);
    const changes = env.leave();
    // An exception in the block may leave anything of it undone. Of a manager that nothing is known of that is assumed
    // only where the block has no other end: its checks count.
    if (isAlive && swallows === 'maybe') env.apply(changes);
    else this.#mayHave(changes);
    return true;
  }

  #enter({ values, targets }: Clause): Swallowing {
    const found = values.map((node) => ({ node, value: this.evaluate(node) }));
    let at = 0;
    for (const target of targets) {
      // The last one before it: both stand in the order of the text.
      while (at + 1 < found.length && (found[at + 1]?.node.to ?? Infinity) <= target.from) at += 1;
      const manager = found[at];
      if (manager === undefined) continue;
      this.assign(target, join([manager.value, givenBy(this, manager.value, ENTERED, manager.node)]));
    }
    const all = new Set(found.map(({ node, value }) => swallowingOf(this, node, value)));
    return all.has('yes') ? 'yes' : all.has('maybe') ? 'maybe' : 'never';
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
      case 'call': {
        const { check } = this.evaluate(test);
        const names = check.filter((name) => name.startsWith(NOT) !== truth);
        return truth ? names : names.map((name) => name.slice(NOT.length));
      }
      case 'name':
      case 'await':
      case 'walrus':
        // A comparison that is true of other bytes counts where it is asked.
        return truth ? this.evaluate(test).check.filter((name) => !name.startsWith(NOT)) : [];
      default:
        return [];
    }
  }
}
