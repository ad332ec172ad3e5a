// Recursion in this file: MAX_INDENT, the levels of blocks; expressions have their own bound.
import { append } from '../model/append.js';
import { MAX_PROBLEMS, MAX_RECOVERY_STEPS } from './limits.js';
import { ExpressionParser, KEYWORDS, SyntaxProblem } from './parse-expression.js';
import type { Argument, Clause, Expression, ImportedName, Parameter, Statement } from './syntax.js';
import { Tokenizer, type Problem } from './tokens.js';

/**
 * Parses Python 3 (up to 3.14) and Python 2 at once. What is neither is left out line by line: the expressions that can
 * be read in such a line stay, so that a call in a broken file is still found.
 */

export interface Parsed {
  readonly body: readonly Statement[];
  /** The first MAX_PROBLEMS of them. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Starts and ends of the comments, in turn. */
  readonly comments: readonly number[];
}

/** `checkTime` is called now and then; it throws when time is up. */
export function parsePython(text: string, checkTime: () => void): Parsed {
  const problems: Problem[] = [];
  let problemCount = 0;
  const report = (problem: Problem): void => {
    problemCount += 1;
    // A limit has to be seen, after any number of errors.
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
    else if (problem.limit && problems.at(-1)?.limit !== true) problems[MAX_PROBLEMS - 1] = problem;
  };
  const tokens = new Tokenizer(text, 0, text.length, false, report, checkTime).run();
  const body = new StatementParser(text, tokens, report, checkTime).file();
  return { body, problems, problemCount, comments: tokens.comments };
}

const SIMPLE = new Set(['return', 'raise', 'assert', 'del', 'pass', 'break', 'continue', 'global', 'nonlocal']);
const BLOCKS = new Set(['if', 'while', 'for', 'with', 'try']);
/** Branches that follow another of the same statement. */
const FOLLOWING: Readonly<Record<string, ReadonlySet<string>>> = {
  if: new Set(['elif', 'else']),
  while: new Set(['else']),
  for: new Set(['else']),
  with: new Set(),
  try: new Set(['except', 'else', 'finally']),
};
const TOKENS_BETWEEN_LOOKS = 4096;
const AUGMENTED = new Set('+= -= *= /= //= %= @= &= |= ^= >>= <<= **='.split(' '));

class StatementParser extends ExpressionParser {
  #recoverySteps = 0;
  /** The token from which on the clock is asked again. */
  #nextLook = 0;
  /** First token of the statement, or part of one, that is read again when it turns out to be broken. */
  #start = 0;

  file(): Statement[] {
    const body: Statement[] = [];
    while (this.kind !== 'end') this.#statements(body);
    return body;
  }

