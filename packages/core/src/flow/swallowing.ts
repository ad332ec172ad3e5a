import { SWALLOWERS, TRANSPARENT } from '../catalogue/lookup.js';
import type { Scope } from '../python/scope.js';
import type { Clause, Expression, Statement } from '../python/syntax.js';
import type { Frame } from './frame.js';
import { lastName } from './member-source.js';
import type { Value } from './value.js';

/**
 * Whether a context manager lets the program go on behind its block after an exception in it (PEP 343: `__exit__` returns a
 * true value). `yes`: made for that. `maybe`: nothing is known of it.
 */
export type Swallowing = 'never' | 'maybe' | 'yes';

export function swallowingOf(frame: Frame, node: Expression, value: Value): Swallowing {
  if (value.paths.some((path) => SWALLOWERS.test(path))) return 'yes';
  const made = node.kind === 'call' ? generatorsOf(frame, node) : [];
  if (made.length > 0) return made.some((scope) => hasClause(frame, scope, 'except')) ? 'yes' : 'never';
  const exits = value.instances.flatMap((owner) =>
    ['__exit__', '__aexit__'].flatMap((name) =>
      frame.flow.member(owner, name).flatMap((of) => (of.kind === 'definition' ? [of.scope] : [])),
    ),
  );
  if (exits.some((scope) => givesTruth(frame, scope))) return 'yes';
  if (exits.length > 0 && exits.length === value.instances.length) return 'never';
  const isTransparent = value.paths.length > 0 && value.paths.every((path) => TRANSPARENT.test(path));
  return isTransparent || /lock|mutex|semaphore/i.test(lastName(node)) ? 'never' : 'maybe';
}

/** Functions of the module that `contextlib.contextmanager` makes managers of. */
function generatorsOf(frame: Frame, node: Expression & { readonly kind: 'call' }): readonly Scope[] {
  return frame.flow.targetsOf(node).flatMap((of) => {
    if (of.kind !== 'definition' || of.scope.node?.kind !== 'function') return [];
    const isManager = of.scope.node.decorators.some((decorator) => lastName(decorator).endsWith('contextmanager'));
    return isManager ? [of.scope] : [];
  });
}

/** A statement of the function itself, without those of functions inside of it, for which `wanted` holds. */
function anyStatement(
  frame: Frame,
  { node }: Scope,
  wanted: (statement: Statement, clause: Clause | null) => boolean,
): boolean {
  if (node?.kind !== 'function') return false;
  const waiting: (readonly Statement[])[] = [node.body];
  for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
    for (const statement of body) {
      // Beyond the limit of the work the artifact is incomplete.
      if (!frame.flow.step() || wanted(statement, null)) return true;
      if (statement.kind !== 'compound') continue;
      for (const clause of statement.clauses) {
        if (wanted(statement, clause)) return true;
        waiting.push(clause.body);
      }
    }
  }
  return false;
}

function hasClause(frame: Frame, scope: Scope, keyword: string): boolean {
  return anyStatement(frame, scope, (_, clause) => clause?.keyword === keyword);
}

/** It returns something else than False and None. */
function givesTruth(frame: Frame, scope: Scope): boolean {
  return anyStatement(
    frame,
    scope,
    (statement, clause) =>
      clause === null &&
      statement.kind === 'return' &&
      statement.values.some((value) => value.kind !== 'constant' || (value.value !== false && value.value !== null)),
  );
}
