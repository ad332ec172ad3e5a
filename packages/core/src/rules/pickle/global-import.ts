import { classifyGlobal } from '../../catalogue/classify.js';
import { roleOf } from '../../catalogue/user-entry.js';
import { entryNames } from '../../model/entry-names.js';
import { isChance } from '../../model/plausibility.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { renderChain } from './chain.js';
import { describeUse, explain } from './describe-global.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { renderCalls, shortName } from './render-call.js';

/** A pickle that names something nobody has vouched for. */
export default defineRule({
  meta: {
    id: 'PICKLE-GLOBAL-IMPORT',
    category: 'PICKLE',
    severity: 'HIGH',
    title: 'Unexpected Global Import',
    cwe: ['CWE-502', 'CWE-829'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Restrict allowed globals and require signed model artifacts.',
    description:
      'A pickle stream imports a name that is neither on the allowlist of harmless constructors nor known to be ' +
      'dangerous. The allowlist is the security boundary: it holds exact names that the default save calls of the ' +
      'supported libraries write, each with the reason why calling it does no harm.',
    why: WHY,
    firesWhen:
      'The symbolic run of the stream resolves a global that is neither allowed nor in the danger list. Importing is ' +
      "enough: the module's top level runs as soon as the name is looked up, called or not.",
    evidenceFormat:
      'GLOBAL opcode references modules such as posix, nt, subprocess, socket, urllib, importlib, or sitecustomize.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      "Possible: a project's own model class is a stranger to the allowlist. Find out where the file comes from, " +
      'what it is used for and who owns it; then allow the one exact name with a reason. The report goes on naming ' +
      'it as allowed by you.',
    triage: {
      source:
        'Which package defines the name, and does the machine that loads the file have that package from a trusted source?',
      impact: "The module's import code and the object's construction and state methods run with the loader's rights.",
      control: 'One exact `module.name` entry with a reason and a last day; a pinned hash of the artifact.',
      evidence: 'After the fix the same rule category runs clean, or names the entry as allowed by the user.',
    },
    fix:
      'Check where the artifact comes from and pin its hash. Save weights instead of whole objects, so that no class ' +
      'of your own is named. Where the class has to stay, allow exactly that name, and no module as a whole.',
    retest: RETEST,
    policyExample: policyExample('PICKLE-GLOBAL-IMPORT'),
    bad: BAD,
    good: GOOD,
    artifacts: {
      bad: `import pickle

class Net:
    def __init__(self):
        self.weights = [0.1, 0.2]

with open("model.pkl", "wb") as file:
    pickle.dump(Net(), file)`,
      good: `import pickle

class Net:
    def __init__(self):
        self.weights = [0.1, 0.2]

with open("model.pkl", "wb") as file:
    pickle.dump(vars(Net()), file)`,
    },
    related: ['PICKLE-EXEC', 'PICKLE-STRUCT'],
  },
  on: ['pickle.global'],
  check(fact, context) {
    const verdict = classifyGlobal(fact, context.userAllow);
    if (verdict.class !== 'unexpected' || isChance(fact.plausibility)) return undefined;
    const call = renderCalls(fact);
    return {
      signal: `${fact.via} ${shortName(fact)}`,
      call,
      chain: renderChain(fact),
      message: explain(describeUse(fact, call), verdict.why),
      entries: entryNames(fact).map((entry) => ({ entry, role: roleOf(fact) })),
      level: 3,
    };
  },
});
