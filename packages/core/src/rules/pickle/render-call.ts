import type { Call, PickleDynamicFact, PickleGlobalFact } from '../../model/fact.js';
import { cut, escapeText } from '../../model/escape.js';
import { globalText, renderArguments, renderValue, SHOWN, type RenderLimits } from '../../model/render-value.js';

/** Longest rendering of one call. */
export const CALL_LENGTH = 300;

/** Longest name of a global in a signal or a message; a name may fill the whole file. */
export const NAME_LENGTH = 200;

/** `module.name` as shown to people. */
export function globalName(fact: { readonly module: string; readonly name: string }): string {
  return escapeText(globalText(fact.module, fact.name));
}

export function shortName(fact: { readonly module: string; readonly name: string }): string {
  return cut(globalName(fact), NAME_LENGTH);
}

function render(callee: string, call: Call, limits: RenderLimits): string {
  const on = call.on === undefined ? callee : renderValue(call.on, limits, 1);
  return renderArguments(on, call.args, {
    known: call.argsKnown,
    via: call.via,
    show: (value) => renderValue(value, limits),
  });
}

/** One call as a line of Python-like text. */
export function renderCall(callee: string, call: Call): string {
  return cut(render(callee, call, SHOWN), CALL_LENGTH);
}

/** The calls of a global for the evidence: the first one, and how many follow. Null when it is never called. */
export function renderCalls(fact: PickleGlobalFact | PickleDynamicFact): string | null {
  if (fact.callCount === 0) return null;
  const first = fact.calls[0];
  const name = shortName(fact);
  const text = first === undefined ? `${name}(…)` : renderCall(name, first);
  const more = fact.callCount - 1;
  return more > 0 ? `${text} and ${more} more ${more === 1 ? 'call' : 'calls'}` : text;
}
