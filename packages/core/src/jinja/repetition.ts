// Recursion in this file: the nesting of the template, which the parser bounds (MAX_TEMPLATE_NESTING).
import { numberOf } from './evaluate.js';
import type { Arguments, Expression, Statement } from './nodes.js';
import { bodiesOf, walk } from './walk.js';

/** Items that a template may write down for its loops: `jinja2.sandbox.MAX_RANGE`, beyond which the sandbox refuses. */
const MAX_RANGE = 100_000;
/** Filters and methods whose number is a length of what they make. */
const LENGTHENING = new Set(['center', 'indent', 'ljust', 'rjust', 'zfill', 'wordwrap']);

/** Reports loops and texts whose length the template fixes, and that are longer than any conversation. */
export function repetition(body: readonly Statement[], found: (from: number) => void): void {
  loops(body, 1, found);
  walk(body, {
    statement: () => undefined,
    expression: (node) => {
      if (isLong(node)) found(node.from);
    },
  });
}

/** `times`: how often the body is gone through. */
function loops(body: readonly Statement[], times: number, found: (from: number) => void): void {
  for (const node of body) {
    const count = node.kind === 'for' ? rangeLength(node.iterable) : null;
    const own = count === null ? times : times * Math.max(1, count);
    if (count !== null && own > MAX_RANGE && (times <= MAX_RANGE || count > MAX_RANGE)) found(node.from);
    for (const inner of bodiesOf(node)) loops(inner, own, found);
  }
}

/** How many numbers a `range` with written bounds gives. */
function rangeLength(node: Expression): number | null {
  if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.id !== 'range') return null;
  const bounds = node.args.positional.map(constantOf);
  if (bounds.some((bound) => bound === null)) return null;
  const [first = 0, second = null, step = 1] = bounds as readonly number[];
  const [from, to] = second === null ? [0, first] : [first, second];
  return step === 0 ? null : Math.max(0, Math.ceil((to - from) / step));
}

function isLong(node: Expression): boolean {
  if (node.kind === 'call') {
    if ((rangeLength(node) ?? 0) > MAX_RANGE) return true;
    return node.callee.kind === 'getattr' && LENGTHENING.has(node.callee.name) && hasLargeNumber(node.args);
  }
  if (node.kind === 'filter') return LENGTHENING.has(node.name) && hasLargeNumber(node.args);
  if (node.kind !== 'binary') return false;
  if (node.operator === '**') return (constantOf(node.right) ?? 0) > 1000;
  return node.operator === '*' && Math.max(constantOf(node.left) ?? 0, constantOf(node.right) ?? 0) > MAX_RANGE;
}

function hasLargeNumber({ positional, keywords }: Arguments): boolean {
  return [...positional, ...keywords.map(({ value }) => value)].some((value) => (constantOf(value) ?? 0) > MAX_RANGE);
}

/** A number that is written there, with the arithmetic of written numbers. */
function constantOf(node: Expression): number | null {
  if (node.kind !== 'binary') return numberOf(node);
  const left = constantOf(node.left);
  const right = constantOf(node.right);
  if (left === null || right === null) return null;
  switch (node.operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '**':
      return left ** right;
    case '/':
    case '//':
    case '%':
    case 'and':
    case 'or':
      return null;
  }
}
