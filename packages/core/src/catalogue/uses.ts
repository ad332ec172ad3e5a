import { perObject } from '../model/lazy.js';
import type { PickleGlobalFact } from '../model/fact.js';
import {
  HOLDS,
  MOST_SIZE,
  STATE_KINDS,
  USE_EVENTS,
  USE_FLAG,
  type StateKind,
  type Use,
  type UseEvent,
} from '../model/use.js';
import { packageOf } from '../model/module-name.js';
import { findUses, type PackageUses, writesAttributeState } from './lookup.js';

/**
 * Which uses of an allowed name are ordinary. An allowed name may be stored. A class may be made bare (`__new__` without
 * arguments, or with constants and inert values) and given one dict of attributes where it was made. All other uses
 * by honest saves are listed in `data/uses.txt` or in a pack; calling a name that is not listed there is an unexpected use.
 */

/**
 * The notation of the tables:
 *
 *     r2(g,gd)     REDUCE with two arguments, among them a global; over all depths globals and data
 *     n0()         NEWOBJ without arguments
 *     bD(gdo)r     BUILD with a dict that holds globals, data and open objects, on what REDUCE gave
 *     bT3(d)       BUILD with a tuple of three
 *     s(do)        items are set;  a(): appended;  k: used as a key
 *
 * Arguments: `g` globals, `d` data, `o` open objects, `n` (of the arguments themselves) a container that holds any of
 * these, `u` (within) one that is filled further, `p` instances of pandas, `e` elements of data that are none, `s` a dict with
 * a special key. Behind it: `r` reduced, `f` fetched, `A` after a state, `l` fetched
 * before, `_` a special key, `U` a state that is filled further, `R` the callee is a result, `F` a global of another package is among the arguments.
 */

/** A use that is allowed, as upper bounds. */
interface Pattern {
  readonly event: UseEvent;
  /** -1: any. */
  readonly size: number;
  readonly direct: number;
  readonly holds: number;
  readonly state: StateKind;
  readonly flags: number;
}

/** The letters of the notation: of events and states in the order of their lists, of the others by bits. */
export const LETTERS = {
  events: 'rnxobsak',
  states: 'NDPTCOIS',
  flags: 'rfAl_URF',
  direct: 'gdonpe',
  holds: 'gdoupes',
} as const;
const EVENTS = new Map([...LETTERS.events].map((letter, i) => [letter, USE_EVENTS[i] as UseEvent]));
const STATES = new Map([...LETTERS.states].map((letter, i) => [letter, STATE_KINDS[i] as StateKind]));
const CODE = /^([rnxobsak])([NDPTCOIS]?)(\d*|\*)(?:\(([a-z]*)(?:,([a-z]*))?\))?([a-zA-Z_]*)$/;

function bitsOf(letters: string, all: string): number {
  let bits = 0;
  for (const letter of letters) {
    const at = all.indexOf(letter);
    if (at < 0) throw new Error(`use table: ${letter} is none of ${all}`);
    bits |= 1 << at;
  }
  return bits;
}

/** @internal For tests: reads one code of the table. */
export function readPattern(code: string): Pattern {
  const match = CODE.exec(code);
  if (match === null) throw new Error(`use table: ${code} is no code`);
  const [, letter = '', state = '', size = '', first = '', second, flags = ''] = match;
  const event = EVENTS.get(letter) as UseEvent;
  const hasArguments = event === 'call' || event === 'new' || event === 'new-ex' || event === 'old';
  return {
    event,
    size: size === '*' ? -1 : Math.min(Number(size), MOST_SIZE),
    direct: hasArguments ? bitsOf(first, LETTERS.direct) : 0,
    holds: bitsOf(hasArguments ? (second ?? '') : first, LETTERS.holds),
    state: STATES.get(state) ?? 'none',
    flags: bitsOf(flags, LETTERS.flags),
  };
}

/** Codes as patterns; a list of codes is read once. */
const patternsIn = perObject((codes: readonly string[]): readonly Pattern[] => codes.map(readPattern));

/** What the table says of a name; undefined where it says nothing. */
function listedUses(uses: PackageUses | undefined, name: string): readonly Pattern[] | undefined {
  const codes = uses?.codes.get(name);
  return codes === undefined ? undefined : patternsIn(codes);
}

