import { remembered } from './lazy.js';

/*
 * Bytes may parse as a pickle, and name or call something, by chance: text, numbers of arrays, noise. A judged
 * value carries how likely it is that its author intended it, and the reason. Only this table says what follows from a reason.
 */

/**
 * - `certain`: the bytes, or what holds them, say so.
 * - `likely`: nobody says so, and chance hardly does as much.
 * - `chance`: honest bytes do as much.
 */
export type Likelihood = 'certain' | 'likely' | 'chance';

const LIKELIHOODS = {
  // A global: who looks it up.
  'read-as-written': 'certain', // every reader of the stream, or one that reads it differently
  'array-read-as-opcodes': 'likely', // plain pickle, where joblib reads an array
  'array-data': 'chance', // the same, and neither the name nor the rest look like a pickle
  'behind-array': 'likely', // plain pickle, which goes on behind the array that it stumbled over
  'behind-array-unused': 'chance', // the same, and nothing comes of it
  'shifted-memo': 'chance', // a reading that counts memo slots otherwise: names put together from other words
  'reused-unpickler': 'chance', // an unpickler used again for a stream that is complete by itself

  // A stream: what it does.
  'declares-protocol': 'certain',
  'ends-with-names': 'likely',
  'ends-with-persistent-ids': 'likely',
  'ends-with-values': 'likely',
  'ends-at-once': 'chance', // `N.`
  'breaks-off': 'likely', // behind names and other opcodes
  'bare-names': 'chance', // two words, one a line, are a name: lists of words have no other opcodes between them
  'names-nothing': 'chance',

  // A structural signal of a stream.
  'in-whole-stream': 'certain',
  'breaks-off-behind': 'likely', // data that break off, if something dangerous stands before
  'behind-opcodes': 'likely', // what stops every reader
  'fault-of-file': 'chance',

  // The bytes of a member: what says that they are a pickle.
  declared: 'certain', // the mark of the format, or the container
  'promised-by-name': 'likely', // and the bytes go on, name something, or break off
  'names-module': 'likely',
  'stream-behind': 'likely', // one of the streams behind the first counts
  'path-configuration': 'chance', // lines for Python's site module
  'lines-of-text': 'chance', // names in lines of their own, in a file whose name says that it holds such lines
  'digest-in-hex': 'chance', // all of it is one digest; those that begin with `c` look like GLOBAL
  'no-stream': 'chance',

  // What could not be read of it.
  'limit-reached': 'certain',
  'well-formed': 'likely', // and not supported
  damage: 'likely',
  'damage-unread': 'chance', // where nobody is known to read
  numbers: 'chance', // of a storage
  'strong-mark': 'certain', // numbers do not have such a mark by chance
  'format-mark': 'likely',
  'weak-mark': 'chance',

  // The header of a tar, which old ones mark by its sum alone.
  header: 'certain',
  'header-sum': 'chance', // among numbers

  // A pickle in the body of a request.
  'marked-stream': 'certain', // the stream begins with PROTO, or is all there is
  'known-name': 'certain', // the catalogue has it
  'is-called': 'likely',
  'used-name': 'likely', // what Python takes for a name, in a stream that ends or calls it
  'long-name': 'likely',
  'whole-stream': 'likely',
  prose: 'chance',
  noise: 'chance',
} as const satisfies Readonly<Record<string, Likelihood>>;

export type PlausibilityReason = keyof typeof LIKELIHOODS;

export interface Plausibility {
  readonly level: Likelihood;
  readonly reason: PlausibilityReason;
}

/** One object for each reason: facts share them. */
export const because = remembered(Object.keys(LIKELIHOODS).length, (reason: PlausibilityReason): Plausibility =>
  Object.freeze({ level: LIKELIHOODS[reason], reason }),
);

/** Honest bytes do as much. */
export function isChance({ level }: Plausibility): boolean {
  return level === 'chance';
}
