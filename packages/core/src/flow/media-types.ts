// Recursion in this file: the depth of the tree, which the parser bounds (MAX_INDENT, MAX_NESTING).
import { PICKLE_MEDIA_TYPE } from '../catalogue/lookup.js';
import type { Scope } from '../python/scope.js';
import type { Expression, Statement } from '../python/syntax.js';
import { lastName } from './member-source.js';
import type { ModuleFlow } from './module-flow.js';

/** An expression with which a module takes pickles by their name. */
export interface Accepted {
  readonly node: { readonly from: number; readonly to: number };
  readonly scope: Scope;
  readonly what: 'media-type' | 'codec-class' | 'setting';
  /** A registry of codecs. */
  readonly registers: boolean;
  readonly detail: string;
}

/** A source without any of these words has no such expression. */
const WORDS = /pickle|python-serialize|dill|joblib/i;
const SERIALIZERS = new Set(['pickle', 'cloudpickle', 'dill', 'joblib', 'application/x-python-serialize']);
const ABOUT_TYPE = /content.?type|media.?type|mime|serializ|header|encoding|accept/i;
const DENIED =
  /refus|den[iy]|block|forbid|unsafe|disallow|reject|black|ban|danger|insecure|unsupported|exclude|prohibit|untrusted|not_?allowed/i;
