// Recursion in this file: the nesting of the template, which `nested` bounds (MAX_TEMPLATE_NESTING).
import { TemplateError } from './errors.js';
import type { Arguments, CallExpression, Expression, FilterExpression } from './nodes.js';
import type { Token } from './tokens.js';

/** How deep a template may go. */
export interface DepthLimits {
  /** Of constructs in each other. */
  readonly nesting: number;
  /** Of the tree: `a + b + c` grows by one with each operand. */
  readonly depth: number;
}

type Of<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);
const COMPARES = new Set(['==', '!=', '<', '<=', '>', '>=']);
/** What cannot begin the argument of a test that has no brackets. */
const NO_TEST_ARGUMENT = new Set(['else', 'or', 'and']);
/** Where a tuple without brackets ends: a type of token, or a name. */
export type TupleEnd = 'in' | 'recursive' | null;

/** The expressions of `jinja2.parser.Parser`, function by function. Throws a TemplateError. */
export class ExpressionParser {
  readonly #tokens: readonly Token[];
  readonly #limits: DepthLimits;
  #index = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[], limits: DepthLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  // The stream of tokens

  protected get current(): Token {
    return this.#tokens[this.#index] ?? END;
  }

  protected look(): Token {
    return this.#tokens[this.#index + 1] ?? END;
  }

  /** The current token; the next one becomes current. */
  protected next(): Token {
    const { current } = this;
    if (this.#index < this.#tokens.length - 1) this.#index += 1;
    return current;
  }

  protected isOperator(value: string): boolean {
    const { current } = this;
    return current.type === 'operator' && current.value === value;
  }

  protected isName(value: string): boolean {
    const { current } = this;
    return current.type === 'name' && current.value === value;
  }

  protected skipOperator(value: string): boolean {
    const is = this.isOperator(value);
    if (is) this.next();
    return is;
  }

  protected skipName(value: string): boolean {
    const is = this.isName(value);
    if (is) this.next();
    return is;
  }

  protected expect(type: Token['type'], value?: string): Token {
    const { current } = this;
    if (current.type !== type || (value !== undefined && current.value !== value))
      return this.fail(`expected ${value === undefined ? WORDS[type] : `'${value}'`}, found ${described(current)}`);
    return this.next();
  }

  protected fail(message: string, at = this.current.from): never {
    throw new TemplateError(message, at);
  }

  /** One construct within another. */
  protected nested<T>(parse: () => T): T {
    const { nesting } = this.#limits;
    if (this.#nesting >= nesting)
      throw new TemplateError(`more than ${nesting} constructs within each other`, this.current.from, true);
    this.#nesting += 1;
    const found = parse();
    this.#nesting -= 1;
    return found;
  }

  /** One more than the deepest of what is within a node. */
  protected above(from: number, ...within: readonly ({ readonly depth: number } | null)[]): number {
    let depth = 0;
    for (const node of within) if (node !== null && node.depth > depth) depth = node.depth;
    if (depth >= this.#limits.depth)
      throw new TemplateError(`an expression of more than ${this.#limits.depth} levels`, from, true);
    return depth + 1;
  }

  // Expressions

  protected expression(withConditional = true): Expression {
    return this.nested(() => (withConditional ? this.#conditional() : this.#or()));
  }

  #conditional(): Expression {
    let result = this.#or();
    while (this.skipName('if')) {
      const test = this.#or();
      const otherwise = this.skipName('else') ? this.nested(() => this.#conditional()) : null;
      const { from } = result;
      const depth = this.above(from, result, test, otherwise);
      result = { kind: 'conditional', from, depth, test, result, otherwise };
    }
    return result;
  }

  #binary(operator: Of<'binary'>['operator'], left: Expression, right: Expression): Expression {
    const { from } = left;
    return { kind: 'binary', from, depth: this.above(from, left, right), operator, left, right };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.skipName('or')) left = this.#binary('or', left, this.#and());
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.skipName('and')) left = this.#binary('and', left, this.#not());
    return left;
  }

  #not(): Expression {
    const signs: number[] = [];
    while (this.isName('not')) signs.push(this.next().from);
    return this.#unary(this.#compare(), signs, 'not');
  }

  #unary(operand: Expression, signs: readonly number[], operator: 'not' | '+' | '-'): Expression {
    let found = operand;
    for (const from of signs.toReversed())
      found = { kind: 'unary', from, depth: this.above(from, found), operator, operand: found };
    return found;
  }

