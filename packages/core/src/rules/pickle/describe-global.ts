import type { PickleGlobalFact } from '../../model/fact.js';
import { shortName } from './render-call.js';

/** `Loading this calls os.system('id')`, or `imports …` where nothing is called. */
export function describeUse(fact: PickleGlobalFact, call: string | null): string {
  const mapped = fact.mapped === null ? '' : ` (${shortName(fact.mapped)} in Python 3)`;
  return call === null ? `Loading this imports ${shortName(fact)}${mapped}` : `Loading this calls ${call}${mapped}`;
}

/** Joins what happens with the catalogue's reason: `…: runs a shell command.` where the reason opens with a verb. */
export function explain(use: string, why: string): string {
  return /^[A-Z][a-z]+s /.test(why) ? `${use}: ${why.charAt(0).toLowerCase()}${why.slice(1)}` : `${use}. ${why}`;
}