const ANYTHING = 127;
const bare = (event: 'new' | 'new-ex', size: number): Pattern => ({
  event,
  size,
  direct: HOLDS.data | HOLDS.nested,
  holds: HOLDS.data,
  state: 'none',
  flags: 0,
});
const dictState = (holds: number): Pattern => ({
  event: 'build',
  size: -1,
  direct: 0,
  holds,
  state: 'dict',
  flags: USE_FLAG.late,
});
/** What may happen to any class: an instance is made by `__new__` alone, and its attributes are set. */
const ORDINARY: readonly Pattern[] = [bare('new', 0), dictState(ANYTHING)];
/** Classes of pandas ask what they hold for its methods: foreign objects are none of their attributes. */
const ORDINARY_IN_PANDAS: readonly Pattern[] = [bare('new', 0), dictState(ANYTHING & ~HOLDS.open)];
/** Named tuples keep what they are given. */
const NAMED_TUPLE = /Result(?:Base)?$/;
const NAMED_TUPLE_PACKAGES = new Set(['scipy', 'statsmodels']);
const TUPLE_USES: readonly Pattern[] = [bare('new', -1), bare('new-ex', -1)];
const PAIR: Pattern = { event: 'build', size: -1, direct: 0, holds: ANYTHING, state: 'pair', flags: USE_FLAG.late };

/** What a user who allows a name has read: as `ORDINARY`, with any arguments and states, items, and as a key. */
const USER_BARE: readonly Pattern[] = [
  ...(['new', 'new-ex', 'key', 'set', 'add'] as const).map((event): Pattern => ({
    event,
    size: -1,
    direct: ANYTHING,
    holds: ANYTHING,
    state: 'none',
    flags: USE_FLAG.late,
  })),
  ...STATE_KINDS.map((state): Pattern => ({
    event: 'build',
    size: -1,
    direct: 0,
    holds: ANYTHING,
    state,
    flags: USE_FLAG.late,
  })),
];

function fits(use: Use, { event, size, direct, holds, state, flags }: Pattern): boolean {
  return (
    use.event === event &&
    (size < 0 || use.size === size || (event === 'build' && state !== 'tuple')) &&
    use.state === state &&
    (use.direct & ~direct) === 0 &&
    (use.holds & ~holds) === 0 &&
    (use.flags & ~flags) === 0
  );
}

/** Calls are judged by their values where a name is conditional: what follows them is judged here all the same. */
function isCall(use: Use): boolean {
  return use.event === 'call' || use.event === 'new' || use.event === 'new-ex' || use.event === 'old';
}

/** Who vouches for a name: the allowlist, the judge of its calls, that of its states too, the shapes of a pack, or an entry of the user's (`maker`: it may be called). */
export type Voucher = 'list' | 'conditional' | 'conditional-states' | 'shapes' | 'user' | 'user-maker';

/** The first use of a global that nobody has vouched for; null where all are ordinary. */
export function oddUse(
  fact: PickleGlobalFact,
  module: string,
  name: string,
  voucher: Voucher,
): Use | 'too-many' | null {
  if (!fact.usesComplete) return 'too-many';
  if (fact.uses.length === 0) return null;
  const patterns = patternsOf(module, name, voucher);
  const isJudged = voucher === 'conditional' || voucher === 'conditional-states' || voucher === 'shapes';
  const judgesCalls = isJudged && !patterns.some(({ event }) => event === 'call');
  for (const use of fact.uses) {
    // The values of these calls are judged already; what they hold, where the table has something to say of it.
    if (judgesCalls && isCall(use) && !(voucher === 'shapes' && patterns.some(({ event }) => event === use.event)))
      continue;
    if (!patterns.some((pattern) => fits(use, pattern))) return use;
  }
  return null;
}

