import { classifyGlobal } from '../../catalogue/classify.js';
import { cut, escapeText } from '../../model/escape.js';
import type { PickleDynamicFact, PickleGlobalFact } from '../../model/fact.js';
import { isChance } from '../../model/plausibility.js';
import type { Match, RuleContext } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { renderChain } from './chain.js';
import { describeUse, explain } from './describe-global.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { NAME_LENGTH, renderCalls, shortName } from './render-call.js';

function namedGlobal(fact: PickleGlobalFact, context: RuleContext): Match | undefined {
  const verdict = classifyGlobal(fact, context.userAllow);
  // Off the usual reading arguments are chance as well: only what is dangerous by its name counts there.
  if (verdict.class !== 'dangerous' || (isChance(fact.plausibility) && verdict.conditional === true)) return undefined;
  const call = renderCalls(fact);
  const primitive = verdict.primitive === true && fact.callCount > 0;
  return {
    signal: `${fact.via} ${shortName(fact)}`,
    call,
    chain: renderChain(fact),
    message: explain(describeUse(fact, call), verdict.why),
    level: primitive ? 5 : 4,
  };
}

function computedGlobal(fact: PickleDynamicFact): Match | undefined {
  if (isChance(fact.plausibility)) return undefined;
  const detail = cut(escapeText(fact.detail), NAME_LENGTH);
  return {
    signal: `${fact.via} <computed>`,
    call: renderCalls(fact),
    chain: renderChain(fact),
    message: `Loading this looks up a name that only exists once the file is being loaded (${detail}): no reader can tell in advance what it is, and no ordinary writer does it.`,
    level: 4,
  };
}

/** A pickle that names something able to run code, or hides what it names. */
export default defineRule({
  meta: {
    id: 'PICKLE-EXEC',
    category: 'PICKLE',
    severity: 'CRITICAL',
    title: 'Dangerous Pickle Execution',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000', 'AML.T0018.002', 'AML.T0112.001'],
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Do not load untrusted pickle files. Convert the artifact to a non-executable format.',
    description:
      'A pickle stream looks up a Python callable that can execute code, start a process, open files or sockets, ' +
      'import modules or load a further pickle: `os.system`, `subprocess.run`, `eval`, `exec`, `getattr`, ' +
      '`torch.load` and their kin, under any name or alias. A name that is computed while ' +
      'loading counts as well, for it can be any of them.',
    why: WHY,
    firesWhen:
      'The symbolic run of the stream resolves a global of the danger list through GLOBAL, STACK_GLOBAL, INST or an ' +
      'extension code, or resolves a name that is no constant of the stream. It does not matter whether the call ' +
      'succeeds, whether the stream breaks off behind it, or how deep in containers the stream lies.',
    evidenceFormat: 'GLOBAL or STACK_GLOBAL opcode followed by a high-risk module/function pair.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Rare: no default save call of the supported libraries writes these names. A file that trips the rule was ' +
      'built by hand, or pickles functions on purpose (dill, cloudpickle). Treat the opcode as real until the ' +
      'retest of a rebuilt artifact is clean.',
    triage: {
      source: 'Who published the file, over which channel, and does its hash match what they released?',
      impact: 'Code ran wherever the file was already loaded: list those machines and what their credentials reach.',
      control: 'Quarantine the file; load only formats that cannot execute; rotate secrets that a loader could read.',
      evidence: 'The signal (opcode and global, with its offset) is gone when the same rule category runs clean.',
    },
    fix:
      'Ask the publisher for safetensors or ONNX, or convert the weights with a tool that takes tensors out without ' +
      'executing anything. Where a pickle cannot be avoided, load it only with an unpickler that is restricted to ' +
      'an explicit allowlist, and only from a build that you trust.',
    retest: RETEST,
    policyExample: policyExample('PICKLE-EXEC'),
    bad: BAD,
    good: GOOD,
    artifacts: {
      bad: `import os, pickle

class Payload:
    def __reduce__(self):
        return os.system, ("true",)

with open("model.pkl", "wb") as file:
    pickle.dump(Payload(), file)`,
      good: `import numpy
numpy.savez("model.npz", weights=numpy.zeros(3))`,
    },
    related: ['PICKLE-GLOBAL-IMPORT', 'PICKLE-STRUCT'],
  },
  on: ['pickle.global', 'pickle.dynamic'],
  check(fact, context) {
    return fact.kind === 'pickle.global' ? namedGlobal(fact, context) : computedGlobal(fact);
  },
});
