// Reads templates from standard input, one JSON string for each line, and prints the tree in the form of trees.py, or why
// there is none, and the uses. The programs beside this file build it.
import { createInterface } from 'node:readline';
import { TemplateError } from '../../packages/core/src/jinja/errors.js';
import type { Arguments, Expression, OutputItem, Signature, Statement } from '../../packages/core/src/jinja/nodes.js';
import { readTemplate, templateUses } from '../../packages/core/src/jinja/template.js';
import { templateText } from '../../packages/core/src/jinja/text.js';

type Tree = string | number | boolean | null | readonly Tree[];

const NAMES: Readonly<Record<string, string>> = {
  '+': 'Add', '-': 'Sub', '*': 'Mul', '/': 'Div', '//': 'FloorDiv', '%': 'Mod', '**': 'Pow', and: 'And', or: 'Or',
}; // prettier-ignore
const COMPARES: Readonly<Record<string, string>> = {
  '==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'lteq', '>': 'gt', '>=': 'gteq', in: 'in', notin: 'notin',
}; // prettier-ignore

const body = (statements: readonly Statement[]): Tree => statements.flatMap(statement);
const optional = (node: Expression | null): Tree => (node === null ? null : expression(node));
const all = (nodes: readonly Expression[]): Tree => nodes.map(expression);

function call({ positional, keywords, star, starStar }: Arguments): readonly Tree[] {
  return [
    all(positional),
    keywords.map(({ name, value }) => [name, expression(value)]),
    optional(star),
    optional(starStar),
  ];
}

function expression(node: Expression): Tree {
  switch (node.kind) {
    case 'const':
      if (typeof node.value === 'number') return ['Number', numeral(node.digits ?? '')];
      return ['Const', node.value];
    case 'name':
      return ['Name', node.id];
    case 'nsref':
      return ['NSRef', node.name, node.attribute];
    case 'call':
      return ['Call', expression(node.callee), ...call(node.args)];
    case 'filter':
      return ['Filter', optional(node.object), node.name, ...call(node.args)];
    case 'test':
      return ['Test', expression(node.object), node.name, ...call(node.args)];
    case 'getattr':
      return ['Getattr', expression(node.object), node.name];
    case 'getitem':
      return ['Getitem', expression(node.object), expression(node.index)];
    case 'slice':
      return ['Slice', ...node.parts.map(optional)];
    case 'binary':
      return [NAMES[node.operator] ?? '', expression(node.left), expression(node.right)];
    case 'concat':
      return ['Concat', all(node.items)];
    case 'compare':
      return [
        'Compare',
        expression(node.first),
        node.rest.map(({ operator, value }) => [COMPARES[operator] ?? '', expression(value)]),
      ];
    case 'unary':
      return [node.operator === 'not' ? 'Not' : node.operator === '-' ? 'Neg' : 'Pos', expression(node.operand)];
    case 'conditional':
      return ['CondExpr', expression(node.test), expression(node.result), optional(node.otherwise)];
    case 'tuple':
      return ['Tuple', all(node.items)];
    case 'list':
      return ['List', all(node.items)];
    case 'dict':
      return ['Dict', node.items.map(({ key, value }) => [expression(key), expression(value)])];
  }
}

/** A number as Python shows it as a float: both sides have the same rounding. */
function numeral(digits: string): Tree {
  return /^0[bx]|^\d+$/i.test(digits) || /^0o/i.test(digits) ? BigInt(digits).toString() : Number(digits);
}

const item = (node: OutputItem): Tree => (node.kind === 'data' ? ['Data', node.text] : expression(node));
const signature = ({ parameters, defaults }: Signature): readonly Tree[] => [parameters, all(defaults)];

/** One node of Jinja2, or the two that `trans` gives where its first variable is a call. */
function statement(node: Statement): Tree[] {
  if (node.kind !== 'trans') return [single(node)];
  const { context, variables, referenced, singular, plural, count } = node;
  const [first] = variables;
  const isCalled = first?.value.kind === 'call';
  const given = variables.map(({ name, value }, i): Tree => [
    name,
    i === 0 && isCalled ? ['Name', '_trans'] : expression(value),
  ]);
  const known = new Set(variables.map(({ name }) => name));
  for (const name of new Set(referenced)) if (!known.has(name)) given.push([name, ['Name', name]]);
  const escaped = (text: string): string => (referenced.length > 0 ? text : text.replaceAll('%%', '%'));
  const text = node.trimmed ? (own: string): string => escaped(trimmed(own)) : escaped;
  const counted =
    count === null
      ? null
      : isCalled && count === first?.name
        ? ['Name', '_trans']
        : ((given.find((own) => (own as Tree[])[0] === count) as Tree[] | undefined)?.[1] ?? null);
  const tree: Tree = ['Trans', text(singular), plural === null ? null : text(plural), context, sorted(given), counted];
  return isCalled && first !== undefined ? [['Assign', ['Name', '_trans'], expression(first.value)], tree] : [tree];
}

/** `InternationalizationExtension._trim_whitespace` */
const trimmed = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, ' ');
const sorted = (trees: readonly Tree[]): readonly Tree[] =>
  [...trees].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function single(node: Exclude<Statement, { kind: 'trans' }>): Tree {
  switch (node.kind) {
    case 'output':
      return ['Output', node.items.map(item)];
    case 'set':
      return ['Assign', expression(node.target), expression(node.value)];
    case 'set-block':
      return ['AssignBlock', expression(node.target), optional(node.filter), body(node.body)];
    case 'for':
      return [
        'For',
        expression(node.target),
        expression(node.iterable),
        body(node.body),
        body(node.otherwise),
        optional(node.test),
        node.recursive,
      ];
    case 'if': {
      const [first, ...others] = node.branches.map(({ test, body: own }): Tree => [expression(test), body(own)]);
      return ['If', first ?? null, others, body(node.otherwise)];
    }
    case 'with':
      return ['With', node.items.map(({ target, value }) => [expression(target), expression(value)]), body(node.body)];
    case 'autoescape':
      return ['Autoescape', expression(node.value), body(node.body)];
    case 'block':
      return ['Block', node.name, node.scoped, node.required, body(node.body)];
    case 'extends':
      return ['Extends', expression(node.template)];
    case 'include':
      return ['Include', expression(node.template), node.ignoreMissing, node.withContext];
    case 'import':
      return ['Import', expression(node.template), node.target, node.withContext];
    case 'from':
      return [
        'FromImport',
        expression(node.template),
        node.names.map(({ name, alias }) => [name, alias]),
        node.withContext,
      ];
    case 'macro':
      return ['Macro', node.name, ...signature(node.signature), body(node.body)];
    case 'call-block':
      return ['CallBlock', ...signature(node.signature), expression(node.call), body(node.body)];
    case 'filter-block':
      return ['FilterBlock', expression(node.filter), body(node.body)];
    case 'do':
      return ['ExprStmt', expression(node.value)];
    case 'break':
      return ['Break'];
    case 'continue':
      return ['Continue'];
    case 'generation':
      return ['Generation', body(node.body)];
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, chat } = JSON.parse(line) as { readonly text: string; readonly chat: boolean };
  const parsed = readTemplate(templateText(text), { trimBlocks: chat, lstripBlocks: chat });
  const isError = parsed instanceof TemplateError;
  const { uses, problem } = templateUses(text);
  const tree = isError ? null : body(parsed);
  process.stdout.write(
    `${JSON.stringify({ tree, error: isError ? parsed.message : null, limit: isError && parsed.limit, uses, problem })}\n`,
  );
}