  #compare(): Expression {
    const first = this.#sum();
    const rest: { operator: string; value: Expression }[] = [];
    for (;;) {
      if (this.current.type === 'operator' && COMPARES.has(this.current.value))
        rest.push({ operator: this.next().value, value: this.#sum() });
      else if (this.skipName('in')) rest.push({ operator: 'in', value: this.#sum() });
      else if (this.isName('not') && this.look().type === 'name' && this.look().value === 'in') {
        this.next();
        this.next();
        rest.push({ operator: 'notin', value: this.#sum() });
      } else break;
    }
    if (rest.length === 0) return first;
    const { from } = first;
    let depth = this.above(from, first);
    for (const { value } of rest) depth = Math.max(depth, this.above(from, value));
    return { kind: 'compare', from, depth, first, rest };
  }

  #sum(): Expression {
    let left = this.#concat();
    while (this.isOperator('+') || this.isOperator('-'))
      left = this.#binary(this.next().value as '+' | '-', left, this.#concat());
    return left;
  }

  #concat(): Expression {
    const first = this.#product();
    if (!this.isOperator('~')) return first;
    const items = [first];
    while (this.skipOperator('~')) items.push(this.#product());
    return { kind: 'concat', from: first.from, depth: this.#aboveAll(first.from, items), items };
  }

  #aboveAll(from: number, items: readonly { readonly depth: number }[]): number {
    return items.reduce((depth, item) => Math.max(depth, this.above(from, item)), this.above(from));
  }

  #product(): Expression {
    let left = this.#power();
    while (this.isOperator('*') || this.isOperator('/') || this.isOperator('//') || this.isOperator('%'))
      left = this.#binary(this.next().value as '*' | '/' | '//' | '%', left, this.#power());
    return left;
  }

  #power(): Expression {
    let left = this.unary();
    while (this.skipOperator('**')) left = this.#binary('**', left, this.unary());
    return left;
  }

  /** `-a.b|f` filters what the sign was put before, and `-a.b` has its postfix within the sign. */
  protected unary(withFilter = true): Expression {
    const { current } = this;
    let node: Expression;
    if (this.isOperator('-') || this.isOperator('+')) {
      this.next();
      const operand = this.nested(() => this.unary(false));
      const operator = current.value === '-' ? '-' : '+';
      node = { kind: 'unary', from: current.from, depth: this.above(current.from, operand), operator, operand };
    } else node = this.primary();
    node = this.postfix(node);
    return withFilter ? this.#filters(node) : node;
  }

  protected primary(withNamespace = false): Expression {
    const { current } = this;
    const { from } = current;
    switch (current.type) {
      case 'name':
        return this.#name(withNamespace);
      case 'string':
        return this.#string();
      case 'integer':
      case 'float':
        this.next();
        return { kind: 'const', from, depth: 1, value: Number(current.value), digits: current.value };
      default:
    }
    if (this.skipOperator('(')) {
      const found = this.nested(() => this.tuple({ isBracketed: true }));
      this.expect('operator', ')');
      return found;
    }
    if (this.isOperator('[')) return this.#list();
    if (this.isOperator('{')) return this.#dict();
    return this.fail(`unexpected ${described(current)}`);
  }

  #name(withNamespace: boolean): Expression {
    const { value, from } = this.next();
    const literal = LITERALS.get(value);
    if (literal !== undefined) return { kind: 'const', from, depth: 1, value: literal };
    if (!withNamespace || !this.skipOperator('.')) return { kind: 'name', from, depth: 1, id: value };
    return { kind: 'nsref', from, depth: 1, name: value, attribute: this.expect('name').value };
  }

  #string(): Expression {
    const { from } = this.current;
    const parts: string[] = [];
    let uncertain = false;
    while (this.current.type === 'string') {
      const token = this.next();
      parts.push(token.value);
      uncertain ||= token.uncertain === true;
    }
    return { kind: 'const', from, depth: 1, value: parts.join(''), ...(uncertain ? { uncertain: true } : {}) };
  }

