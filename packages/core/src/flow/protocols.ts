import type { Scope } from '../python/scope.js';
import type { Frame } from './frame.js';
import { lastName } from './member-source.js';
import { EMPTY, join, step, type Value } from './value.js';

/** What methods that Python calls by itself give (`__enter__`, `__next__`, `__getitem__`), of all classes that a value may be. */
export function givenBy(frame: Frame, value: Value, names: readonly string[], node: Range): Value {
  if (value.instances.length === 0) return EMPTY;
  return join(
    value.instances.flatMap((owner) =>
      names.flatMap((name) =>
        frame.flow
          .member(owner, name)
          .flatMap((of) => (of.kind === 'definition' ? [resultOf(frame, of.scope, node)] : [])),
      ),
    ),
  );
}

/** What the properties among the members of an object give. */
export function givenByProperties(frame: Frame, { callables }: Value, node: Range): Value {
  return join(
    callables.flatMap((item) =>
      item.kind === 'definition' && isProperty(item.scope) ? [resultOf(frame, item.scope, node)] : [],
    ),
  );
}

type Range = { readonly from: number; readonly to: number };

function isProperty({ node, ownerClass }: Scope): boolean {
  return (
    ownerClass !== null &&
    node?.kind === 'function' &&
    node.decorators.some((decorator) => lastName(decorator).endsWith('property'))
  );
}

/** What a function gives that no caller has to give it first. */
function resultOf(frame: Frame, scope: Scope, node: Range): Value {
  const { flow } = frame;
  const summary = flow.summaryOf(scope);
  if (summary === null) return EMPTY;
  const { returns } = summary;
  const origins = returns.origins.flatMap((origin) =>
    origin.parameter?.owner === scope
      ? []
      : [{ ...origin, trail: step(flow.unit, node, `returned by ${scope.path}`, origin.trail) }],
  );
  return { ...returns, origins, mac: [], check: [] };
}
