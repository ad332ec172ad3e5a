// Recursion in this file: the depth of the tree, which the parser bounds (MAX_INDENT, MAX_NESTING).
import type { PythonModule } from '../python/module.js';
import type { Scope } from '../python/scope.js';
import type { Expression, FunctionStatement, Statement } from '../python/syntax.js';

/**
 * What a `find_class` lets through. An allowlist compares module and name with what is listed and refuses the rest; a list
 * of what is forbidden is weak, and so is one of modules: all that they hold comes along.
 */
export type FindClass = 'allowlist' | 'weak' | 'none';

/** What stands first where the beginning of a statement is broken; nothing, of a block below a broken line. */
const LOOSE = /^(?:|elif|else|except)$/;

interface State {
  readonly exact: boolean;
  readonly tested: boolean;
}

export function judgeFindClass(module: PythonModule, definition: Scope): FindClass {
  const { node } = definition;
  if (node?.kind !== 'function') return 'none';
  const names = node.parameters.slice(1).map(({ name }) => name);
  const [moduleName = '', globalName = ''] = names;
  return new Judge(module, node, moduleName, globalName).judge();
}

class Judge {
  readonly #module: PythonModule;
  readonly #node: FunctionStatement;
  readonly #both: readonly [string, string];
  /** Local names that are made of the module's and the global's name. */
  readonly #made = new Map<string, ReadonlySet<string>>();
  #open = false;
  #tested = false;

  constructor(module: PythonModule, node: FunctionStatement, moduleName: string, globalName: string) {
    this.#module = module;
    this.#node = node;
    this.#both = [moduleName, globalName];
  }

  judge(): FindClass {
    this.#walk(this.#node.body, { exact: false, tested: false });
    if (!this.#open) return 'allowlist';
    return this.#tested ? 'weak' : 'none';
  }

  /** False where the block never ends. */
  #walk(body: readonly Statement[], given: State): State | null {
    let state: State | null = given;
    for (const statement of body) {
      if (state === null) return null;
      state = this.#statement(statement, state);
    }
    return state;
  }

  #statement(statement: Statement, state: State): State | null {
    if (statement.kind === 'return') {
      const [value] = statement.values;
      if (value !== undefined && !state.exact && this.#looksUp(value)) {
        this.#open = true;
        this.#tested ||= state.tested;
      }
      return null;
    }
    if (statement.kind === 'other') return this.#module.textOf(statement).startsWith('raise') ? null : state;
    if (statement.kind === 'assign' && statement.value !== null) {
      for (const target of statement.targets) {
        if (target.kind === 'name') this.#made.set(target.id, this.#namesIn(statement.value));
        else if (target.kind === 'sequence')
          for (const item of target.items)
            if (item.kind === 'name') this.#made.set(item.id, this.#namesIn(statement.value));
      }
      return state;
    }
    if (statement.kind !== 'compound') return state;
    return this.#compound(statement.clauses, state);
  }

  #compound(clauses: Extract<Statement, { kind: 'compound' }>['clauses'], given: State): State | null {
    const ends: (State | null)[] = [];
    let state = given;
    let hasElse = false;
    for (const { keyword, values, body } of clauses) {
      const [test] = values;
      if ((keyword === 'if' || keyword === 'elif') && test !== undefined) {
        const found = this.#test(test);
        const seen = { ...state, tested: state.tested || found !== 'other' };
        ends.push(this.#walk(body, found === 'in' ? { ...seen, exact: true } : seen));
        state = found === 'not in' ? { ...seen, exact: true } : seen;
      } else {
        hasElse ||= keyword === 'else';
        const end = this.#walk(body, { ...state, tested: state.tested || keyword === 'for' || keyword === 'case' });
        if (keyword !== 'for' && keyword !== 'while') ends.push(end);
      }
    }
    if (!hasElse && clauses[0]?.keyword === 'if') ends.push(state);
    // What refuses in the block is not heard behind it.
    if (clauses[0]?.keyword === 'with' && clauses[0].values.some((value) => this.#mutes(value))) ends.push(given);
    if (clauses[0]?.keyword === 'for' || clauses[0]?.keyword === 'while') ends.push(state);
    // Of a broken statement nobody knows which branch is taken.
    if (LOOSE.test(clauses[0]?.keyword ?? '')) ends.push(given);
    const alive = ends.filter((end) => end !== null);
    if (alive.length === 0) return null;
    return { exact: alive.every(({ exact }) => exact), tested: alive.some(({ tested }) => tested) };
  }

  /** `in`: both names are listed where it holds; `not in`: where it does not; `partly`: only one of them, or forbidden. */
  #test(test: Expression): 'in' | 'not in' | 'partly' | 'other' {
    if (test.kind === 'unary' && test.operator === 'not') {
      const inner = this.#test(test.operand);
      return inner === 'in' ? 'not in' : inner === 'not in' ? 'in' : inner;
    }
    const involved = this.#namesIn(test);
    if (involved.size === 0) return 'other';
    if (test.kind !== 'operation') return 'partly';
    const { operators, operands } = test;
    if (operators.every((operator) => operator === 'and')) {
      const parts = operands.map((operand) => this.#test(operand));
      if (parts.includes('in')) return 'in';
      const compared = operands.filter((operand) => this.#isListed(operand, ['in', '==']));
      const all = new Set(compared.flatMap((operand) => [...this.#namesIn(operand)]));
      return this.#both.every((name) => all.has(name)) ? 'in' : 'partly';
    }
    if (operators.every((operator) => operator === 'or')) {
      const refused = operands.filter((operand) => this.#isListed(operand, ['not in', '!=']));
      const all = new Set(refused.flatMap((operand) => [...this.#namesIn(operand)]));
      if (refused.length > 0 && this.#both.every((name) => all.has(name))) return 'not in';
      return operands.every((operand) => this.#test(operand) === 'in') ? 'in' : 'partly';
    }
    const hasBoth = this.#both.every((name) => involved.has(name));
    if (!hasBoth) return 'partly';
    if (this.#isListed(test, ['in', '=='])) return this.#isForbidding(test) ? 'partly' : 'in';
    if (this.#isListed(test, ['not in', '!=', 'is'])) return 'not in';
    return 'partly';
  }

  #isListed(test: Expression, wanted: readonly string[]): boolean {
    if (test.kind !== 'operation' || test.operators.length !== 1) return false;
    const [operator = ''] = test.operators;
    return wanted.includes(operator.replaceAll(/\s+/g, ' '));
  }

  #mutes(value: Expression): boolean {
    return /\b(?:suppress|ExitStack)\b/.test(this.#module.textOf(value));
  }

  #isForbidding(test: Expression): boolean {
    return /forbid|deny|block|ban|danger|unsafe|black|bad|disallow/i.test(this.#module.textOf(test));
  }

  /** It gives what the names lead to, and not what a table holds under them. */
  #looksUp(value: Expression): boolean {
    const text = this.#module.textOf(value);
    return /find_class|getattr|__import__|import_module|__dict__|import_string|locate|resolve/.test(text);
  }

  #namesIn(expression: Expression): ReadonlySet<string> {
    const text = this.#module.textOf(expression);
    const found = new Set<string>();
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) {
      if (this.#both.includes(name)) found.add(name);
      for (const inner of this.#made.get(name) ?? []) found.add(inner);
    }
    return found;
  }
}