  /** One statement, or the simple statements of one line; what is broken becomes the expressions in it. */
  #statements(into: Statement[]): void {
    if (this.at >= this.#nextLook) {
      this.#nextLook = this.at + TOKENS_BETWEEN_LOOKS;
      this.checkTime();
    }
    this.#guard(into, () => this.#line(into));
  }

  #guard(into: Statement[], parse: () => void): void {
    this.#start = this.at;
    try {
      parse();
    } catch (error) {
      this.#broken(error);
      this.#recover(this.#start, into);
    }
  }

  #broken(error: unknown): void {
    if (!(error instanceof SyntaxProblem)) throw error;
    this.report({ at: error.at, message: error.message, limit: error.limit });
  }

  #line(into: Statement[]): void {
    const { kind, value, from } = this;
    if (kind === 'newline' || kind === 'dedent') {
      this.at += 1;
      return;
    }
    if (kind === 'indent') {
      this.report({ at: from, message: 'an indentation that nothing asks for', limit: false });
      into.push(this.#looseBlock());
      return;
    }
    const compound = this.#compound(value, from);
    if (compound !== null) {
      into.push(compound);
      return;
    }
    this.#simpleLine(into);
  }

  #simpleLine(into: Statement[]): void {
    do {
      if (this.kind === 'newline') break;
      this.#start = this.at;
      into.push(this.#simple());
    } while (this.take(';'));
    if (this.kind === 'end') return;
    if (this.kind !== 'newline') this.fail('the statement does not end here');
    this.at += 1;
  }

  #compound(value: string, from: number): Statement | null {
    if (this.kind === 'op') return value === '@' ? this.#decorated(from) : null;
    if (this.kind !== 'name') return null;
    if (value === 'def') return this.#function(from, []);
    if (value === 'class') return this.#class(from, []);
    if (BLOCKS.has(value)) return this.#block(from);
    if (value === 'async') {
      const next = this.tokens.values[this.at + 1];
      if (next !== 'def' && next !== 'with' && next !== 'for') return null;
      this.at += 1;
      return next === 'def' ? this.#function(from, []) : this.#block(from);
    }
    if (value === 'match' && this.#opensMatch()) return this.#match(from);
    if (value === 'elif' || value === 'else' || value === 'except' || value === 'finally') {
      // Its first branch is broken.
      this.report({ at: from, message: `'${value}' without its beginning`, limit: false });
      return { kind: 'compound', clauses: [this.#clause(value)], from, to: this.to };
    }
    return null;
  }

  #decorated(from: number): Statement {
    const decorators: Expression[] = [];
    while (this.take('@')) {
      decorators.push(this.item());
      if (this.kind !== 'newline') this.fail('the decorator does not end here');
      while (this.kind === 'newline') this.at += 1;
    }
    this.take('async');
    if (this.is('def')) return this.#function(from, decorators);
    if (this.is('class')) return this.#class(from, decorators);
    return this.fail("'def' or 'class' is expected behind a decorator");
  }

  #function(from: number, decorators: readonly Expression[]): Statement {
    this.expect('def');
    const name = this.name();
    const annotations = this.#typeParameters();
    this.expect('(');
    const parameters: Parameter[] = this.parameters(')', true);
    this.expect(')');
    if (this.take('->')) annotations.push(this.list());
    const body = this.#body();
    return { kind: 'function', name, decorators, parameters, annotations, body, from, to: this.to };
  }

  #class(from: number, decorators: readonly Expression[]): Statement {
    this.expect('class');
    const name = this.name();
    this.#typeParameters();
    const args: readonly Argument[] = this.is('(') ? this.arguments() : [];
    const body = this.#body();
    return { kind: 'class', name, decorators, args, body, from, to: this.to };
  }

  /** `[T: bound = default, *Ts, **P]` */
  #typeParameters(): Expression[] {
    const found: Expression[] = [];
    if (!this.take('[')) return found;
    while (!this.is(']')) {
      if (!this.take('*')) this.take('**');
      this.name();
      if (this.take(':')) found.push(this.test());
      if (this.take('=')) found.push(this.item());
      if (!this.take(',')) break;
    }
    this.expect(']');
    return found;
  }

  #block(from: number): Statement {
    const first = this.value;
    const clauses = [this.#clause(first)];
    const following = FOLLOWING[first];
    while (this.kind === 'name' && following?.has(this.value) === true) clauses.push(this.#laterClause());
    return { kind: 'compound', clauses, from, to: this.to };
  }

  /**
   * A branch behind the first. Where it is broken, what was read before it stays: reading that again would double the
   * work with every level (CWE-407).
   */
  #laterClause(): Clause {
    const start = this.at;
    const keyword = this.value;
    try {
      return keyword === 'case' ? this.#case() : this.#clause(keyword);
    } catch (error) {
      this.#broken(error);
      const body: Statement[] = [];
      this.#recover(start, body);
      return { keyword, values: [], targets: [], body };
    }
  }

  #clause(keyword: string): Clause {
    this.expect(keyword);
    const values: Expression[] = [];
    const targets: Expression[] = [];
    if (keyword === 'if' || keyword === 'elif' || keyword === 'while') {
      values.push(this.item());
    } else if (keyword === 'for') {
      targets.push(this.targets());
      this.expect('in');
      values.push(this.list());
    } else if (keyword === 'with') {
      this.#withItems(values, targets);
    } else if (keyword === 'except' && !this.is(':')) {
      this.take('*');
      values.push(this.list());
      if (this.take('as')) targets.push(this.targets());
      // Python 2: `except Error, e:`; in Python 3.14 two types. A tuple in brackets ends behind its last item.
      const [caught] = values;
      if (caught?.kind === 'sequence' && caught.to === caught.items.at(-1)?.to) append(targets, caught.items.slice(1));
    }
    return { keyword, values, targets, body: this.#body() };
  }

  /** `with a as b, c:` or the same in parentheses, which could also be a tuple or a call. */
  #withItems(values: Expression[], targets: Expression[]): void {
    if (this.is('(')) {
      const start = this.at;
      const before = [values.length, targets.length] as const;
      try {
        this.at += 1;
        this.#plainWithItems(values, targets, ')');
        if (this.take(')') && this.is(':')) return;
      } catch (error) {
        if (!(error instanceof SyntaxProblem) || error.limit) throw error;
      }
      [values.length, targets.length] = before;
      this.at = start;
    }
    this.#plainWithItems(values, targets, ':');
  }

  #plainWithItems(values: Expression[], targets: Expression[], closing: string): void {
    do {
      if (this.is(closing)) return;
      values.push(this.item());
      if (this.take('as')) targets.push(this.#asTarget());
    } while (this.take(','));
  }

  #asTarget(): Expression {
    const starred = this.take('*');
    const value = this.test();
    return starred ? { kind: 'starred', value, from: value.from, to: value.to } : value;
  }

  /** The line ends with a colon and `case` opens the next: an expression never does. */
  #opensMatch(): boolean {
    const { kinds, values } = this.tokens;
    let end = this.at + 1;
    while (kinds[end] !== 'newline' && kinds[end] !== 'end') end += 1;
    return end > this.at + 2 && values[end - 1] === ':' && kinds[end + 1] === 'indent' && values[end + 2] === 'case';
  }

  #match(from: number): Statement {
    this.expect('match');
    const subject = this.list();
    this.expect(':');
    this.at += 2;
    const clauses: Clause[] = [{ keyword: 'match', values: [subject], targets: [], body: [] }];
    while (this.is('case')) clauses.push(this.#laterClause());
    const rest: Statement[] = [];
    this.#statementsOfBlock(rest);
    if (rest.length > 0) clauses.push({ keyword: 'case', values: [], targets: [], body: rest });
    return { kind: 'compound', clauses, from, to: this.to };
  }

  #case(): Clause {
    this.expect('case');
    const targets = this.#captures();
    const values = this.take('if') ? [this.item()] : [];
    return { keyword: 'case', values, targets, body: this.#body() };
  }

  /** Steps over a pattern up to its guard or colon. A bare name in it is assigned. */
  #captures(): Expression[] {
    const found: Expression[] = [];
    let depth = 0;
    for (; this.kind !== 'newline' && this.kind !== 'end'; this.at += 1) {
      const { value, kind } = this;
      if (depth === 0 && (value === ':' || (value === 'if' && kind === 'name'))) return found;
      if (kind === 'op' && '([{'.includes(value)) depth += 1;
      else if (kind === 'op' && ')]}'.includes(value)) depth -= 1;
      else if (kind === 'name' && !KEYWORDS.has(value)) {
        const before = this.tokens.values[this.at - 1];
        const after = this.tokens.values[this.at + 1];
        if (before === '.' || after === '.' || after === '(' || after === '=' || value === '_') continue;
        found.push({ kind: 'name', id: value, from: this.from, to: this.tokens.to[this.at] ?? this.from });
      }
    }
    return this.fail("':' is expected");
  }

  #body(): Statement[] {
    this.expect(':');
    const body: Statement[] = [];
    if (this.kind !== 'newline') {
      this.#guard(body, () => this.#simpleLine(body));
      return body;
    }
    this.at += 1;
    if (this.tokens.kinds[this.at] !== 'indent') {
      this.report({ at: this.from, message: 'an indented line is expected', limit: false });
      return body;
    }
    this.at += 1;
    this.#statementsOfBlock(body);
    return body;
  }

  #simple(): Statement {
    const { from, kind, value } = this;
    if (kind === 'name') {
      if (value === 'import') return this.#import(from);
      if (value === 'from') return this.#from(from);
      if (SIMPLE.has(value)) return this.#keyword(value, from);
      const next = this.tokens.kinds[this.at + 1];
      const nextIsName = next === 'name' && !KEYWORDS.has(this.tokens.values[this.at + 1] ?? '');
      if (value === 'type' && nextIsName) return this.#typeAlias(from);
      if ((value === 'print' || value === 'exec') && (nextIsName || next === 'string' || next === 'number')) {
        // Statements of Python 2.
        this.at += 1;
        return { kind: 'other', values: [this.list()], from, to: this.to };
      }
    }
    return this.#expressionStatement(from);
  }

  #expressionStatement(from: number): Statement {
    const first = this.list();
    if (this.take(':')) {
      const annotation = this.item();
      const value = this.take('=') ? this.list() : null;
      return { kind: 'assign', targets: [first], value, annotation, from, to: this.to };
    }
    if (this.is('=')) {
      const chain = [first];
      while (this.take('=')) chain.push(this.list());
      const value = chain.pop() ?? first;
      return { kind: 'assign', targets: chain, value, annotation: null, from, to: this.to };
    }
    if (this.kind === 'op' && AUGMENTED.has(this.value)) {
      this.at += 1;
      return { kind: 'augmented', target: first, value: this.list(), from, to: this.to };
    }
    return { kind: 'expression', value: first, from, to: this.to };
  }

  #keyword(value: string, from: number): Statement {
    this.at += 1;
    if (value === 'global' || value === 'nonlocal') {
      const names = [this.name()];
      while (this.take(',')) names.push(this.name());
      return { kind: value, names, from, to: this.to };
    }
    const values: Expression[] = [];
    if (this.startsExpression()) {
      values.push(this.list());
      // `raise a from b`, and the message of an assert are in the list already.
      if (value === 'raise' && this.take('from')) values.push(this.test());
    }
    if (value === 'del') return { kind: 'delete', targets: values, from, to: this.to };
    return { kind: value === 'return' ? 'return' : 'other', values, from, to: this.to };
  }

  /** `type Name[T] = value`: evaluated only when somebody asks for it. */
  #typeAlias(from: number): Statement {
    this.at += 1;
    const start = this.from;
    const id = this.name();
    const target: Expression = { kind: 'name', id, from: start, to: this.to };
    this.#typeParameters();
    this.expect('=');
    const value: Expression = { kind: 'unknown', parts: [this.test()], from, to: this.to };
    return { kind: 'assign', targets: [target], value, annotation: null, from, to: this.to };
  }

  #dottedName(): string {
    let path = this.name();
    while (this.take('.')) {
      // CPython takes no keyword here either, but what could be imported must not be lost.
      path += `.${this.value}`;
      if (this.kind !== 'name') this.fail('a name is expected');
      this.at += 1;
    }
    return path;
  }

  #import(from: number): Statement {
    this.expect('import');
    const names: ImportedName[] = [];
    do {
      const start = this.from;
      const name = this.#dottedName();
      const alias = this.take('as') ? this.name() : null;
      names.push({ name, alias, from: start, to: this.to });
    } while (this.take(','));
    return { kind: 'import', names, from, to: this.to };
  }

  #from(from: number): Statement {
    this.expect('from');
    let level = 0;
    while (this.is('.') || this.is('...')) {
      level += this.value.length;
      this.at += 1;
    }
    const module = this.is('import') ? '' : this.#dottedName();
    this.expect('import');
    if (this.take('*')) return { kind: 'from', module, level, names: null, from, to: this.to };
    const closing = this.take('(');
    const names: ImportedName[] = [];
    do {
      if (closing && this.is(')')) break;
      const start = this.from;
      const name = this.name();
      names.push({ name, alias: this.take('as') ? this.name() : null, from: start, to: this.to });
    } while (this.take(','));
    if (closing) this.expect(')');
    return { kind: 'from', module, level, names, from, to: this.to };
  }

  /** The rest of an indented block, and its end. */
  #statementsOfBlock(into: Statement[]): void {
    while (this.kind !== 'dedent' && this.kind !== 'end') this.#statements(into);
    if (this.tokens.kinds[this.at] === 'dedent') this.at += 1;
  }

  #endsLine(): boolean {
    const { kind } = this;
    return kind === 'newline' || kind === 'indent' || kind === 'dedent' || kind === 'end';
  }

  /** Reads a broken line again, for the expressions in it; a block below it is read as a block. */
  #recover(start: number, into: Statement[]): void {
    const reached = this.at;
    this.at = start;
    const from = this.from;
    const parts: Expression[] = [];
    while (!this.#endsLine()) {
      const before = this.at;
      if (this.#recoverySteps >= MAX_RECOVERY_STEPS) {
        this.report({ at: this.from, message: 'too many syntax errors to read on in broken lines', limit: true });
        this.at = Math.max(this.at, reached);
        while (!this.#endsLine()) this.at += 1;
        break;
      }
      if (this.startsExpression()) {
        try {
          parts.push(this.list());
          continue;
        } catch (error) {
          if (!(error instanceof SyntaxProblem)) throw error;
          this.#recoverySteps += this.at - before;
        }
      }
      this.#recoverySteps += 1;
      this.at = before + 1;
    }
    if (parts.length > 0)
      into.push({ kind: 'expression', value: { kind: 'unknown', parts, from, to: this.to }, from, to: this.to });
    if (this.tokens.kinds[this.at] === 'newline') this.at += 1;
    if (this.tokens.kinds[this.at] === 'indent') into.push(this.#looseBlock());
  }

  /** A block below a broken line, which says nothing of whether it is run. */
  #looseBlock(): Statement {
    this.at += 1;
    const { from } = this;
    const body: Statement[] = [];
    this.#statementsOfBlock(body);
    return { kind: 'compound', clauses: [{ keyword: '', values: [], targets: [], body }], from, to: this.to };
  }
}
