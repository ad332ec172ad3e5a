/**
 * Uses: what a stream does with a global and with what its calls give, apart from the values of the arguments. Each
 * distinct use of a stream is one entry, however often it occurs.
 */

export const USE_EVENTS = ['call', 'new', 'new-ex', 'old', 'build', 'set', 'add', 'key'] as const;
/**
 * `call`: REDUCE. `new`, `new-ex`: NEWOBJ, NEWOBJ_EX and the reductions of copyreg that do the same. `old`: OBJ and INST.
 * `build`: BUILD on what a call gave. `set`: SETITEM(S) on it. `add`: APPEND(S) or ADDITEMS on it. `key`: it is a key of a
 * dict or an item of a set, so that its class hashes and compares.
 */
export type UseEvent = (typeof USE_EVENTS)[number];

export const STATE_KINDS = ['none', 'dict', 'pair', 'tuple', 'constant', 'object', 'items', 'self'] as const;
/**
 * What BUILD is given: None; a dict; (None or a dict, a dict), which sets attributes; any other tuple; a constant; what a
 * call gave, or a global; a list or set; the object itself.
 */
export type StateKind = (typeof STATE_KINDS)[number];

/** What arguments, a state or items are or hold, as bits. */
export const HOLDS = {
  /** Globals. */
  globals: 1,
  /** Results of callables that make inert values: arrays, dtypes, times. Storages of a checkpoint. */
  data: 2,
  /** Any other result of a call. */
  open: 4,
  /** A container that is filled further where it was made. Among arguments themselves: a container that holds any of these. */
  unfinished: 8,
  nested: 8,
  /** Instances of pandas, which its own makers take. */
  kin: 16,
  /** Objects that an inert value holds: the elements of an array. */
  inner: 32,
  /** A dict with a key that Python itself, or a method of some class, looks for. Of calls only. */
  special: 64,
} as const;

/** What else is to be said of a use, as bits. */
export const USE_FLAG = {
  /** The object was made by REDUCE, OBJ or INST, not by `__new__` alone. */
  reduced: 1,
  /** The object comes out of the memo or was doubled. */
  fetched: 2,
  /** A state was built before. */
  after: 4,
  /** The object was fetched before: something else may hold it already. */
  late: 8,
  /** A key or attribute is a name that Python itself looks for: two underscores at both ends. */
  dunder: 16,
  /** The state itself is filled further where it was made. */
  openState: 32,
  /** What is called is what a call gave. */
  onResult: 64,
  /** A global among the arguments belongs to another package. */
  foreign: 128,
} as const;

/** One distinct use. */
export interface Use {
  readonly event: UseEvent;
  /** Arguments, or parts of a state that is a tuple; 15 for more, and where it is not known. */
  readonly size: number;
  /** Of the arguments themselves: bits of HOLDS. */
  readonly direct: number;
  /** Over all depths: bits of HOLDS. */
  readonly holds: number;
  readonly state: StateKind;
  /** Bits of USE_FLAG. */
  readonly flags: number;
  /** As `Location.offset`, of the first time. */
  readonly offset: number;
  readonly count: number;
}

/** Sizes from here on are one. */
export const MOST_SIZE = 15;
