import { sinkOf, UNPICKLER } from '../catalogue/lookup.js';
import type { CallExpression, Expression } from '../python/syntax.js';
import { loaderBehind } from './handed.js';
import type { ModuleFlow } from './module-flow.js';
import type { SinkSite } from './value.js';

/** What asks for the class of something, and calls nothing. */
const ASKS = /^(?:builtins\.(?:isinstance|issubclass|hasattr|type|id|repr|str|print)|typing\.\w+)$/;

/** `(loads, (data,))`, what `__reduce__` gives: who calls it unpickles already. */
const REDUCED = /^\s{0,20},\s{0,20}\(/;
const LOOKED_AT = 48;
/** UTF-16 units of a name that may stand for a loader. */
const LOADER_TEXT = 160;

/**
 * Loaders that a module hands on without calling them, where the flow shows no call of what it handed on: another module,
 * or a library, may call them with anything.
 */
export function handedLoaders(flow: ModuleFlow, known: readonly Expression[]): readonly SinkSite[] {
  const { module, classes } = flow;
  const bases = new Set<Expression>(classes.flatMap(({ classArguments }) => classArguments.map(({ value }) => value)));
  const found: SinkSite[] = [];
  for (const { value, scope, position, call } of module.uses) {
    if (
      bases.has(value) ||
      // The text of a loader is short; a long chain of attributes is none.
      value.to - value.from > LOADER_TEXT ||
      known.some(({ from, to }) => from <= value.from && value.to <= to) ||
      (value.kind !== 'attribute' && value.kind !== 'name')
    )
      continue;
    if (call !== null && asks(flow, call)) continue;
    if (position === 'item' && REDUCED.test(module.source.text.slice(value.to, value.to + LOOKED_AT))) continue;
    for (const of of module.resolve({ value, scope })) {
      if (of.kind !== 'path' || flow.isShown(of.path)) continue;
      const sink = loaderBehind(of.path);
      if (sink === null || sink.family !== 'pickle' || (sinkOf(of.path) !== null && sink.takes !== 'bytes')) continue;
      // An unpickler stands in annotations as well.
      if (UNPICKLER.test(of.path) && position === 'plain') continue;
      const { unit } = flow;
      const { from, to } = value;
      found.push({
        unit,
        from,
        to,
        sink,
        scope,
        condition: null,
        setting: 'unsafe',
        guard: null,
        isStream: false,
        isOfPackage: false,
      });
      break;
    }
  }
  return found;
}

function asks(flow: ModuleFlow, call: CallExpression): boolean {
  return flow.targetsOf(call).some((of) => of.kind === 'path' && ASKS.test(of.path));
}
