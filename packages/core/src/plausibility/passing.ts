import { because, type Plausibility } from '../model/plausibility.js';
import { isDottedName, LONG_NAME } from './names.js';

/** How sure it is that a pickle begins in bytes that pass: behind others, at the first byte, there with PROTO. */
export type Beginning = 'behind' | 'first' | 'first-marked';

/** What a stream does in bytes that still come: the end is not known. */
export type PassingEvent =
  | {
      readonly kind: 'import';
      readonly module: string;
      readonly name: string;
      readonly isKnown: boolean;
      readonly isComputed: boolean;
    }
  | { readonly kind: 'extension' | 'call' | 'persistent' | 'stop' };

/** As `plausibilityInBody` where all of the bytes are there. `hasComputed`: a computed name was looked up before. */
export function plausibilityWhilePassing(
  event: PassingEvent,
  beginning: Beginning,
  hasComputed: boolean,
): Plausibility {
  if (event.kind === 'call') return because('is-called');
  if (event.kind === 'import' && event.isKnown) return because('known-name');
  if (beginning === 'first-marked') return because('marked-stream');
  // A computed name alone is in noise as well: what is called, or ends, is not.
  if (event.kind === 'stop') return because(hasComputed ? 'whole-stream' : 'noise');
  if (event.kind !== 'import' || event.isComputed || beginning !== 'first') return because('noise');
  const name = `${event.module}.${event.name}`;
  return because(name.length >= LONG_NAME && isDottedName(name) ? 'long-name' : 'noise');
}