/** Of a class or function: it is for refusing. One that is called unsafe may well load. */
const REFUSES = /refus|den(?:y|ied)|block|forbid|disallow|reject|unsupported|exclude|prohibit|not_?allowed/i;
const REFUSAL =
  /^\s*(?:raise|continue)\b|^\s*return\s+False\b|\babort\(|\b4\d\d\b|unsupported|reject|refus|not allowed|not supported/i;
/** What stands beside a refusal. */
const REPORTS =
  /^\s*(?:\w+\.){0,3}(?:log\w{0,10}|warn\w{0,10}|debug|info|error|exception|critical|print|inc|increment)\(/i;
const SETTINGS =
  /^(?:celery_)?(?:accept_content|task_serializer|result_serializer|event_serializer|result_accept_content|accept|serializer)$/i;
const REGISTERS = /^(?:register\w*|add_codec|add_parser|add_serializer|accepts|consumes|enable_insecure_serializers)$/;

export function acceptedIn(flow: ModuleFlow): readonly Accepted[] {
  if (!WORDS.test(flow.module.source.text)) return [];
  const reader = new Reader(flow);
  reader.block(flow.module.body, flow.module.scope);
  for (const scope of [...flow.classes, ...flow.functions])
    if (scope.node !== null) reader.block(scope.node.body, scope);
  return reader.found;
}

class Reader {
  readonly found: Accepted[] = [];
  readonly #flow: ModuleFlow;
  readonly #usesCelery: boolean;

  constructor(flow: ModuleFlow) {
    this.#flow = flow;
    const { text } = flow.module.source;
    this.#usesCelery =
      flow.imports.some((name) => /^(?:celery|kombu)\b/.test(name)) || /\b(?:CELERY|celery|kombu)/.test(text);
  }

  block(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) this.#statement(statement, scope);
  }

  #statement(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'expression':
        return this.#expression(statement.value, scope);
      case 'return':
      case 'other':
        for (const value of statement.values) this.#expression(value, scope);
        return;
      case 'assign':
        if (statement.value !== null) this.#assignment(statement.targets, statement.value, scope);
        return;
      case 'compound':
        for (const { keyword, values, body } of statement.clauses) {
          const [test] = values;
          if ((keyword === 'if' || keyword === 'elif') && test !== undefined) this.#test(test, body, scope);
          else for (const value of values) this.#expression(value, scope);
          this.block(body, scope);
        }
        return;
      default:
    }
  }

  #assignment(targets: readonly Expression[], value: Expression, scope: Scope): void {
    const name = targets.map(lastName).join(' ');
    const isDenied = DENIED.test(name) || (scope.kind === 'class' && REFUSES.test(scope.path));
    const isSetting = this.#usesCelery && targets.some((target) => SETTINGS.test(lastName(target)));
    if (isSetting && this.#holdsSerializer(value, scope)) {
      this.#add(value, scope, 'setting', false, `${name} = ${this.#text(value)}`);
      return;
    }
    const media = this.#media(value, scope);
    if (media !== null && scope.kind === 'class' && !isDenied && /type|mime|media/i.test(name)) {
      this.#add(value, scope, 'codec-class', true, `class ${scope.path} has ${name} = "${media}"`);
    } else if (value.kind === 'sequence' && !isDenied) {
      const listed = value.items.map((item) => this.#media(item, scope)).find((text) => text !== null);
      if (listed !== undefined && listed !== null)
        this.#add(value, scope, 'media-type', false, `${name} lists ${listed}`);
    }
    if (!isDenied) this.#expression(value, scope);
  }

  /** `if content_type == "application/x-pickle": …` */
  #test(test: Expression, body: readonly Statement[], scope: Scope): void {
    for (const part of comparisons(test)) {
      const [operator = ''] = part.operators;
      const isPositive = operator === '==' || operator === 'in';
      if (!isPositive && operator !== '!=' && operator !== 'not in') continue;
      const text = this.#text(part);
      const media = part.operands
        .flatMap((operand) => (operand.kind === 'sequence' ? operand.items : [operand]))
        .map((item) => this.#media(item, scope))
        .find((found) => found !== null);
      const named = ABOUT_TYPE.test(text) && part.operands.some((operand) => this.#holdsSerializer(operand, scope));
      if ((media === undefined || media === null) && !named) continue;
      if (DENIED.test(text) || isPositive === this.#refuses(body)) continue;
      this.#add(part, scope, 'media-type', false, `${text}${media == null ? '' : ` takes ${media}`}`);
    }
  }

  /** Nothing but a refusal, with a line of the log beside it. */
  #refuses(body: readonly Statement[]): boolean {
    let found = false;
    for (const statement of body) {
      const text = this.#flow.module.textOf(statement);
      if (REFUSAL.test(text)) found = true;
      else if (!REPORTS.test(text)) return false;
    }
    return found;
  }

  #expression(node: Expression, scope: Scope): void {
    if (node.kind === 'dict') {
      for (const { key, value } of node.items) {
        if (key === null) continue;
        const media = this.#media(key, scope);
        const isFunction =
          value.kind === 'name' || value.kind === 'attribute' || value.kind === 'lambda' || value.kind === 'call';
        if (media !== null && isFunction && !REFUSES.test(this.#text(value)))
          this.#add(key, scope, 'media-type', true, `${media} is given to ${this.#text(value)}`);
        else if (
          this.#usesCelery &&
          key.kind === 'string' &&
          SETTINGS.test(this.#constant(key, scope) ?? '') &&
          this.#holdsSerializer(value, scope)
        )
          this.#add(value, scope, 'setting', false, `${this.#constant(key, scope) ?? ''}: ${this.#text(value)}`);
      }
    } else if (node.kind === 'call') {
      const name = lastName(node.callee);
      const registers = REGISTERS.test(name) && !REFUSES.test(this.#text(node.callee));
      if (name === 'enable_insecure_serializers') this.#add(node, scope, 'setting', true, this.#text(node));
      for (const { name: keyword, value } of node.args) {
        const media = this.#media(value, scope);
        if (media !== null && registers) this.#add(node, scope, 'media-type', true, `${name} takes ${media}`);
        else if (keyword !== null && this.#usesCelery && SETTINGS.test(keyword) && this.#holdsSerializer(value, scope))
          this.#add(value, scope, 'setting', false, `${keyword}=${this.#text(value)}`);
        else if (
          keyword === 'consumes' &&
          value.kind === 'sequence' &&
          value.items.some((item) => this.#media(item, scope) !== null)
        )
          this.#add(value, scope, 'media-type', false, `consumes ${this.#text(value)}`);
        else this.#expression(value, scope);
      }
    } else if (node.kind === 'sequence') {
      for (const item of node.items) this.#expression(item, scope);
    } else if (node.kind === 'await' && node.value !== null) {
      this.#expression(node.value, scope);
    }
  }

  #constant(node: Expression, scope: Scope): string | null {
    if (node.kind !== 'string' && node.kind !== 'name' && node.kind !== 'attribute') return null;
    const [value] = this.#flow.module.constants({ value: node, scope }).values;
    return value?.kind === 'str' ? value.value : null;
  }

  #media(node: Expression, scope: Scope): string | null {
    const text = this.#constant(node, scope);
    return text !== null && PICKLE_MEDIA_TYPE.test(text) ? text : null;
  }

  #holdsSerializer(node: Expression, scope: Scope): boolean {
    const items = node.kind === 'sequence' ? node.items : [node];
    return items.some((item) => SERIALIZERS.has(this.#constant(item, scope) ?? ''));
  }

  #text(node: Expression): string {
    const to = Math.min(node.to, node.from + SHOWN_AT_MOST);
    const text = this.#flow.module.textOf({ from: node.from, to }).replaceAll(/\s+/g, ' ');
    return text.length > 100 ? `${text.slice(0, 97)}...` : text;
  }

  #add(node: Accepted['node'], scope: Scope, what: Accepted['what'], registers: boolean, detail: string): void {
    this.found.push({ node, scope, what, registers, detail });
  }
}
/** UTF-16 units of an expression that are read for its text: 100 are shown, and many may be blanks. */
const SHOWN_AT_MOST = 500;

function comparisons(test: Expression): readonly (Expression & { readonly kind: 'operation' })[] {
  if (test.kind === 'unary') return comparisons(test.operand);
  if (test.kind !== 'operation') return [];
  if (test.operators.every((operator) => operator === 'and' || operator === 'or'))
    return test.operands.flatMap(comparisons);
  return [test];
}
