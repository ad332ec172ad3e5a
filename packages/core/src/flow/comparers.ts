import { COMPARE } from '../catalogue/lookup.js';
import { perObject } from '../model/lazy.js';
import type { PythonModule } from '../python/module.js';
import type { Expression, Statement } from '../python/syntax.js';
import type { Summary } from './value.js';

/**
 * A function that is true only where its two parameters are equal: it calls `hmac.compare_digest` with them, or goes
 * through `zip(a, b)` and compares the lengths as well, as was usual before Python had that function. Anything else that
 * stands in it makes it no such function.
 */
export const isComparer = perObject(({ owner, unit, parameters, isMethod }: Summary): boolean => {
  const [a, b, ...others] = isMethod ? parameters.slice(1) : parameters;
  if (a === undefined || b === undefined || others.length > 0 || owner.node?.kind !== 'function') return false;
  const [first, ...rest] = owner.node.body;
  const isDescribed = first?.kind === 'expression' && first.value.kind === 'string';
  const body = isDescribed || first === undefined ? rest : [first, ...rest];
  const shape = new ComparerShape(unit.module, a, b);
  const compares = (callee: Expression): boolean =>
    unit.module.resolve({ value: callee, scope: owner }).some((of) => of.kind === 'path' && COMPARE.test(of.path));
  return shape.isCallOfOne(body, compares) || shape.isSum(body) || shape.isLoop(body);
});

class ComparerShape {
  readonly #module: PythonModule;
  readonly #names: readonly [string, string];

  constructor(module: PythonModule, a: string, b: string) {
    this.#module = module;
    this.#names = [a, b];
  }

