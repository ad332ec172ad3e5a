import type { PickleGlobalFact } from '../model/fact.js';
import type { AllowRole } from '../model/allow-role.js';
import { findConditional } from './conditional.js';
import { inDangerModule, judgeDanger } from './danger.js';
import { isAllowedModule } from './allowed.js';

/** Characters that no import path holds and that could hide a part of an entry from its reader. */
function isUnprintable(entry: string): boolean {
  return [...entry].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || /[\p{Cf}\p{Zl}\p{Zp}\p{Zs}]/u.test(character);
  });
}

/** No modules of Python: a user who allows something in them means the function, or follows a file that does. */
const FUNCTIONS = ['eval', 'exec'];

/**
 * Why an `--also-allow` or `allow:` entry is refused, or null. Entries name exactly one global, as `module.name`;
 * none can lift what the danger list holds.
 */
export function refuseUserEntry(entry: string): string | null {
  if (entry === '') return 'it is empty; write the exact `module.name` of one global';
  if (isUnprintable(entry)) return 'it holds blanks or control characters; write the exact `module.name` of one global';
  if (/[*?[\]]/.test(entry)) return 'wildcards are not supported; every entry names one global exactly';
  const dot = entry.lastIndexOf('.');
  const danger = inDangerModule(entry);
  if (danger !== null) return `${danger} is in the danger list, and nothing in it can be allowed`;
  if (dot < 0) {
    const builtin = judgeDanger('builtins', entry, false);
    const listed = builtin !== null && builtin.entry !== 'builtins' ? `; ${entry} is in the danger list besides` : '';
    return `it has no dot: whole modules cannot be allowed, write \`module.name\`${listed}`;
  }
  const first = entry.slice(0, entry.indexOf('.'));
  if (FUNCTIONS.includes(first)) return `${first} is in the danger list, and nothing in it can be allowed`;
  const module = entry.slice(0, dot);
  const name = entry.slice(dot + 1);
  if (module === '' || name === '' || entry.startsWith('.') || entry.includes('..')) {
    return 'a part of it is empty; write the exact `module.name` of one global';
  }
  if (isAllowedModule(entry)) return 'it names a whole module; write the exact `module.name` of one global';
  const verdict = judgeDanger(module, name, false);
  if (verdict !== null) return `${verdict.entry ?? entry} is in the danger list: ${verdict.why}`;
  const conditional = findConditional(module, name);
  if (conditional !== undefined && conditional.stateKeys === undefined)
    return 'it is judged by its arguments and cannot be allowed as a whole';
  return null;
}

/** What an allow entry for a global has to be: `maker` where it is called, not only made an instance of. */
export function roleOf({ uses }: PickleGlobalFact): AllowRole {
  return uses.some(({ event }) => event === 'call' || event === 'old') ? 'maker' : 'bare';
}