function patternsOf(module: string, name: string, voucher: Voucher): readonly Pattern[] {
  if (voucher === 'user') return USER_BARE;
  if (voucher === 'conditional-states') return ANY_STATE;
  if (voucher === 'user-maker') return [...USER_BARE, ...USER_BARE.map(asMade), ...CALLS];
  const packageName = packageOf(module);
  const uses = findUses(packageName);
  const ofModule = listedUses(uses, `@${module}`);
  // `*` is never the name of a class, even if a stream uses it as one.
  const ofName = name === '*' ? undefined : listedUses(uses, name);
  if (ofModule !== undefined) return ofName ?? ofModule;
  const listed = ofName ?? listedUses(uses, '*') ?? [];
  if (voucher === 'shapes') return listed.some(({ event }) => event === 'build') ? listed : [...listed, ...ANY_STATE];
  if (uses?.isClosed === true || uses?.exact.has(name) === true) return listed;
  const ordinary = packageName === 'pandas' ? ORDINARY_IN_PANDAS : ORDINARY;
  const tuple = NAMED_TUPLE_PACKAGES.has(packageName) && NAMED_TUPLE.test(name) ? TUPLE_USES : [];
  return [...listed, ...ordinary, ...tuple, ...(writesAttributeState(module, name) ? [PAIR] : [])];
}

/** Whether honest saves give instances of a class a state of two parts, the second set attribute by attribute. */
export function buildsPairs(module: string, name: string): boolean {
  if (writesAttributeState(module, name)) return true;
  const listed = name === '*' ? [] : (listedUses(findUses(packageOf(module)), name) ?? []);
  return listed.some(({ event, state }) => event === 'build' && state === 'pair');
}

/** The same on what a call gave. */
function asMade(pattern: Pattern): Pattern {
  return { ...pattern, flags: pattern.flags | USE_FLAG.reduced };
}

/** States whose values are judged, set once and where the object was made. */
const ANY_STATE: readonly Pattern[] = USER_BARE.filter(({ event }) => event === 'build').map(asMade);

const CALLS: readonly Pattern[] = (['call', 'old'] as const).map((event) => ({
  event,
  size: -1,
  direct: ANYTHING,
  holds: ANYTHING,
  state: 'none',
  flags: USE_FLAG.foreign,
}));

const WORDS: readonly (readonly [number, string])[] = [
  [HOLDS.open, 'an object that is no inert value'],
  [HOLDS.globals, 'a global'],
  [HOLDS.kin, 'an instance of pandas'],
  [HOLDS.inner, 'an inert value with objects in it'],
  [HOLDS.data, 'an inert value'],
];
const EVENT_WORDS: Readonly<Record<UseEvent, string>> = {
  call: 'it is called',
  new: 'an instance is made by __new__',
  'new-ex': 'an instance is made by __new__ with keywords',
  old: 'it is called by INST or OBJ',
  build: 'a state is set on what it made',
  set: 'items are set on what it made',
  add: 'items are added to what it made',
  key: 'what it made is a key, which is hashed and compared by its class',
};
const STATE_WORDS: Readonly<Record<StateKind, string>> = {
  none: 'None',
  dict: 'a dict',
  pair: 'a pair that sets attributes',
  tuple: 'a tuple',
  constant: 'a constant',
  object: 'an object',
  items: 'a list or set',
  self: 'itself',
};

/** A use in words: `it is called with 2 arguments, among them a global`. */
export function describeUse(use: Use): string {
  const parts: string[] = [EVENT_WORDS[use.event]];
  const held = isCall(use) ? use.direct | use.holds : use.holds;
  const what = WORDS.find(([bit]) => (held & bit) !== 0)?.[1];
  if (isCall(use)) {
    const count =
      use.size >= MOST_SIZE
        ? `${MOST_SIZE} or more arguments`
        : use.size === 1
          ? '1 argument'
          : `${use.size} arguments`;
    parts.push(use.size === 0 ? 'without arguments' : `with ${count}`);
  }
  if (use.event === 'build') parts.push(`(${STATE_WORDS[use.state]}${use.state === 'tuple' ? ` of ${use.size}` : ''})`);
  let text = parts.join(' ');
  if (what !== undefined) text += `, among them ${what}`;
  const flagged: string[] = [];
  if ((use.flags & USE_FLAG.fetched) !== 0) flagged.push('through a reference from the memo');
  if ((use.flags & USE_FLAG.after) !== 0) flagged.push('after its state was set');
  if ((use.flags & USE_FLAG.dunder) !== 0) flagged.push('with a name that Python itself looks for');
  if ((use.flags & USE_FLAG.openState) !== 0 || (held & HOLDS.unfinished) !== 0)
    flagged.push('while that is still being filled');
  return flagged.length === 0 ? text : `${text}; ${flagged.join(', ')}`;
}
