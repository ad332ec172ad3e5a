import {
  ENTRY_POINTS,
  INJECTED,
  NAMED_PARAMETERS,
  NUMBER_PARAMETERS,
  TYPED_PARAMETERS,
  type EntryPoint,
} from '../catalogue/lookup.js';
import type { Scope } from '../python/scope.js';
import type { Expression, FunctionStatement } from '../python/syntax.js';
import type { Interpreter } from './interpret.js';
import { EMPTY, join, ofOrigin, ofPath, step, type Origin, type Summary, type Value } from './value.js';

/** What the parameters of a function hold when it is called: by its callers, by a framework, by a library. */
export function fillParameters(
  frame: Interpreter,
  scope: Scope,
  summary: Summary,
  callbacks: ReadonlyMap<number, readonly Origin[]> | undefined,
): void {
  const { node } = scope;
  if (node?.kind !== 'function') return;
  const { unit } = frame.flow;
  const entry = entryOf(frame, scope, node, summary.isMethod);
  if (entry !== null && entry.point.kind.reach === 'network') frame.flow.addEntry(scope, entry.name);
  const isBound = summary.isMethod ? 1 : 0;
  const at = headOf(frame, node);
  const shape = shapeOf(node, summary.isMethod);
  for (const [i, { name, annotation, default: given }] of node.parameters.entries()) {
    if (i === 0 && summary.isMethod) continue;
    const typed = annotation === null ? EMPTY : frame.typeOf(annotation);
    const defaults = given === null ? EMPTY : frame.evaluate(given);
    const parts: Value[] = [typed, { ...EMPTY, paths: defaults.paths, callables: defaults.callables }];
    const isBytes =
      /^(?:builtins\.)?(?:bytes|bytearray|memoryview)$/.test(annotation === null ? '' : frame.textOf(annotation)) ||
      STREAM_PARAMETER.test(name);
    if (isBytes || !NUMBER_PARAMETERS.test(name))
      parts.push(
        ofOrigin({
          source: null,
          parameter: { owner: scope, name },
          isBytes,
          part: null,
          fixedHost: false,
          guard: null,
          entry: null,
          trail: step(unit, annotation ?? at, `parameter ${name} of ${scope.path}`, null),
        }),
      );
    if (typed === EMPTY) {
      const named = NAMED_PARAMETERS.find(
        (item) => item.name.test(name) && item.shape?.test(shape) !== false && frame.flow.hasImport(item.imports),
      );
      if (named !== undefined) parts.push(ofPath(named.path));
    }
    const isMade =
      join(parts).paths.some((path) => TYPED_PARAMETERS.test(path)) ||
      defaults.paths.some((path) => INJECTED.test(path));
    if (entry !== null && !isMade && entry.point.filled.test(name)) {
      const origin = frame.origin(entry.point.kind, at, `${name} of ${entry.name}`);
      parts.push(ofOrigin({ ...origin, entry: entry.name }));
    }
    for (const origin of callbacks?.get(i - isBound) ?? []) parts.push(ofOrigin(origin));
    frame.set(name, join(parts.filter((value) => value !== EMPTY)));
  }
}

/** A parameter of such a name is no path. */
const STREAM_PARAMETER = /^(?:stream|buffer|buf)$/;

/** The line with `def`, below the decorators. */
function headOf({ flow }: Interpreter, node: FunctionStatement): { readonly from: number; readonly to: number } {
  const from = node.decorators.at(-1)?.to ?? node.from;
  const { text } = flow.module.source;
  const behind = text.slice(from, Math.min(node.to, from + LOOKED_AT));
  const start = from + (/\bdef\s/.exec(behind)?.index ?? 0);
  const end = text.slice(start, Math.min(node.to, start + LOOKED_AT)).indexOf('\n');
  return { from: start, to: end < 0 ? Math.min(node.to, start + LOOKED_AT) : start + end };
}

/** UTF-16 units of a function in which its head is searched for. */
const LOOKED_AT = 4000;

interface Entry {
  readonly point: EntryPoint;
  readonly name: string;
}

/** The names of the parameters, without the instance. */
function shapeOf(node: FunctionStatement, isMethod: boolean): string {
  return node.parameters
    .slice(isMethod ? 1 : 0)
    .map(({ name }) => name)
    .join(',');
}

function entryOf(frame: Interpreter, scope: Scope, node: FunctionStatement, isMethod: boolean): Entry | null {
  const shape = shapeOf(node, isMethod);
  const decorators = node.decorators.flatMap((decorator) => namesOf(frame, decorator));
  const owner = scope.ownerClass;
  const bases = owner === null ? [] : basesOf(frame, owner);
  const outer = owner?.node?.decorators.flatMap((decorator) => namesOf(frame, decorator)) ?? [];
  for (const point of ENTRY_POINTS) {
    if (point.imports !== undefined && !frame.flow.hasImport(point.imports)) continue;
    if (point.decorator !== undefined && !decorators.some((name) => point.decorator?.test(name))) continue;
    if (point.classDecorator !== undefined && !outer.some((name) => point.classDecorator?.test(name))) continue;
    if (point.base !== undefined && !bases.some((name) => point.base?.test(name))) continue;
    if (point.name !== undefined && !point.name.test(node.name)) continue;
    if (point.shape !== undefined && !point.shape.test(shape)) continue;
    return { point, name: routeOf(frame, node) ?? scope.path };
  }
  return null;
}

/** As it is written, and by its full name. */
function namesOf(frame: Interpreter, decorator: Expression): readonly string[] {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator;
  return [frame.flow.module.textOf(callee), ...frame.evaluate(callee).paths];
}

function basesOf(frame: Interpreter, owner: Scope): readonly string[] {
  const written = owner.classArguments.map(({ value }) => frame.flow.module.textOf(value));
  const own = owner.node?.name ?? '';
  return [...written, ...frame.flow.basesOf(owner)]
    .map((path) => path.split('.').at(-1) ?? path)
    .concat(own === 'TritonPythonModel' ? [own] : []);
}

/** `POST /predict`, where a decorator says it. */
export function routeOf(frame: Pick<Interpreter, 'flow' | 'scope'>, node: FunctionStatement): string | null {
  for (const decorator of node.decorators) {
    if (decorator.kind !== 'call' || decorator.callee.kind !== 'attribute') continue;
    const [first] = decorator.args;
    if (first?.value.kind !== 'string') continue;
    const [path] = frame.flow.module.textParts({ value: first.value, scope: frame.scope });
    if (path?.startsWith('/') !== true) continue;
    const method = decorator.callee.name;
    return `${/^(?:get|post|put|patch|delete)$/.test(method) ? method.toUpperCase() : 'route'} ${path}`;
  }
  return null;
}
