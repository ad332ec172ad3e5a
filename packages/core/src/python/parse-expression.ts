// Recursion in this file: MAX_NESTING, which `#deeper` counts. Operands of one operator, links of a chain and elements are loops.
import { MAX_NESTING } from './limits.js';
import type { Argument, ComprehensionClause, Expression, FormatField, Parameter, StringPiece } from './syntax.js';
import type { FieldRange } from './strings.js';
import { Tokenizer, type Problem, type TokenKind, type Tokens } from './tokens.js';

/** The source is no Python at this offset. The parser of statements catches it and goes on behind the line. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
  readonly at: number;
  readonly limit: boolean;
  constructor(message: string, at: number, limit = false) {
    super(message);
    this.at = at;
    this.limit = limit;
  }
}

/** Binary operators by precedence, loosest first (The Python Language Reference, 6.17). */
const LEVELS: readonly ReadonlySet<string>[] = [
  new Set(['or']),
  new Set(['and']),
  new Set(['in', 'not', 'is', '<', '>', '==', '>=', '<=', '!=', '<>']),
  new Set(['|']),
  new Set(['^']),
  new Set(['&']),
  new Set(['<<', '>>']),
  new Set(['+', '-']),
  new Set(['*', '/', '//', '%', '@']),
];
const NOT_LEVEL = 2;
const OPERATION_LEVELS = 0.25;
const LEVEL_OF = new Map(LEVELS.flatMap((operators, level) => [...operators].map((operator) => [operator, level])));

/** Names that no expression is: keywords of Python 3, which are keywords of Python 2 too or never names there. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  'and as assert break class continue def del elif else except finally for from global if import in is lambda not or pass raise return try while with yield'.split(
    ' ',
  ),
);
/** Keywords that open an expression. */
const OPENING = new Set(['not', 'lambda', 'yield']);

/** Parses expressions; parse.ts adds statements. */
export class ExpressionParser {
  protected readonly text: string;
  protected readonly tokens: Tokens;
  protected readonly report: (problem: Problem) => void;
  /** Index of the next token. */
  protected at = 0;
  protected readonly checkTime: () => void;
  #nesting: number;

  constructor(text: string, tokens: Tokens, report: (problem: Problem) => void, checkTime: () => void, nesting = 0) {
    this.text = text;
    this.tokens = tokens;
    this.report = report;
    this.checkTime = checkTime;
    this.#nesting = nesting;
  }

  protected get kind(): TokenKind {
    return this.tokens.kinds[this.at] ?? 'end';
  }
  /** Start of the next token. */
  protected get from(): number {
    return this.tokens.from[this.at] ?? this.text.length;
  }
  /** End of the last token. */
  protected get to(): number {
    return this.at === 0 ? this.from : (this.tokens.to[this.at - 1] ?? this.text.length);
  }
  protected get value(): string {
    return this.tokens.values[this.at] ?? '';
  }

  /** The operator or keyword is next. */
  protected is(value: string): boolean {
    return this.tokens.values[this.at] === value;
  }
  protected take(value: string): boolean {
    if (this.tokens.values[this.at] !== value) return false;
    this.at += 1;
    return true;
  }
  protected expect(value: string): void {
    if (!this.take(value)) this.fail(`'${value}' is expected`);
  }
  protected fail(message: string): never {
    throw new SyntaxProblem(message, this.from);
  }
  protected name(): string {
    if (this.kind !== 'name' || KEYWORDS.has(this.value)) this.fail('a name is expected');
    const { value } = this;
    this.at += 1;
    return value;
  }

  /** In brackets and the like. Operations in each other count for a part of that: they need less of the stack. */
  #deeper<T>(parse: () => T, levels = 1): T {
    if (this.#nesting + levels > MAX_NESTING)
      throw new SyntaxProblem(`more than ${MAX_NESTING} expressions inside each other`, this.from, true);
    this.#nesting += levels;
    try {
      return parse();
    } finally {
      this.#nesting -= levels;
    }
  }

  /** True where an expression can begin. */
  protected startsExpression(): boolean {
    const { kind, value } = this;
    if (kind === 'name') return !KEYWORDS.has(value) || OPENING.has(value);
    if (kind === 'op') return '([{+-~*`'.includes(value) || value === '...' || value === '**';
    return kind === 'number' || kind === 'string';
  }

  /** Everything that a field of a format string may hold. */
  field(): Expression {
    const value = this.list();
    if (this.kind !== 'end') this.fail('the field does not end here');
    return value;
  }

