import { findAllowed } from '../catalogue/allowed.js';
import { findConditional } from '../catalogue/conditional.js';
import { judgeDanger } from '../catalogue/danger.js';
import type { Hazard } from '../catalogue/hazard.js';
import type { AllowRole } from '../model/allow-role.js';
import { refuseUserEntry } from '../catalogue/user-entry.js';

/**
 * What an allow entry is by its name alone. `refused`: no policy can hold it. `unneeded`: Sentinel allows it already.
 * `accepted`: a policy can hold it, and its author vouches for it.
 */
export type NameVerdict = 'refused' | 'unneeded' | 'accepted';

/** One thing that a reviewer has to find out about an entry, and what in a stream makes it matter. */
export interface Question {
  readonly topic: string;
  readonly question: string;
}

export interface EntryFacts {
  readonly entry: string;
  readonly verdict: NameVerdict;
  readonly reason: string;
  /** The row of the danger list, the allowlist or the conditional list that decided. */
  readonly listed: string | null;
  readonly hazard: Hazard | null;
  readonly verify: readonly Question[];
}

/** What an opcode can do with a class or function that may be named: the criterion of the allowlist, as questions. */
const QUESTIONS: readonly Question[] = [
  {
    topic: 'call',
    question:
      'NEWOBJ calls its `__new__` with any arguments. Only an entry with `role: maker` lets REDUCE call it: then, what do its body, `__init__` and the `__call__` of its metaclass do with any arguments? Does it call, return or keep what it is given?',
  },
  {
    topic: 'state',
    question:
      'BUILD gives its instances any state. What does `__setstate__` do with it? Without one, every item becomes an attribute: is there a `__setattr__`, a property, or an attribute that is called or opened later?',
  },
  {
    topic: 'items',
    question:
      'SETITEMS, APPENDS and ADDITEMS call `__setitem__`, `append`, `extend` and `add`. As a key of a dict or a set it runs `__hash__` and `__eq__`. What do they do?',
  },
  {
    topic: 'attributes',
    question:
      'Does it fetch an attribute or import a module by a name that it is given (`getattr`, `__getattr__`, `importlib`)? That leads from a harmless object to code.',
  },
  {
    topic: 'files',
    question: 'Does it open files, connections or processes, or load further data (`torch.load`, `pickle.loads`)?',
  },
  {
    topic: 'bases',
    question: 'Its base classes bring all of these methods with them. Which of them come from elsewhere?',
  },
  {
    topic: 'reduce',
    question:
      '`__reduce__` and `__getstate__` run when it is saved, not when it is loaded; but what `__reduce__` returns names the callables that its files need. `__del__` runs whenever the object goes.',
  },
  {
    topic: 'import',
    question:
      'Looking it up imports its module and every package above it. What does their code do when it runs? Who can install a package of that name on the loading machine?',
  },
];

/** Explains an entry by what the catalogue knows of its name. */
export function explainEntry(entry: string, role: AllowRole = 'bare'): EntryFacts {
  const refusal = refuseUserEntry(entry);
  const dot = entry.lastIndexOf('.');
  const module = entry.slice(0, Math.max(dot, 0));
  const name = entry.slice(dot + 1);
  if (refusal !== null) return refused(entry, module, name, refusal);
  const group = findAllowed(module, name);
  if (group === undefined) {
    return {
      entry,
      verdict: 'accepted',
      reason: 'It is on neither the danger list nor the allowlist: Sentinel knows nothing of it.',
      listed: null,
      hazard: null,
      verify: QUESTIONS,
    };
  }
  const listed = `${module}.${name}`;
  if (group.storedOnly === true || role === 'maker') {
    const what = group.storedOnly === true ? 'Storing it' : 'What honest saves do with it';
    const reason = `${what} is allowed already; calling it otherwise is what an entry with role: maker would allow too. ${group.why}`;
    return { entry, verdict: 'accepted', reason, listed, hazard: null, verify: QUESTIONS };
  }
  const reason = `Sentinel allows it already, so that an entry would change nothing. ${group.why}`;
  return { entry, verdict: 'unneeded', reason, listed, hazard: null, verify: [] };
}

function refused(entry: string, module: string, name: string, refusal: string): EntryFacts {
  const verdict = 'refused';
  const conditional = findConditional(module, name);
  if (conditional !== undefined) {
    const reason = `${refusal}. ${conditional.why} The one harmless use, which needs no entry, is ${conditional.shape}.`;
    return { entry, verdict, reason, listed: entry, hazard: conditional.hazard, verify: [] };
  }
  const danger = module === '' ? null : judgeDanger(module, name, false);
  if (danger === null) return { entry, verdict, reason: `${refusal}.`, listed: null, hazard: null, verify: [] };
  // The refusal of a name gives the reason of its row; that of a module does not.
  const reason = refusal.includes(danger.why) ? refusal : `${refusal}. ${danger.why}`;
  return { entry, verdict, reason, listed: danger.entry ?? null, hazard: danger.hazard ?? null, verify: [] };
}
