import type { CallExpression, Expression } from '../python/syntax.js';
import type { Frame } from './frame.js';
import {
  append,
  EMPTY,
  join,
  NEVER_TRUE,
  partOfPart,
  step,
  unite,
  type Guard,
  type Origin,
  type Summary,
  type Value,
} from './value.js';

interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  readonly nodes: readonly Expression[];
}

/** What a call of a known function gives and reaches: its parameters replaced by what they are given. */
export function applySummary(
  frame: Frame,
  call: CallExpression,
  summary: Summary,
  given: Arguments,
  isUnbound: boolean,
  apply: (called: Value, member: string | null, args: readonly Value[]) => void,
): Value {
  const { flow } = frame;
  const names = summary.isMethod && !isUnbound ? summary.parameters.slice(1) : summary.parameters;
  const values = new Map<string, Value>();
  const nodes = new Map<string, Expression>();
  for (const [i, value] of given.positional.entries()) {
    // What does not fit goes into the last one: `*args`.
    const name = names[i] ?? names.at(-1);
    if (name === undefined) continue;
    values.set(name, join([values.get(name) ?? EMPTY, value]));
    const node = given.nodes[i];
    if (node !== undefined) nodes.set(name, node);
  }
  for (const [name, value] of given.keywords) values.set(name, value);
  for (const { name, value } of call.args) if (name !== null && given.keywords.has(name)) nodes.set(name, value);

  const substitute = (origin: Origin, isReturn: boolean, isKept = false): readonly Origin[] => {
    const { parameter } = origin;
    if (parameter === null)
      return isReturn
        ? [{ ...origin, trail: step(flow.unit, call, `returned by ${summary.owner.path}`, origin.trail) }]
        : [origin];
    // What another function of the module has left for this one is that function's.
    if (parameter.owner !== summary.owner) return isKept ? [origin] : [];
    return (values.get(parameter.name)?.origins ?? []).map((of) => ({
      ...of,
      isBytes: of.isBytes || origin.isBytes,
      part: partOfPart(of.part, origin.part),
      guard: of.guard ?? origin.guard,
      trail: append(
        step(flow.unit, call, `given to ${summary.owner.path} as ${parameter.name}`, of.trail),
        origin.trail,
      ),
    }));
  };

  for (const { origin, site } of summary.sinks.values()) {
    if (!flow.step()) break;
    const origins = substitute(origin, false);
    if (origins.length > 0) flow.hit(site, origins);
    const name = origin.parameter?.owner === summary.owner ? origin.parameter.name : null;
    const node = name === null ? undefined : nodes.get(name);
    if (name !== null && node !== undefined) flow.addGiven(summary.owner, name, call, isChecked(frame, node, origins));
  }
  for (const { parameter, member, positional } of summary.calls.values()) {
    const called = values.get(parameter);
    if (called === undefined || !flow.step(1 + positional.length)) continue;
    const args = positional.map(({ origins }) => ({
      ...EMPTY,
      origins: unite(origins.map((origin) => substitute(origin, false, true))),
    }));
    apply(called, member, args);
  }
  const textOf = (name: string): readonly string[] => {
    const node = nodes.get(name);
    return node === undefined ? [] : [node.kind === 'name' ? node.id : frame.textOf(node)];
  };
  const guard: Guard = { text: `checked in ${summary.owner.path}`, weak: false, unit: flow.unit, at: call.from };
  frame.trust(summary.verifies.flatMap(textOf), guard);

  const { returns } = summary;
  if (returns === NEVER_TRUE) return NEVER_TRUE;
  return {
    ...returns,
    origins: unite(returns.origins.map((origin) => substitute(origin, true))),
    mac: [...returns.mac.flatMap(textOf), ...givenBack(summary, values)],
    check: returns.check.flatMap(textOf),
  };
}

/** What a code is over that a function gives back as it is, or in other letters: `to_bytes(code)`. */
function givenBack({ owner, returns }: Summary, values: ReadonlyMap<string, Value>): readonly string[] {
  const names = new Set<string>();
  for (const { parameter, part } of returns.origins) {
    if (parameter?.owner !== owner) return [];
    const given = values.get(parameter.name) ?? EMPTY;
    if (part !== null) return [];
    // What is not given, or has no bytes in it, like the name of an encoding, adds nothing.
    if (given.origins.length + given.mac.length > 0) names.add(parameter.name);
  }
  const [only = ''] = names;
  return names.size === 1 ? (values.get(only)?.mac ?? []) : [];
}

/** The bytes of an argument were checked before the call. */
function isChecked(frame: Frame, node: Expression, origins: readonly Origin[]): boolean {
  if (origins.length > 0) return origins.every(({ guard }) => guard !== null && !guard.weak);
  return frame.isTrusted(frame.textOf(node));
}
