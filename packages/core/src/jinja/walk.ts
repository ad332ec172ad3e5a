// Recursion in this file: the depth of the tree, which the parser bounds (MAX_TEMPLATE_DEPTH).
import type { Arguments, Expression, Statement } from './nodes.js';

export interface Visitor {
  statement(node: Statement): void;
  /** Before what is within it. */
  expression(node: Expression): void;
}

export function walk(body: readonly Statement[], visitor: Visitor): void {
  for (const node of body) {
    visitor.statement(node);
    for (const own of expressionsOf(node)) walkExpression(own, visitor);
    for (const inner of bodiesOf(node)) walk(inner, visitor);
  }
}

function walkExpression(node: Expression, visitor: Visitor): void {
  visitor.expression(node);
  for (const part of partsOf(node)) walkExpression(part, visitor);
}

/** The expressions of a tag's head, or those that are put out. */
export function expressionsOf(node: Statement): readonly Expression[] {
  switch (node.kind) {
    case 'output':
      return node.items.filter((item) => item.kind !== 'data');
    case 'set':
      return [node.target, node.value];
    case 'set-block':
      return node.filter === null ? [node.target] : [node.target, node.filter];
    case 'for':
      return node.test === null ? [node.target, node.iterable] : [node.target, node.iterable, node.test];
    case 'if':
      return node.branches.map(({ test }) => test);
    case 'with':
      return node.items.flatMap(({ target, value }) => [target, value]);
    case 'autoescape':
    case 'do':
      return [node.value];
    case 'extends':
    case 'include':
    case 'import':
    case 'from':
      return [node.template];
    case 'macro':
      return node.signature.defaults;
    case 'call-block':
      return [node.call, ...node.signature.defaults];
    case 'filter-block':
      return [node.filter];
    case 'trans':
      return node.variables.map(({ value }) => value);
    case 'block':
    case 'break':
    case 'continue':
    case 'generation':
      return [];
  }
}

export function bodiesOf(node: Statement): readonly (readonly Statement[])[] {
  switch (node.kind) {
    case 'for':
      return [node.body, node.otherwise];
    case 'if':
      return [...node.branches.map(({ body }) => body), node.otherwise];
    case 'set-block':
    case 'with':
    case 'autoescape':
    case 'block':
    case 'macro':
    case 'call-block':
    case 'filter-block':
    case 'generation':
      return [node.body];
    default:
      return [];
  }
}

export function argumentsOf({ positional, keywords, star, starStar }: Arguments): readonly Expression[] {
  const found = [...positional, ...keywords.map(({ value }) => value)];
  if (star !== null) found.push(star);
  if (starStar !== null) found.push(starStar);
  return found;
}

function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'const':
    case 'name':
    case 'nsref':
      return [];
    case 'call':
      return [node.callee, ...argumentsOf(node.args)];
    case 'filter':
      return node.object === null ? argumentsOf(node.args) : [node.object, ...argumentsOf(node.args)];
    case 'test':
      return [node.object, ...argumentsOf(node.args)];
    case 'getitem':
      return [node.object, node.index];
    case 'getattr':
      return [node.object];
    case 'slice':
      return node.parts.filter((part) => part !== null);
    case 'binary':
      return [node.left, node.right];
    case 'concat':
    case 'tuple':
    case 'list':
      return node.items;
    case 'compare':
      return [node.first, ...node.rest.map(({ value }) => value)];
    case 'unary':
      return [node.operand];
    case 'conditional':
      return node.otherwise === null ? [node.test, node.result] : [node.test, node.result, node.otherwise];
    case 'dict':
      return node.items.flatMap(({ key, value }) => [key, value]);
  }
}