  protected tuple({
    isSimple = false,
    withConditional = true,
    end = null,
    isBracketed = false,
    withNamespace = false,
  }: {
    readonly isSimple?: boolean;
    readonly withConditional?: boolean;
    readonly end?: TupleEnd;
    readonly isBracketed?: boolean;
    readonly withNamespace?: boolean;
  } = {}): Expression {
    const { from } = this.current;
    const items: Expression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.expect('operator', ',');
      if (this.#isTupleEnd(end)) break;
      items.push(isSimple ? this.primary(withNamespace) : this.expression(withConditional));
      if (!this.isOperator(',')) break;
      isTuple = true;
    }
    const [only] = items;
    if (!isTuple && only !== undefined) return only;
    if (!isTuple && !isBracketed) return this.fail(`expected an expression, found ${described(this.current)}`);
    return { kind: 'tuple', from, depth: this.#aboveAll(from, items), items };
  }

  #isTupleEnd(end: TupleEnd): boolean {
    const { type } = this.current;
    return (
      type === 'variable_end' || type === 'block_end' || this.isOperator(')') || (end !== null && this.isName(end))
    );
  }

  #list(): Expression {
    const { from } = this.expect('operator', '[');
    const items: Expression[] = [];
    while (!this.isOperator(']')) {
      if (items.length > 0) this.expect('operator', ',');
      if (this.isOperator(']')) break;
      items.push(this.expression());
    }
    this.expect('operator', ']');
    return { kind: 'list', from, depth: this.#aboveAll(from, items), items };
  }

