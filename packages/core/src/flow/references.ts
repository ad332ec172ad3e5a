import { sinkOf, UNPICKLER } from '../catalogue/lookup.js';
import type { Scope, UseSite } from '../python/scope.js';
import type { CallExpression, Expression } from '../python/syntax.js';
import { loaderBehind } from './handed.js';
import type { ModuleFlow } from './module-flow.js';
import type { SinkSite } from './value.js';

/** What asks for the class of something, and calls nothing. */
const ASKS =
  /^(?:builtins\.(?:isinstance|issubclass|hasattr|getattr|setattr|delattr|type|id|dir|vars|repr|str|print)|typing\.\w+|(?:importlib|imp|six\.moves)\.reload(?:_module)?|inspect\.\w+|unittest\.mock\.patch\.object)$/;

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
    if (call !== null && call.args[2]?.value !== value && asks(flow, call)) continue;
    if (position === 'item' && REDUCED.test(module.source.text.slice(value.to, value.to + LOOKED_AT))) continue;
    for (const of of module.resolve({ value, scope })) {
      if (of.kind !== 'path') continue;
      // `Stage(pickle)`: who is given the module calls its functions.
      const isModule = isHanded(position) && isLoaderModule(of.path);
      const path = isModule ? `${of.path}.loads` : of.path;
      if (flow.isShown(path) || (isModule && isSigned(flow, scope))) continue;
      const sink = loaderBehind(path);
      if (sink === null || sink.family !== 'pickle' || (sinkOf(path) !== null && sink.takes !== 'bytes')) continue;
      // An unpickler stands in annotations as well.
      if (UNPICKLER.test(path) && position === 'plain') continue;
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

/** `[Stage(pickle), Signer(key)]`: the function that hands the module on puts a signature around it. */
const SIGNED = /(?:[sS]igner\w{0,40}|[uU]nsign\w{0,20}|Fernet)\(/;
const FUNCTION_TEXT = 4000;

function isSigned({ module }: ModuleFlow, { node }: Scope): boolean {
  return node?.kind === 'function' && SIGNED.test(module.textOf(node).slice(0, FUNCTION_TEXT));
}

/** A module of the tree or of a library that has the functions of `pickle`. */
export function isLoaderModule(path: string): boolean {
  return sinkOf(`${path}.loads`)?.family === 'pickle';
}

/** It is given to a function, or put into a container. */
export function isHanded(position: UseSite['position']): boolean {
  return position === 'argument' || position === 'item';
}

function asks(flow: ModuleFlow, call: CallExpression): boolean {
  return flow.targetsOf(call).some((of) => of.kind === 'path' && ASKS.test(of.path));
}
