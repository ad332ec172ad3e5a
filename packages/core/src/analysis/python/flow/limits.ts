/** Limits of the flow analysis. Each names the weakness that it stops, and why honest sources stay below it. */

/** Expressions that are looked at in one module, all rounds together (CWE-407); torch's longest file needs 700,000. */
export const MAX_FLOW_STEPS = 6_000_000;

/** Times that a module is gone through until its functions say nothing new; honest ones need three. */
export const MAX_ROUNDS = 5;

/** Origins that one value keeps; a finding needs one. */
export const MAX_ORIGINS = 6;

/** Paths, functions and classes that one value may be. */
export const MAX_KINDS = 4;

/** Steps of one way from source to sink. */
export const MAX_TRAIL = 24;

/** UTF-16 units of the path of a value: `a.b().c()[]`. */
export const MAX_PATH = 160;

/** Loops inside each other whose bodies are gone through twice (CWE-407): each doubles the work of the next. */
export const MAX_LOOPS = 3;

/** Calls of lambdas inside each other (CWE-674). */
export const MAX_LAMBDAS = 4;

/** Expressions inside each other (CWE-674); the parser allows 250 brackets. */
export const MAX_DEPTH = 400;

/** Sinks that one function hands to its callers. */
export const MAX_PARAMETER_SINKS = 24;
