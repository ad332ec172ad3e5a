import type { Call, PickleGlobalFact } from '../model/fact.js';
import { findConditional, voucherOf } from './conditional.js';
import { judgeDanger } from './danger.js';
import type { Verdict } from './hazard.js';
import { findAllowed, findRefused } from './allowed.js';
import { isPython2Module, isTorchScriptName, mapPython2Name } from './lookup.js';
import { describeUse, oddUse, type Voucher } from './uses.js';
import { perObject } from '../model/lazy.js';

export { CATALOGUE_VERSION } from './version.js';
export type { Verdict } from './hazard.js';
export { refuseUserEntry } from './user-entry.js';

const UNEXPECTED = 'It is not on the allowlist, and importing a module already runs its code.';

/** Judges a global by its name alone. A conditional one is dangerous here: only its calls can clear it. */
export function classifyName(module: string, name: string, walksDots: boolean): Verdict {
  const conditional = findConditional(module, name);
  const refused = findRefused(module, name);
  if (conditional?.otherwise === 'unexpected') {
    const other = `Some forms of it are harmless, and this is none of them: ${refused}.`;
    const why = refused === undefined ? `${conditional.why} ${UNEXPECTED}` : other;
    return { class: 'unexpected', why, entry: `${module}.${name}` };
  }
  if (conditional !== undefined) {
    return {
      class: 'dangerous',
      hazard: conditional.hazard,
      why: `${conditional.why} The one harmless use is ${conditional.shape}.`,
      entry: `${module}.${name}`,
      conditional: true,
    };
  }
  const group = findAllowed(module, name);
  if (group !== undefined) return { class: 'allowed', why: group.why, entry: `${module}.${name}` };
  const danger = judgeDanger(module, name, walksDots);
  if (refused === undefined) return danger ?? { class: 'unexpected', why: UNEXPECTED };
  // What was read in the source of one name says more than what holds for its module.
  const why = `Default saves write it, and it stays a finding: ${refused}.`;
  return danger === null ? { class: 'unexpected', why } : { ...danger, why };
}

/** How a set of user entries says that one of them is a maker, which may be called. */
export function makerEntry(entry: string): string {
  return `${entry}()`;
}

/** `userAllowed`: only an entry of the user's policy clears it. */
type GlobalVerdict = Verdict & { readonly userAllowed?: true };

/** What a callable may be given to call: a function that saves only store counts as unknown there. */
function judgeArgument(
  module: string,
  name: string,
  fact: PickleGlobalFact,
  userAllow: ReadonlySet<string>,
): 'allowed' | 'unexpected' | 'dangerous' {
  const raw = classifyName(module, name, fact.walksDots);
  const mapped = mapPython2Name(module, name);
  const other = mapped === null ? raw : classifyName(mapped.module, mapped.name, fact.walksDots);
  if (raw.class === 'dangerous' || other.class === 'dangerous') return 'dangerous';
  if (isStoredOnly(module, name) || (mapped !== null && isStoredOnly(mapped.module, mapped.name))) return 'unexpected';
  if (raw.class === 'allowed' || other.class === 'allowed') return 'allowed';
  return userAllow.has(`${module}.${name}`) ? 'allowed' : 'unexpected';
}

function judgeCalls(
  fact: PickleGlobalFact,
  module: string,
  name: string,
  userAllow: ReadonlySet<string>,
): Verdict | null {
  const conditional = findConditional(module, name);
  if (conditional === undefined || !fact.callsComplete) return null;
  if (conditional.mayBeStored !== true && (fact.escapes || fact.calls.length === 0)) return null;
  const shape = conditional.judge(fact.calls, {
    classOf: (argModule, argName) => judgeArgument(argModule, argName, fact, userAllow),
    isStoredOnly,
  });
  if (shape === 'dangerous') return null;
  const entry = `${module}.${name}`;
  if (shape === 'allowed')
    return { class: 'allowed', why: `Every call is ${conditional.shape}.`, entry, conditional: true };
  return { class: 'unexpected', why: 'It is given a callable that is not on the allowlist.', entry, conditional: true };
}

const isStoredOnly = (module: string, name: string): boolean => findAllowed(module, name)?.storedOnly === true;