  /** `a`, `a, b`, `*a, b`, `yield a`: the widest kind. */
  protected list(): Expression {
    const { from } = this;
    const first = this.item();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.take(',') && this.startsExpression()) items.push(this.item());
    return { kind: 'sequence', of: 'tuple', items, from, to: this.to };
  }

  /** One item of a list: a test, a starred expression or an assignment expression. */
  protected item(): Expression {
    const { from } = this;
    if (this.take('*')) {
      const value = this.#binary(NOT_LEVEL + 1);
      return { kind: 'starred', value, from, to: this.to };
    }
    if (this.is('yield')) return this.#deeper(() => this.#yield());
    const value = this.test();
    if (!this.take(':=')) return value;
    return { kind: 'walrus', target: value, value: this.test(), from, to: this.to };
  }

  #yield(): Expression {
    const { from } = this;
    this.expect('yield');
    const isFrom = this.take('from');
    const value = isFrom ? this.test() : this.startsExpression() ? this.list() : null;
    return { kind: 'yield', value, from, to: this.to };
  }

  protected test(): Expression {
    if (this.is('lambda')) return this.#deeper(() => this.#lambda());
    const { from } = this;
    const first = this.#binary(0);
    if (!this.is('if')) return first;
    const results = [first];
    const tests: Expression[] = [];
    while (this.take('if')) {
      tests.push(this.#binary(0));
      // The `if` of a comprehension, and a broken one.
      this.expect('else');
      if (this.is('lambda')) {
        results.push(this.#deeper(() => this.#lambda()));
        break;
      }
      results.push(this.#binary(0));
    }
    return { kind: 'conditional', tests, results, from, to: this.to };
  }

  #lambda(): Expression {
    const { from } = this;
    this.expect('lambda');
    const parameters = this.parameters(':', false);
    this.expect(':');
    const body = this.test();
    return { kind: 'lambda', parameters, body, from, to: this.to };
  }

  /** Parameters up to `closing`, which stays. */
  protected parameters(closing: string, annotated: boolean): Parameter[] {
    const found: Parameter[] = [];
    while (!this.is(closing)) {
      const star = this.take('**') ? '**' : this.take('*') ? '*' : '';
      if (star === '' && this.take('/')) {
        // The end of the positional parameters.
      } else if (star === '' && this.is('(')) {
        // Python 2: `def f(a, (b, c)):`
        for (const name of namesOf(this.#deeper(() => this.#atom())))
          found.push({ name, star: '', annotation: null, default: null });
        if (this.take('=')) this.test();
      } else if (!(star === '*' && (this.is(',') || this.is(closing)))) {
        const name = this.name();
        const annotation = annotated && this.take(':') ? this.item() : null;
        found.push({ name, star, annotation, default: this.take('=') ? this.test() : null });
      }
      if (!this.take(',')) break;
    }
    return found;
  }

  #binary(level: number): Expression {
    if (level === NOT_LEVEL && this.is('not')) return this.#not();
    if (level >= LEVELS.length) return this.#unary();
    // One operand, and then only the levels that have an operator: most expressions have none.
    let operand = level < NOT_LEVEL && this.is('not') ? this.#not() : this.#unary();
    for (let own = LEVELS.length - 1; own >= level; own -= 1) {
      if (LEVEL_OF.get(this.value) === own) operand = this.#operation(operand, own);
    }
    return operand;
  }

  #not(): Expression {
    const { from } = this;
    let count = 0;
    while (this.take('not')) count += 1;
    const operand = this.#binary(NOT_LEVEL);
    return count === 0 ? operand : { kind: 'unary', operator: 'not', operand, from, to: this.to };
  }

  #operation(first: Expression, level: number): Expression {
    const operators: string[] = [];
    const operands = [first];
    while (LEVEL_OF.get(this.value) === level) {
      let operator = this.value;
      this.at += 1;
      if (operator === 'not') {
        this.expect('in');
        operator = 'not in';
      } else if (operator === 'is' && this.take('not')) {
        operator = 'is not';
      }
      operators.push(operator);
      // Python 2 takes `a == not b`, and each of these lies in the one before.
      const isNot = level === NOT_LEVEL && this.is('not');
      operands.push(
        isNot
          ? this.#deeper(() => this.#binary(NOT_LEVEL))
          : this.#deeper(() => this.#binary(level + 1), OPERATION_LEVELS),
      );
    }
    return { kind: 'operation', operators, operands, from: first.from, to: this.to };
  }

  #unary(): Expression {
    const { from, value } = this;
    if (value === '+' || value === '-' || value === '~') {
      this.at += 1;
      const operand = this.#deeper(() => this.#unary());
      return { kind: 'unary', operator: value, operand, from, to: this.to };
    }
    const base = this.#primary();
    if (!this.is('**')) return base;
    const operands = [base];
    while (this.take('**')) {
      const signed = this.is('-') || this.is('+') || this.is('~');
      operands.push(signed ? this.#unary() : this.#primary());
    }
    const operators = operands.slice(1).map(() => '**');
    return { kind: 'operation', operators, operands, from, to: this.to };
  }

  #primary(): Expression {
    const { from } = this;
    if (this.is('await') && this.#opensOperand(this.at + 1)) {
      this.at += 1;
      const value = this.#deeper(() => this.#primary());
      return { kind: 'await', value, from, to: this.to };
    }
    let node = this.#atom();
    for (;;) {
      if (this.take('.')) {
        if (this.kind !== 'name') this.fail('the name of an attribute is expected');
        const name = this.value;
        this.at += 1;
        node = { kind: 'attribute', object: node, name, from, to: this.to };
      } else if (this.is('(')) {
        const args = this.arguments();
        node = { kind: 'call', callee: node, args, from, to: this.to };
      } else if (this.is('[')) {
        const indices = this.#deeper(() => this.#subscript());
        node = { kind: 'subscript', object: node, indices, from, to: this.to };
      } else {
        return node;
      }
    }
  }

  /** `await` is a name before Python 3.7. */
  #opensOperand(at: number): boolean {
    const { kinds, values } = this.tokens;
    const kind = kinds[at];
    if (kind === 'name') return !KEYWORDS.has(values[at] ?? '');
    return kind === 'number' || kind === 'string' || values[at] === '(' || values[at] === '[' || values[at] === '{';
  }

  #subscript(): Expression[] {
    this.expect('[');
    const indices: Expression[] = [];
    while (!this.is(']')) {
      const { from } = this;
      const parts: Expression[] = [];
      let isSlice = false;
      while (!this.is(',') && !this.is(']')) {
        if (this.take(':')) isSlice = true;
        else parts.push(this.item());
        if (!this.is(':') && !this.is(',') && !this.is(']') && !isSlice) this.fail("']' is expected");
      }
      const [only] = parts;
      indices.push(!isSlice && only !== undefined ? only : { kind: 'slice', parts, from, to: this.to });
      if (!this.take(',')) break;
    }
    this.expect(']');
    return indices;
  }

  /** `(a, *b, c=d, **e)`, or a lone generator. */
  protected arguments(): Argument[] {
    return this.#deeper(() => {
      this.expect('(');
      const found: Argument[] = [];
      while (!this.is(')')) {
        const star = this.take('**') ? '**' : this.take('*') ? '*' : '';
        const isKeyword = star === '' && this.kind === 'name' && this.tokens.values[this.at + 1] === '=';
        if (isKeyword) {
          const name = this.value;
          this.at += 2;
          found.push({ name, star, value: this.test() });
        } else {
          const { from } = this;
          const value = star === '' ? this.item() : this.test();
          const clauses = this.#clauses();
          found.push({
            name: null,
            star,
            value:
              clauses.length === 0
                ? value
                : { kind: 'comprehension', of: 'generator', elements: [value], clauses, from, to: this.to },
          });
        }
        if (!this.take(',')) break;
      }
      this.expect(')');
      return found;
    });
  }

  #clauses(): ComprehensionClause[] {
    const found: ComprehensionClause[] = [];
    while (this.is('for') || (this.is('async') && this.tokens.values[this.at + 1] === 'for')) {
      this.take('async');
      this.expect('for');
      const target = this.targets();
      this.expect('in');
      let iterable = this.#withoutCondition();
      if (this.is(',')) {
        // Python 2: `[x for x in 1, 2]`
        const items = [iterable];
        while (this.take(',') && this.startsExpression()) items.push(this.#withoutCondition());
        iterable = { kind: 'sequence', of: 'tuple', items, from: iterable.from, to: this.to };
      }
      const conditions: Expression[] = [];
      while (this.take('if')) conditions.push(this.#withoutCondition());
      found.push({ target, iterable, conditions });
    }
    return found;
  }

  /** A test that leaves a following `if` alone. */
  #withoutCondition(): Expression {
    if (this.is('lambda')) return this.#deeper(() => this.#lambda());
    const { from } = this;
    const value = this.#binary(0);
    if (!this.take(':=')) return value;
    return { kind: 'walrus', target: value, value: this.#binary(0), from, to: this.to };
  }

  /** The targets of `for`: a list without `in`. */
  protected targets(): Expression {
    const { from } = this;
    const items: Expression[] = [];
    let isTuple = false;
    do {
      if (!this.startsExpression()) break;
      const start = this.from;
      const starred = this.take('*');
      const value = this.#binary(NOT_LEVEL + 1);
      items.push(starred ? { kind: 'starred', value, from: start, to: this.to } : value);
      isTuple ||= this.is(',');
    } while (this.take(','));
    const [only] = items;
    if (only === undefined) this.fail('a target is expected');
    return isTuple ? { kind: 'sequence', of: 'tuple', items, from, to: this.to } : only;
  }

  #atom(): Expression {
    const { from, kind, value } = this;
    if (kind === 'name') {
      if (KEYWORDS.has(value)) this.fail(`an expression is expected before '${value}'`);
      this.at += 1;
      const { to } = this;
      if (value === 'True' || value === 'False') return { kind: 'constant', value: value === 'True', from, to };
      if (value === 'None') return { kind: 'constant', value: null, from, to };
      return { kind: 'name', id: value, from, to };
    }
    if (kind === 'number') {
      this.at += 1;
      return { kind: 'number', from, to: this.to };
    }
    if (kind === 'string') return this.#strings();
    if (value === '(') return this.#deeper(() => this.#parenthesis());
    if (value === '[') return this.#deeper(() => this.#bracket());
    if (value === '{') return this.#deeper(() => this.#brace());
    if (value === '...') {
      this.at += 1;
      return { kind: 'constant', value: 'Ellipsis', from, to: this.to };
    }
    if (value === '`') return this.#deeper(() => this.#backticks());
    return this.fail('an expression is expected');
  }

  /** `(a)` gives its contents, as in CPython's tree. */
  #parenthesis(): Expression {
    const { from } = this;
    this.expect('(');
    if (this.take(')')) return { kind: 'sequence', of: 'tuple', items: [], from, to: this.to };
    const first = this.item();
    const clauses = this.#clauses();
    if (clauses.length > 0) {
      this.expect(')');
      return { kind: 'comprehension', of: 'generator', elements: [first], clauses, from, to: this.to };
    }
    if (!this.is(',')) {
      this.expect(')');
      return first;
    }
    const items = [first];
    while (this.take(',') && !this.is(')')) items.push(this.item());
    this.expect(')');
    return { kind: 'sequence', of: 'tuple', items, from, to: this.to };
  }

  #bracket(): Expression {
    const { from } = this;
    this.expect('[');
    const items: Expression[] = [];
    while (!this.is(']')) {
      items.push(this.item());
      const clauses = this.#clauses();
      if (clauses.length > 0) {
        this.expect(']');
        return { kind: 'comprehension', of: 'list', elements: items, clauses, from, to: this.to };
      }
      if (!this.take(',')) break;
    }
    this.expect(']');
    return { kind: 'sequence', of: 'list', items, from, to: this.to };
  }

  #brace(): Expression {
    const { from } = this;
    this.expect('{');
    const items: { key: Expression | null; value: Expression }[] = [];
    const members: Expression[] = [];
    while (!this.is('}')) {
      if (this.take('**')) {
        items.push({ key: null, value: this.#binary(NOT_LEVEL + 1) });
      } else {
        const key = this.item();
        if (this.take(':')) items.push({ key, value: this.test() });
        else members.push(key);
      }
      const clauses = this.#clauses();
      if (clauses.length > 0) {
        this.expect('}');
        const elements = [
          ...members,
          ...items.flatMap((item) => (item.key === null ? [item.value] : [item.key, item.value])),
        ];
        const of = items.length > 0 ? 'dict' : 'set';
        return { kind: 'comprehension', of, elements, clauses, from, to: this.to };
      }
      if (!this.take(',')) break;
    }
    this.expect('}');
    const { to } = this;
    if (members.length === 0) return { kind: 'dict', items, from, to };
    if (items.length === 0) return { kind: 'sequence', of: 'set', items: members, from, to };
    return this.fail('a set and a dict in one');
  }

  /** Python 2: `` `a` `` is repr(a). */
  #backticks(): Expression {
    const { from } = this;
    this.expect('`');
    const value = this.list();
    this.expect('`');
    return { kind: 'unknown', parts: [value], from, to: this.to };
  }

  #strings(): Expression {
    const { from } = this;
    const pieces: StringPiece[] = [];
    while (this.kind === 'string') {
      const token = this.tokens.strings.get(this.at);
      if (token !== undefined) {
        const { prefix, contentFrom, contentTo } = token;
        pieces.push({ prefix, contentFrom, contentTo, fields: token.fields.map((field) => this.#field(field)) });
      }
      this.at += 1;
    }
    return { kind: 'string', pieces, from, to: this.to };
  }

  #field({ from, to, valueFrom, valueTo, converted, spec, hasSpec }: FieldRange): FormatField {
    const tokens = new Tokenizer(this.text, valueFrom, valueTo, true, this.report, this.checkTime).run();
    let value: Expression | null = null;
    try {
      value = this.#deeper(() =>
        new ExpressionParser(this.text, tokens, this.report, this.checkTime, this.#nesting).field(),
      );
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      this.report({ at: error.at, message: error.message, limit: error.limit });
    }
    return { from, to, value, plain: !converted && !hasSpec, spec: spec.map((inner) => this.#field(inner)) };
  }
}

/** The names in a target. */
export function namesOf(target: Expression): string[] {
  if (target.kind === 'name') return [target.id];
  if (target.kind === 'starred') return namesOf(target.value);
  return target.kind === 'sequence' ? target.items.flatMap(namesOf) : [];
}