  /** `return compare_digest(to_bytes(a), to_bytes(b))` */
  isCallOfOne(body: readonly Statement[], compares: (callee: Expression) => boolean): boolean {
    const value = returned(body);
    if (value?.kind !== 'call' || value.args.length !== 2 || !compares(value.callee)) return false;
    return this.#areBoth(
      value.args.map(({ value: item }) =>
        item.kind === 'call' && item.args.length === 1 ? item.args[0]?.value : item,
      ),
    );
  }

  /** `return not sum(x != y for x, y in zip(a, b)) and len(a) == len(b)` */
  isSum(body: readonly Statement[]): boolean {
    const value = returned(body);
    if (value?.kind !== 'operation' || value.operands.length !== 2 || value.operators[0] !== 'and') return false;
    return (
      value.operands.some((operand) => this.#isOfLengths(operand, '==')) &&
      value.operands.some((operand) => this.#isOfItems(operand))
    );
  }

  /** `if len(a) != len(b): return False`, then `result |= x ^ y` for each pair, and `return result == 0`. */
  isLoop(body: readonly Statement[]): boolean {
    const [lengths, start, loop, end, ...others] = body;
    if (lengths?.kind !== 'compound' || loop?.kind !== 'compound' || start?.kind !== 'assign' || others.length > 0)
      return false;
    const [refusal] = lengths.clauses;
    const refused = refusal === undefined ? null : returned(refusal.body);
    if (lengths.clauses.length !== 1 || refusal?.keyword !== 'if' || !this.#isOfLengths(refusal.values[0], '!='))
      return false;
    if (refused?.kind !== 'constant' || refused.value !== false) return false;
    const [target] = start.targets;
    if (start.targets.length !== 1 || target?.kind !== 'name' || !this.#isNumber(start.value, '0')) return false;
    const [clause] = loop.clauses;
    const [step, ...more] = clause?.body ?? [];
    if (loop.clauses.length !== 1 || clause?.keyword !== 'for' || step?.kind !== 'augmented' || more.length > 0)
      return false;
    if (!this.#isZip(clause.values[0]) || !isName(step.target, target.id)) return false;
    const operator = this.#module.textOf({ from: step.target.to, to: step.value.from }).trim();
    const items = itemsOf(clause.targets);
    if (operator !== '|=' || items.includes(target.id) || !isDifference(step.value, items)) return false;
    const value = end === undefined ? null : returned([end]);
    return (
      value?.kind === 'operation' &&
      value.operators.join() === '==' &&
      value.operands.length === 2 &&
      isName(value.operands[0], target.id) &&
      this.#isNumber(value.operands[1], '0')
    );
  }

  /** `all(x == y for …)`, `not sum(0 if x == y else 1 for …)`, `not any(x != y for …)`. */
  #isOfItems(node: Expression): boolean {
    const isNot = node.kind === 'unary' && node.operator === 'not';
    const call = isNot ? node.operand : node;
    if (call.kind !== 'call' || call.args.length !== 1 || call.callee.kind !== 'name') return false;
    const { id } = call.callee;
    const over = call.args[0]?.value;
    if (over?.kind !== 'comprehension' || over.clauses.length !== 1 || over.elements.length !== 1) return false;
    const [clause] = over.clauses;
    const [element] = over.elements;
    if (clause === undefined || element === undefined || clause.conditions.length > 0 || !this.#isZip(clause.iterable))
      return false;
    const items = itemsOf([clause.target]);
    if (!isNot) return id === 'all' && isComparison(element, '==', items);
    if (id !== 'sum' && id !== 'any') return false;
    if (isDifference(element, items) || isComparison(element, '!=', items)) return true;
    if (element.kind !== 'conditional' || element.tests.length !== 1) return false;
    const [test] = element.tests;
    const [then, otherwise] = element.results;
    const isEqual = isComparison(test, '==', items);
    if (!isEqual && !isComparison(test, '!=', items)) return false;
    return this.#isNumber(isEqual ? then : otherwise, '0') && this.#isNumber(isEqual ? otherwise : then, '1');
  }

  #isOfLengths(node: Expression | undefined, operator: string): boolean {
    if (node?.kind !== 'operation' || node.operators.join() !== operator) return false;
    return this.#areBoth(
      node.operands.map((item) =>
        item.kind === 'call' && isName(item.callee, 'len') && item.args.length === 1 ? item.args[0]?.value : undefined,
      ),
    );
  }

  #isZip(node: Expression | undefined): boolean {
    return node?.kind === 'call' && isName(node.callee, 'zip') && this.#areBoth(node.args.map(({ value }) => value));
  }

  /** These are the two parameters. */
  #areBoth([one, other, ...more]: readonly (Expression | undefined)[]): boolean {
    const [a, b] = this.#names;
    if (more.length > 0) return false;
    return (isName(one, a) && isName(other, b)) || (isName(one, b) && isName(other, a));
  }

  #isNumber(node: Expression | null | undefined, text: string): boolean {
    return node?.kind === 'number' && this.#module.textOf(node) === text;
  }
}

/** What a body returns that is nothing else. */
function returned(body: readonly Statement[]): Expression | null {
  const [only, ...others] = body;
  if (only?.kind !== 'return' || others.length > 0) return null;
  return only.values.length === 1 ? (only.values[0] ?? null) : null;
}

function isName(node: Expression | undefined, id: string): boolean {
  return node?.kind === 'name' && node.id === id;
}

/** The two names of `for x, y in …`; none of anything else. */
function itemsOf(targets: readonly Expression[]): readonly string[] {
  const [target] = targets;
  const items = target?.kind === 'sequence' ? target.items : targets;
  const names = items.flatMap((item) => (item.kind === 'name' ? [item.id] : []));
  return names.length === 2 && items.length === 2 && names[0] !== names[1] ? names : [];
}

/** Both names, each of them as it is or as `ord` of it. */
function isPair(operands: readonly Expression[], [x, y]: readonly string[]): boolean {
  const [one, other, ...more] = operands.map((item) =>
    item.kind === 'call' && isName(item.callee, 'ord') && item.args.length === 1 ? item.args[0]?.value : item,
  );
  if (x === undefined || y === undefined || more.length > 0) return false;
  return (isName(one, x) && isName(other, y)) || (isName(one, y) && isName(other, x));
}

function isComparison(node: Expression | undefined, operator: string, items: readonly string[]): boolean {
  return node?.kind === 'operation' && node.operators.join() === operator && isPair(node.operands, items);
}

/** `ord(x) ^ ord(y)` */
function isDifference(node: Expression, items: readonly string[]): boolean {
  return isComparison(node, '^', items);
}