  #dict(): Expression {
    const { from } = this.expect('operator', '{');
    const items: { key: Expression; value: Expression }[] = [];
    while (!this.isOperator('}')) {
      if (items.length > 0) this.expect('operator', ',');
      if (this.isOperator('}')) break;
      const key = this.expression();
      this.expect('operator', ':');
      items.push({ key, value: this.expression() });
    }
    this.expect('operator', '}');
    const depth = this.#aboveAll(
      from,
      items.flatMap(({ key, value }) => [key, value]),
    );
    return { kind: 'dict', from, depth, items };
  }

  // What follows a value

  protected postfix(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.isOperator('.')) node = this.#attribute(node);
      else if (this.isOperator('[')) node = this.#item(node);
      else if (this.isOperator('(')) node = this.#call(node);
      else return node;
    }
  }

  #filters(start: Expression): Expression {
    let node = start;
    for (;;) {
      if (this.isOperator('|')) node = this.filter(node);
      else if (this.isName('is')) node = this.#test(node);
      else if (this.isOperator('(')) node = this.#call(node);
      else return node;
    }
  }

  #attribute(object: Expression): Expression {
    this.next();
    const { type, value, from } = this.next();
    if (type === 'name') return { kind: 'getattr', from, depth: this.above(from, object), object, name: value };
    if (type !== 'integer') return this.fail('expected name or number', from);
    const index: Expression = { kind: 'const', from, depth: 1, value: Number(value), digits: value };
    return { kind: 'getitem', from, depth: this.above(from, object), object, index };
  }

  #item(object: Expression): Expression {
    const { from } = this.next();
    const items: Expression[] = [];
    while (!this.isOperator(']')) {
      if (items.length > 0) this.expect('operator', ',');
      items.push(this.#subscribed());
    }
    this.expect('operator', ']');
    const [only] = items;
    const index: Expression =
      only !== undefined && items.length === 1
        ? only
        : { kind: 'tuple', from, depth: this.#aboveAll(from, items), items };
    return { kind: 'getitem', from, depth: this.above(from, object, index), object, index };
  }

  /** One index or slice. */
  #subscribed(): Expression {
    const { from } = this.current;
    const first = this.isOperator(':') ? null : this.expression();
    if (first !== null && !this.isOperator(':')) return first;
    this.next();
    const isAtEnd = (): boolean => this.isOperator(']') || this.isOperator(',');
    const second = this.isOperator(':') || isAtEnd() ? null : this.expression();
    const third = this.skipOperator(':') && !isAtEnd() ? this.expression() : null;
    const parts = [first, second, third];
    const depth = this.#aboveAll(
      from,
      parts.filter((part) => part !== null),
    );
    return { kind: 'slice', from, depth, parts };
  }

  #call(callee: Expression): CallExpression {
    const { from } = this.current;
    const { args, depth } = this.callArguments();
    return { kind: 'call', from, depth: this.above(from, callee, { depth }), callee, args };
  }

  protected callArguments(): { readonly args: Arguments; readonly depth: number } {
    const { from } = this.expect('operator', '(');
    const positional: Expression[] = [];
    const keywords: { name: string; value: Expression }[] = [];
    let star: Expression | null = null;
    let starStar: Expression | null = null;
    let depth = 0;
    const ensure = (isRight: boolean): void => {
      if (!isRight) this.fail('invalid syntax for function call expression', from);
    };
    const value = (): Expression => {
      const found = this.expression();
      depth = Math.max(depth, this.above(from, found));
      return found;
    };
    for (let isFirst = true; !this.isOperator(')'); isFirst = false) {
      if (!isFirst) this.expect('operator', ',');
      if (this.isOperator(')')) {
        // A comma may stand at the end, and not alone.
        break;
      }
      if (this.skipOperator('*')) {
        ensure(star === null && starStar === null);
        star = value();
      } else if (this.skipOperator('**')) {
        ensure(starStar === null);
        starStar = value();
      } else if (this.current.type === 'name' && this.look().type === 'operator' && this.look().value === '=') {
        ensure(starStar === null);
        const name = this.next().value;
        this.next();
        keywords.push({ name, value: value() });
      } else {
        ensure(star === null && starStar === null && keywords.length === 0);
        positional.push(value());
      }
    }
    this.expect('operator', ')');
    return { args: { positional, keywords, star, starStar }, depth };
  }

  /** A name with dots, as filters and tests have them. */
  #dotted(): string {
    const parts = [this.expect('name').value];
    while (this.skipOperator('.')) parts.push(this.expect('name').value);
    return parts.join('.');
  }

  /** `|name(…)|name …`; `isInline`: the first one has no bar. */
  protected filter(object: Expression, isInline?: false): Expression;
  protected filter(object: null, isInline: true): FilterExpression;
  protected filter(object: Expression | null, isInline?: boolean): Expression | null;
  protected filter(object: Expression | null, isInline = false): Expression | null {
    let node = object;
    for (let isFirst = isInline; isFirst || this.isOperator('|'); isFirst = false) {
      if (!isFirst) this.next();
      const { from } = this.current;
      const name = this.#dotted();
      const { args, depth } = this.isOperator('(') ? this.callArguments() : NO_CALL;
      const above = this.above(from, { depth }, node);
      node = { kind: 'filter', from, depth: above, object: node, name, args };
    }
    return node;
  }

  #test(object: Expression): Expression {
    const { from } = this.next();
    const isNegated = this.skipName('not');
    const name = this.#dotted();
    const { args, depth } = this.#testArguments();
    const above = this.above(from, object, { depth });
    const test: Expression = { kind: 'test', from, depth: above, object, name, args };
    return isNegated ? this.#unary(test, [from], 'not') : test;
  }

  #testArguments(): { readonly args: Arguments; readonly depth: number } {
    const { type, value } = this.current;
    if (this.isOperator('(')) return this.callArguments();
    const begins =
      type === 'name'
        ? !NO_TEST_ARGUMENT.has(value)
        : type === 'string' || type === 'integer' || type === 'float' || this.isOperator('[') || this.isOperator('{');
    if (!begins) return NO_CALL;
    if (this.isName('is')) this.fail('You cannot chain multiple tests with is');
    const argument = this.nested(() => this.postfix(this.primary()));
    return { args: { ...NO_ARGUMENTS, positional: [argument] }, depth: argument.depth };
  }
}

const NO_ARGUMENTS: Arguments = { positional: [], keywords: [], star: null, starStar: null };
const NO_CALL = { args: NO_ARGUMENTS, depth: 0 };
const END: Token = { type: 'eof', value: '', from: 0 };

const WORDS: Readonly<Record<Token['type'], string>> = {
  data: 'text',
  variable_begin: "'{{'",
  variable_end: "'}}'",
  block_begin: "'{%'",
  block_end: "'%}'",
  name: 'a name',
  string: 'a string',
  integer: 'an integer',
  float: 'a number',
  operator: 'an operator',
  eof: 'the end of the template',
};

/** A token in words. */
export function described({ type, value }: Token): string {
  return type === 'name' || type === 'operator' ? `'${value}'` : WORDS[type];
}
