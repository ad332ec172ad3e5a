import type { Hazard } from './hazard.js';
import type { JudgeName } from './judges/judge.js';

/** Rows of the tables as `generated` holds them. The tables themselves, and what each field means, are in `data`. */

/** Names of one reason: one line for each module, `module: name name`. A name may hold dots (a nested class). */
export interface NameRow {
  readonly names: string;
}

export interface AllowGroup extends NameRow {
  /**
   * Why calling any of them with any arguments, and any BUILD, SETITEMS or APPENDS on the result, gives no code
   * execution, attribute access chosen by the stream, import or file access.
   */
  readonly why: string;
  /**
   * True for functions that saves keep and never call: a call of one could hand back an object that it was given,
   * or call a method of it, and so counts as unexpected.
   */
  readonly storedOnly?: true;
}

/** A callable that fails the criterion of the allowlist and that honest saves write all the same. */
export interface ConditionalRow extends NameRow {
  readonly judge: JudgeName;
  readonly hazard: Hazard;
  /** What it does when it is called otherwise. */
  readonly why: string;
  /** The harmless shape, for the reader of a finding. */
  readonly shape: string;
  readonly otherwise?: 'unexpected';
  readonly judgesStates?: true;
  readonly mayBeStored?: true;
}

export interface ResultRow extends NameRow {
  readonly gives: 'data' | 'items';
}

/** Uses of the names of some packages: `name name: codes`, one line each. */
export interface UseSection {
  readonly packages: string;
  /** True where nothing is ordinary but what the lines say. */
  readonly isClosed?: true;
  readonly lines: string;
}

/**
 * What the catalogue knows of one library beyond the tables of all: it is asked for when a stream names a module of its
 * package.
 */
export interface Pack {
  /** As the lines of a `UseSection`. */
  readonly uses?: string;
  /** `Class member`, one a line. */
  readonly members?: string;
  /** `module Name Name: forms`, one a line. */
  readonly shapes?: string;
}

/** The same of which of its names are allowed. */
export interface PackNames {
  readonly groups?: readonly AllowGroup[];
  /** `module name: why`, one a line, each behind a line end. */
  readonly refused?: string;
}

/** What the danger list says of a module or a name. */
export interface DangerEntry {
  readonly hazard: Hazard;
  readonly why: string;
  /** Calling it is the attack itself. */
  readonly primitive: boolean;
}

/** What versions of a loader do by default with the kinds of code that a repository names. */
export interface LoaderRow {
  readonly loader: string;
  readonly versions: string;
  /** The advisory, where the versions have a known fault; empty for those whose behaviour is as documented. */
  readonly reference: string;
  /** Joined by `;`: kind of code and `needs-trust` or `at-once`; anything else is not run. */
  readonly runs: string;
}

/** What the value of a key of a state has to be: nothing at all, a constant, a dict, or a constant or container of a built-in type. */
export type StateKeyValue = 'never' | 'constant' | 'dict' | 'built-in';

/** A class or function of Keras that does more than compute. */
export interface KerasName {
  readonly class: 'dangerous' | 'unexpected';
  readonly why: string;
}
