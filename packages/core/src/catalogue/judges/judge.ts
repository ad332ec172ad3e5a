import type { Call, Value } from '../../model/fact.js';

/** How a global that appears among the arguments is classed. `unexpected` there makes the whole call unexpected. */
export type ArgumentClass = (module: string, name: string) => 'allowed' | 'unexpected' | 'dangerous';
export type ShapeVerdict = 'allowed' | 'unexpected' | 'dangerous';

/** What is thought of the names among the arguments. */
export interface ArgumentNames {
  readonly classOf: ArgumentClass;
  /** A function that saves keep and never call. */
  readonly isStoredOnly: (module: string, name: string) => boolean;
}

/** Judges all calls and states of one name by their constant arguments. */
export type Judge = (calls: readonly Call[], names: ArgumentNames) => ShapeVerdict;

/** The judges that a row of `data/conditional.txt` may name. */
export type JudgeName =
  | 'arrowArray'
  | 'bitGenerators'
  | 'distribution'
  | 'emptyInstance'
  | 'getattrMember'
  | 'latin1Bytes'
  | 'modelData'
  | 'nestedCheckpoint'
  | 'neverCalled'
  | 'newIndex'
  | 'oneText'
  | 'partialOfGlobal'
  | 'plainBytearray'
  | 'plainKeys'
  | 'plainNumber'
  | 'plainSymbol'
  | 'rebuildFromType'
  | 'scalarOfBytes'
  | 'siblingArray'
  | 'timestamp'
  | 'typeOfConstant'
  | 'ufuncByName';

/** A text that the machine holds in full. */
export function text(value: Value | undefined): string | null {
  return value !== undefined && value.kind === 'str' && value.value.length === value.length ? value.value : null;
}

export function worst(verdicts: readonly ShapeVerdict[]): ShapeVerdict {
  if (verdicts.includes('dangerous')) return 'dangerous';
  return verdicts.includes('unexpected') ? 'unexpected' : 'allowed';
}

export function eachCall(judge: (call: Call, names: ArgumentNames) => ShapeVerdict): Judge {
  return (calls, names) => worst(calls.map((call) => (call.argsKnown ? judge(call, names) : 'dangerous')));
}

export const isReduce = (call: Call): boolean => call.via === 'REDUCE';

/** The items of a state that is a dict with text keys, held in full. */
export function stateOf(value: Value | undefined): Map<string, Value> | null {
  if (value === undefined || value.kind !== 'dict' || value.items.length !== value.length) return null;
  const state = new Map<string, Value>();
  for (const [key, item] of value.items) {
    const name = text(key);
    // A repeated key is one pair of the dict, and the reader decides which one.
    if (name === null || state.has(name)) return null;
    state.set(name, item);
  }
  return state;
}
