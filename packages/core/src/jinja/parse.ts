// Recursion in this file: the nesting of the template, which `nested` bounds (MAX_TEMPLATE_NESTING).
import { isAllSpace } from './characters.js';
import type { Expression, OutputItem, Signature, Statement } from './nodes.js';
import { described, ExpressionParser, type DepthLimits } from './parse-expression.js';
import { transBody } from './trans.js';
import type { Token } from './tokens.js';

type Body = readonly Statement[];

/** The statements of a template. Throws a TemplateError. */
export function parseTemplate(tokens: readonly Token[], limits: DepthLimits): Body {
  return new Parser(tokens, limits).template();
}

/** Names that cannot be assigned to. */
const RESERVED = new Set(['true', 'false', 'none', 'True', 'False', 'None']);

/**
 * `jinja2.parser.Parser` with the tags of Jinja2, its extensions `do`, `loopcontrols` and `i18n`, and `generation` of
 * transformers (`chat_template_utils.AssistantTracker`). Other tags are an error, as in Jinja2.
 */
class Parser extends ExpressionParser {
  template(): Body {
    return this.#statements([]);
  }

  /** Statements up to one of the tags that end them, which becomes current. */
  #statements(ends: readonly string[]): Body {
    const body: Statement[] = [];
    let output: OutputItem[] = [];
    const flush = (): void => {
      const [first] = output;
      if (first === undefined) return;
      const depth = output.reduce((most, item) => Math.max(most, this.above(first.from, item)), 0);
      body.push({ kind: 'output', from: first.from, depth, items: output });
      output = [];
    };
    while (this.current.type !== 'eof') {
      const { type, value, from } = this.next();
      if (type === 'data') output.push({ kind: 'data', from, depth: 1, text: value });
      else if (type === 'variable_begin') {
        output.push(this.nested(() => this.tuple()));
        this.expect('variable_end');
      } else {
        flush();
        if (this.current.type === 'name' && ends.includes(this.current.value)) return body;
        body.push(this.nested(() => this.#statement()));
        this.expect('block_end');
      }
    }
    flush();
    if (ends.length > 0) this.fail(`the template ends before ${ends.map((end) => `'${end}'`).join(' or ')}`);
    return body;
  }

  /** The rest of a tag's head and what is between it and one of its ends; the end becomes current. */
  #body(...ends: readonly string[]): Body {
    this.skipOperator(':');
    this.expect('block_end');
    return this.#statements(ends);
  }