/** Whether a call of a name that is judged by its calls is of the harmless shape, by itself. */
export function isHarmlessCall(module: string, name: string, call: Call): boolean {
  const classOf = (argModule: string, argName: string): Verdict['class'] =>
    classifyName(argModule, argName, true).class;
  return findConditional(module, name)?.judge([call], { classOf, isStoredOnly }) === 'allowed';
}

/** A name that is allowed, and what is done with it: null where all of that is ordinary. */
function judgeUses(fact: PickleGlobalFact, module: string, name: string, voucher: Voucher): Verdict | null {
  const odd = oddUse(fact, module, name, voucher);
  if (odd === null) return null;
  const entry = `${module}.${name}`;
  const what = odd === 'too-many' ? 'it has more distinct uses than are recorded' : describeUse(odd);
  return { class: 'unexpected', why: `The name is allowed, this use of it is not: ${what}.`, entry, use: true };
}

function judgeOne(fact: PickleGlobalFact, module: string, name: string, userAllow: ReadonlySet<string>): Verdict {
  if (fact.callCount > 0 && isStoredOnly(module, name)) {
    return { class: 'unexpected', why: 'Saves keep this function and never call it.', entry: `${module}.${name}` };
  }
  const verdict = judgeCalls(fact, module, name, userAllow) ?? classifyName(module, name, fact.walksDots);
  if (verdict.class !== 'allowed' || fact.role === 'torchscript') return verdict;
  if (isPython2Module(module) && !fact.beforeProtocol3) {
    const why = 'No Python 3 has this module, and the protocol is none that Python 2 wrote.';
    return { class: 'unexpected', why, entry: `${module}.${name}` };
  }
  if (verdict.conditional !== true) return judgeUses(fact, module, name, 'list') ?? verdict;
  // Whose values are judged, and which is used beside them: the judgement does not hold.
  const conditional = findConditional(module, name);
  const voucher = conditional === undefined ? 'conditional' : voucherOf(conditional);
  return oddUse(fact, module, name, voucher) === null ? verdict : classifyName(module, name, fact.walksDots);
}

/** By the entries of a user, then by fact: several rules ask about one fact. */
const verdictsWith = perObject((userAllow: ReadonlySet<string>) =>
  perObject((fact: PickleGlobalFact) => verdictOf(fact, userAllow)),
);

/** The verdict on a global with everything that its stream does to it: the worse of its raw and its mapped name. */
export function classifyGlobal(fact: PickleGlobalFact, userAllow: ReadonlySet<string>): GlobalVerdict {
  return verdictsWith(userAllow)(fact);
}

function verdictOf(fact: PickleGlobalFact, userAllow: ReadonlySet<string>): GlobalVerdict {
  if (fact.role === 'torchscript' && isTorchScriptName(fact.module, fact.name)) {
    const why = "In a TorchScript archive this names a type for PyTorch's C++ reader; nothing is imported.";
    return { class: 'allowed', why, entry: fact.module };
  }
  const raw = judgeOne(fact, fact.module, fact.name, userAllow);
  let verdict = raw;
  if (fact.mapped !== null) {
    const mapped = judgeOne(fact, fact.mapped.module, fact.mapped.name, userAllow);
    // Python 2 names exist on one side only, so an unknown raw name says nothing when the mapped one is known.
    verdict = raw.class === 'dangerous' ? raw : mapped;
  }
  if (verdict.class === 'unexpected' && verdict.conditional !== true) {
    const entry = `${fact.module}.${fact.name}`;
    const mappedEntry = fact.mapped === null ? entry : `${fact.mapped.module}.${fact.mapped.name}`;
    const used = userAllow.has(entry) ? entry : mappedEntry;
    if (userAllow.has(used)) {
      const odd = judgeUses(fact, fact.module, fact.name, userAllow.has(makerEntry(used)) ? 'user-maker' : 'user');
      if (odd !== null)
        return { ...odd, why: `${odd.why} The entry that allows it says nothing of calls: \`role: maker\` would.` };
      return { class: 'allowed', why: 'A user allow entry names it.', entry: used, userAllowed: true };
    }
  }
  return verdict;
}
