import type { Expression, FunctionStatement, Statement } from '../python/syntax.js';

/** A statement with which a function returns an argument, or stores it. */
export interface StoredArgument {
  readonly how: 'returned' | 'stored';
  readonly parameter: string;
  readonly at: Expression;
}

/**
 * Where a function returns what it was given, or stores it in something: what a stream judges as the result of a maker is
 * then another name of its argument, and can be changed through it (an alias). The statements are walked without
 * recursion; an argument is followed through other variables in the order of the source.
 */
export function storedArguments(definition: FunctionStatement): readonly StoredArgument[] {
  const names = new Set<string>();
  for (const { name } of definition.parameters) names.add(name);
  const statements = flat(definition.body);
  // First which names hold an argument: in a loop, an assignment counts for what stands above it too.
  for (const statement of statements)
    if (statement.kind === 'assign' && statement.value !== null && parametersIn(statement.value, names).length > 0)
      for (const target of statement.targets) if (target.kind === 'name') names.add(target.id);
  const found: StoredArgument[] = [];
  for (const statement of statements) {
    if (statement.kind === 'return') {
      for (const value of statement.values)
        for (const parameter of parametersIn(value, names)) found.push({ how: 'returned', parameter, at: value });
    } else if (statement.kind === 'assign' && statement.value !== null) {
      for (const parameter of parametersIn(statement.value, names))
        for (const at of statement.targets)
          if (at.kind === 'attribute' || at.kind === 'subscript') found.push({ how: 'stored', parameter, at });
    }
  }
  return found;
}

/** Statements with those of their clauses, in the order of the source. */
function flat(body: readonly Statement[]): readonly Statement[] {
  const found: Statement[] = [];
  const waiting = body.toReversed();
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    found.push(statement);
    if (statement.kind === 'compound')
      for (const clause of statement.clauses.toReversed())
        for (const inner of clause.body.toReversed()) waiting.push(inner);
  }
  return found;
}

/** Parameters that a value is, or is one of: not those that it is computed from. */
function parametersIn(value: Expression, names: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const waiting: Expression[] = [value];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at.kind === 'name' && names.has(at.id)) found.push(at.id);
    else if (at.kind === 'sequence') for (const item of at.items) waiting.push(item);
    else if (at.kind === 'conditional') for (const result of at.results) waiting.push(result);
    else if (at.kind === 'operation') for (const operand of at.operands) waiting.push(operand);
  }
  return found;
}