  #closed(end: string): Body {
    const body = this.#body(end);
    this.next();
    return body;
  }

  #above(from: number, expressions: readonly (Expression | null)[], bodies: readonly Body[] = []): number {
    let depth = 1;
    const add = (node: { readonly depth: number } | null): void => {
      if (node !== null) depth = Math.max(depth, this.above(from, node));
    };
    for (const node of expressions) add(node);
    for (const body of bodies) for (const node of body) add(node);
    return depth;
  }

  #statement(): Statement {
    const { current } = this;
    if (current.type !== 'name') return this.fail('tag name expected');
    const parse = TAGS.get(current.value);
    if (parse === undefined) return this.fail(`unknown tag ${described(current)}`);
    return this[parse](this.next().from);
  }

  parseFor(from: number): Statement {
    const target = this.#target(true, false, 'in');
    this.expect('name', 'in');
    const iterable = this.tuple({ withConditional: false, end: 'recursive' });
    const test = this.skipName('if') ? this.expression() : null;
    const recursive = this.skipName('recursive');
    const body = this.#body('endfor', 'else');
    const otherwise = this.next().value === 'else' ? this.#closed('endfor') : [];
    const depth = this.#above(from, [target, iterable, test], [body, otherwise]);
    return { kind: 'for', from, depth, target, iterable, test, recursive, body, otherwise };
  }

  parseIf(from: number): Statement {
    const branches: { test: Expression; body: Body }[] = [];
    let otherwise: Body = [];
    for (;;) {
      const test = this.tuple({ withConditional: false });
      branches.push({ test, body: this.#body('elif', 'else', 'endif') });
      const { value } = this.next();
      if (value === 'elif') continue;
      if (value === 'else') otherwise = this.#closed('endif');
      break;
    }
    const tests = branches.map(({ test }) => test);
    const depth = this.#above(from, tests, [...branches.map(({ body }) => body), otherwise]);
    return { kind: 'if', from, depth, branches, otherwise };
  }

  parseSet(from: number): Statement {
    const target = this.#target(true, true);
    if (this.skipOperator('=')) {
      const value = this.tuple();
      return { kind: 'set', from, depth: this.#above(from, [target, value]), target, value };
    }
    const filter = this.filter(null, false);
    const body = this.#closed('endset');
    return { kind: 'set-block', from, depth: this.#above(from, [target, filter], [body]), target, filter, body };
  }

  parseWith(from: number): Statement {
    const items: { target: Expression; value: Expression }[] = [];
    while (this.current.type !== 'block_end') {
      if (items.length > 0) this.expect('operator', ',');
      const target = this.#target(true, false);
      this.expect('operator', '=');
      items.push({ target, value: this.expression() });
    }
    const body = this.#closed('endwith');
    const within = items.flatMap(({ target, value }) => [target, value]);
    return { kind: 'with', from, depth: this.#above(from, within, [body]), items, body };
  }

  parseAutoescape(from: number): Statement {
    const value = this.expression();
    const body = this.#closed('endautoescape');
    return { kind: 'autoescape', from, depth: this.#above(from, [value], [body]), value, body };
  }

  parseBlock(from: number): Statement {
    const name = this.expect('name').value;
    const scoped = this.skipName('scoped');
    const required = this.skipName('required');
    const body = this.#closed('endblock');
    if (required && !body.every(isBlank)) this.fail('Required blocks can only contain comments or whitespace');
    this.skipName(name);
    return { kind: 'block', from, depth: this.#above(from, [], [body]), name, scoped, required, body };
  }

  parseExtends(from: number): Statement {
    const template = this.expression();
    return { kind: 'extends', from, depth: this.#above(from, [template]), template };
  }

  parseInclude(from: number): Statement {
    const template = this.expression();
    const ignoreMissing = this.isName('ignore') && this.look().type === 'name' && this.look().value === 'missing';
    if (ignoreMissing) {
      this.next();
      this.next();
    }
    const withContext = this.#context() ?? true;
    return { kind: 'include', from, depth: this.#above(from, [template]), template, ignoreMissing, withContext };
  }

  parseImport(from: number): Statement {
    const template = this.expression();
    this.expect('name', 'as');
    const target = this.#assignedName();
    const withContext = this.#context() ?? false;
    return { kind: 'import', from, depth: this.#above(from, [template]), template, target, withContext };
  }

  parseFrom(from: number): Statement {
    const template = this.expression();
    this.expect('name', 'import');
    const names: { name: string; alias: string | null }[] = [];
    let withContext: boolean | null = null;
    do {
      if (names.length > 0) this.expect('operator', ',');
      if (this.current.type !== 'name') this.expect('name');
      withContext = this.#context();
      if (withContext !== null) break;
      const at = this.current.from;
      const name = this.#assignedName();
      if (name.startsWith('_')) this.fail('names starting with an underline can not be imported', at);
      names.push({ name, alias: this.skipName('as') ? this.#assignedName() : null });
      withContext = this.#context();
    } while (withContext === null && this.isOperator(','));
    const depth = this.#above(from, [template]);
    return { kind: 'from', from, depth, template, names, withContext: withContext ?? false };
  }

  /** `with context` and `without context`; null where neither stands there. */
  #context(): boolean | null {
    const isHere = (this.isName('with') || this.isName('without')) && this.look().value === 'context';
    if (!isHere || this.look().type !== 'name') return null;
    const { value } = this.next();
    this.next();
    return value === 'with';
  }

  parseMacro(from: number): Statement {
    const name = this.#assignedName();
    const signature = this.#signature();
    const body = this.#closed('endmacro');
    return { kind: 'macro', from, depth: this.#above(from, signature.defaults, [body]), name, signature, body };
  }

  #signature(): Signature {
    const parameters: string[] = [];
    const defaults: Expression[] = [];
    this.expect('operator', '(');
    while (!this.isOperator(')')) {
      if (parameters.length > 0) this.expect('operator', ',');
      parameters.push(this.#assignedName());
      if (this.skipOperator('=')) defaults.push(this.expression());
      else if (defaults.length > 0) this.fail('non-default argument follows default argument');
    }
    this.expect('operator', ')');
    return { parameters, defaults };
  }

  parseCallBlock(from: number): Statement {
    const signature = this.isOperator('(') ? this.#signature() : { parameters: [], defaults: [] };
    const call = this.expression();
    if (call.kind !== 'call') return this.fail('expected call', from);
    const body = this.#closed('endcall');
    const depth = this.#above(from, [call, ...signature.defaults], [body]);
    return { kind: 'call-block', from, depth, signature, call, body };
  }

  parseFilterBlock(from: number): Statement {
    const filter = this.filter(null, true);
    const body = this.#closed('endfilter');
    return { kind: 'filter-block', from, depth: this.#above(from, [filter], [body]), filter, body };
  }

  parsePrint(from: number): Statement {
    const items: Expression[] = [];
    while (this.current.type !== 'block_end') {
      if (items.length > 0) this.expect('operator', ',');
      items.push(this.expression());
    }
    return { kind: 'output', from, depth: this.#above(from, items), items };
  }

  parseDo(from: number): Statement {
    const value = this.tuple();
    return { kind: 'do', from, depth: this.#above(from, [value]), value };
  }

  parseBreak(from: number): Statement {
    return { kind: 'break', from, depth: 1 };
  }

  parseContinue(from: number): Statement {
    return { kind: 'continue', from, depth: 1 };
  }

  parseGeneration(from: number): Statement {
    const body = this.#closed('endgeneration');
    return { kind: 'generation', from, depth: this.#above(from, [], [body]), body };
  }

  parseTrans(from: number): Statement {
    const context = this.current.type === 'string' ? this.next().value : null;
    const variables: { name: string; value: Expression }[] = [];
    const names = new Set<string>();
    let trimmed: boolean | null = null;
    while (this.current.type !== 'block_end') {
      if (variables.length > 0) this.expect('operator', ',');
      if (this.skipOperator(':')) break;
      const { value: name, from: at } = this.expect('name');
      if (names.has(name)) this.fail(`translatable variable '${name}' defined twice.`, at);
      if (this.skipOperator('=')) variables.push({ name, value: this.expression() });
      else if (trimmed === null && (name === 'trimmed' || name === 'notrimmed')) {
        trimmed = name === 'trimmed';
        continue;
      } else variables.push({ name, value: { kind: 'name', from: at, depth: 1, id: name } });
      names.add(name);
    }
    this.expect('block_end');
    const head = {
      next: () => this.next(),
      current: () => this.current,
      expect: (type: Token['type']) => this.expect(type),
      fail: (message: string, at?: number) => this.fail(message, at),
    };
    const values = variables.map(({ value }) => value);
    const text = transBody(head, names);
    if (text.plural !== null && variables.length === 0 && text.count === null)
      this.fail('pluralize without variables', from);
    const count = text.plural === null ? null : (text.count ?? variables[0]?.name ?? null);
    return {
      kind: 'trans',
      from,
      depth: this.#above(from, values),
      context,
      variables,
      referenced: text.referenced,
      trimmed: trimmed ?? false,
      singular: text.singular,
      plural: text.plural,
      count,
    };
  }

  // What is assigned to

  #assignedName(): string {
    const { value, from } = this.expect('name');
    if (RESERVED.has(value)) this.fail(`cannot assign to '${value}'`, from);
    return value;
  }

  #target(isTuple: boolean, withNamespace: boolean, end: 'in' | null = null): Expression {
    const target = isTuple ? this.tuple({ isSimple: true, end, withNamespace }) : this.primary(withNamespace);
    if (!canAssign(target)) this.fail(`cannot assign to a ${target.kind}`, target.from);
    return target;
  }
}

type TagParser =
  | 'parseFor'
  | 'parseIf'
  | 'parseSet'
  | 'parseWith'
  | 'parseAutoescape'
  | 'parseBlock'
  | 'parseExtends'
  | 'parseInclude'
  | 'parseImport'
  | 'parseFrom'
  | 'parseMacro'
  | 'parseCallBlock'
  | 'parseFilterBlock'
  | 'parsePrint'
  | 'parseDo'
  | 'parseBreak'
  | 'parseContinue'
  | 'parseGeneration'
  | 'parseTrans';

const TAGS: ReadonlyMap<string, TagParser> = new Map([
  ['for', 'parseFor'],
  ['if', 'parseIf'],
  ['set', 'parseSet'],
  ['with', 'parseWith'],
  ['autoescape', 'parseAutoescape'],
  ['block', 'parseBlock'],
  ['extends', 'parseExtends'],
  ['include', 'parseInclude'],
  ['import', 'parseImport'],
  ['from', 'parseFrom'],
  ['macro', 'parseMacro'],
  ['call', 'parseCallBlock'],
  ['filter', 'parseFilterBlock'],
  ['print', 'parsePrint'],
  ['do', 'parseDo'],
  ['break', 'parseBreak'],
  ['continue', 'parseContinue'],
  ['generation', 'parseGeneration'],
  ['trans', 'parseTrans'],
]);

/** `can_assign` of the nodes; a tuple is as deep as the nesting of the template. */
function canAssign(node: Expression): boolean {
  if (node.kind === 'tuple') return node.items.every(canAssign);
  return node.kind === 'nsref' || node.kind === 'name';
}

function isBlank(statement: Statement): boolean {
  return statement.kind === 'output' && statement.items.every((item) => item.kind === 'data' && isAllSpace(item.text));
}
