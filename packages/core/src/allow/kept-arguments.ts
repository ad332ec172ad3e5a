import type { Expression, FunctionStatement, Statement } from '../analysis/python/syntax.js';

/** A place where a function hands back an argument, or keeps it. */
export interface KeptArgument {
  readonly how: 'returned' | 'kept';
  readonly parameter: string;
  readonly at: Expression;
}

/**
 * Where a function returns what it was given, or stores it in something: what a stream judges as the result of a maker is
 * then another name of its argument, and can be changed through it (an alias). The statements are walked without
 * recursion; what is done with an argument by way of other variables is followed one assignment far.
 */
export function keptArguments(definition: FunctionStatement): readonly KeptArgument[] {
  const names = new Set<string>();
  for (const { name } of definition.parameters) names.add(name);
  const found: KeptArgument[] = [];
  const waiting: Statement[] = definition.body.toReversed();
  for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
    switch (statement.kind) {
      case 'compound':
        for (const clause of statement.clauses) for (const inner of clause.body) waiting.push(inner);
        break;
      case 'return':
        for (const value of statement.values)
          for (const parameter of parametersIn(value, names)) found.push({ how: 'returned', parameter, at: value });
        break;
      case 'assign':
        if (statement.value !== null) assigned(statement.targets, statement.value, names, found);
        break;
      default:
        break;
    }
  }
  return found;
}

function assigned(targets: readonly Expression[], value: Expression, names: Set<string>, found: KeptArgument[]): void {
  const parameters = parametersIn(value, names);
  if (parameters.length === 0) return;
  for (const target of targets) {
    if (target.kind === 'name') names.add(target.id);
    else if (target.kind === 'attribute' || target.kind === 'subscript')
      for (const parameter of parameters) found.push({ how: 'kept', parameter, at: target });
  }
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
