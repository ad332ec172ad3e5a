import type { Call, Value } from '../../model/fact.js';
import { fitsPartial, shapesIn } from '../call-shapes.js';
import { findConditionalRow, findShapesOfFull } from '../lookup.js';
import { type ArgumentClass, isReduce, type Judge, type ShapeVerdict, worst } from './judge.js';
import { memberOf } from './members.js';

/**
 * `partial(callable)`, followed by the BUILD with (callable, args, keywords, dict) that `partial.__reduce__` writes.
 * The callable, and the one in the state, are globals of the stream; conditional ones escape there and are refused.
 */
export const partialOfGlobal: Judge = (calls, { classOf }) => {
  const callees = new Set(calls.filter((call) => call.via !== 'BUILD').map((call) => calleeName(call.args[0])));
  return worst(calls.map((call) => (call.argsKnown ? partialCall(call, classOf, callees) : 'dangerous')));
};

/** What a partial is made of: a global, a member that `getattr` fetched, or an instance made bare (`Class.__call__`). */
function calleeName(value: Value | undefined): string | null {
  if (value?.kind === 'global') return `${value.module}.${value.name}`;
  if (value?.kind === 'call' && value.via === 'NEWOBJ' && value.on === undefined && value.args?.length === 0)
    return `${value.callee}.__call__`;
  return memberOf(value);
}

function partialCall(call: Call, classOf: ArgumentClass, callees: ReadonlySet<string | null>): ShapeVerdict {
  if (call.via === 'BUILD') {
    const state = call.args[0];
    if (state?.kind !== 'tuple' || state.length !== 4) return 'dangerous';
    const [callable, args, keywords, attributes] = state.items;
    const name = calleeName(callable);
    // Calls are also judged one by one: a state alone says which function it is for.
    const isSame = name !== null && (callees.size === 0 || callees.has(name));
    const fits =
      isSame &&
      args?.kind === 'tuple' &&
      (keywords?.kind === 'dict' || keywords?.kind === 'none') &&
      (attributes?.kind === 'dict' || attributes?.kind === 'none');
    if (!fits) return 'dangerous';
    const forms = formsOf(name);
    const isBare = attributes.kind === 'none' || attributes.length === 0;
    const isPlain = args.length <= 1 && (keywords.kind === 'none' || keywords.length === 0);
    if (isBare && isPlain && isOnlyStored(callable)) return 'allowed';
    if (forms !== undefined && isBare && fitsPartial(shapesIn(forms), args, keywords)) return 'allowed';
    return callable?.kind === 'global' ? partialCallee(callable.module, callable.name, classOf) : 'dangerous';
  }
  const callable = call.args[0];
  const name = calleeName(callable);
  if (!isReduce(call) || call.args.length !== 1 || name === null) return 'dangerous';
  const forms = formsOf(name);
  if (isOnlyStored(callable) || (forms !== undefined && fitsPartial(shapesIn(forms)))) return 'allowed';
  return callable?.kind === 'global' ? partialCallee(callable.module, callable.name, classOf) : 'dangerous';
}

/** What a partial of a name may hold: the shapes of the name, or of its call where the allowlist has the name itself. */
function formsOf(name: string): string | undefined {
  return findShapesOfFull(name) ?? findShapesOfFull(`${name}.__call__`);
}

/** `partial(copy.deepcopy, template)`, with which libraries make their values: it may be stored, as the function itself may. */
function isOnlyStored(callable: Value | undefined): boolean {
  return callable?.kind === 'global' && findConditionalRow(callable.module, callable.name)?.judge === 'neverCalled';
}

/** Plain types, which do nothing but convert. Any other function of a partial is called with arguments of the stream. */
const PLAIN_CALLEES = new Set(
  'int float complex bool str bytes bytearray tuple list dict set frozenset slice range long unicode OrderedDict defaultdict Counter deque Decimal timedelta date datetime time Fraction'.split(
    ' ',
  ),
);

const PLAIN_MODULES = new Set('builtins __builtin__ collections decimal datetime fractions'.split(' '));

function partialCallee(module: string, name: string, classOf: ArgumentClass): ShapeVerdict {
  if (PLAIN_MODULES.has(module) && PLAIN_CALLEES.has(name)) return 'allowed';
  const own = classOf(module, name);
  return own === 'allowed' ? 'unexpected' : own;
}
