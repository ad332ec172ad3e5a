import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { matchRow } from '../signal-row.js';
import { renderStep } from './chain.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { STRUCT_TABLE } from './struct-signals.js';

/** A pickle of a shape that no ordinary writer produces. */
export default defineRule({
  meta: {
    id: 'PICKLE-STRUCT',
    category: 'PICKLE',
    severity: 'HIGH',
    title: 'Pickle Opcode Structural Tampering',
    cwe: ['CWE-915'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000', 'AML.T0076'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Reject structurally abnormal pickle artifacts during intake.',
    description:
      'The opcodes of a stream do what no ordinary pickler makes them do: reach below the stack, patch a module ' +
      'function through BUILD, read a memo slot that was never written, carry a second pickle behind the end. Such ' +
      'shapes serve to hide a payload from scanners that read less carefully than the unpickler does.',
    why: WHY,
    firesWhen:
      'The symbolic run meets a signal of a fixed list. Each has a stable code, shown as the signal of the evidence, ' +
      'and was measured against files that the supported libraries really write.',
    evidenceFormat: 'Reducer opcode chains, persistent_load markers, or stack imbalance around object construction.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Possible: a truncated download, an exotic pickler or a file edited by hand looks like tampering. Compare the ' +
      'hash with the released one and ask the owner; the evidence stays in the report in both cases.',
    triage: {
      source: 'Did the file reach you whole, from a known writer, with a hash that matches the release?',
      impact: 'Take it that the odd part hides an import or a call until the trace of the stream shows otherwise.',
      control: 'Refuse the file at intake; accept only artifacts that a trusted pipeline wrote and signed.',
      evidence: 'The structural code is gone from the same member once the artifact is exported again.',
    },
    fix:
      'Export the model again in a build pipeline that you trust, and compare the hash of the result with a signed ' +
      'release manifest. Do not repair the stream by hand.',
    retest: RETEST,
    policyExample: policyExample('PICKLE-STRUCT'),
    bad: BAD,
    good: GOOD,
    artifacts: {
      bad: `import pickle
with open("model.pkl", "wb") as file:
    pickle.dump({"weights": [0.1, 0.2], "extra": pickle.dumps(["a second pickle"])}, file)`,
      good: `import pickle
with open("model.pkl", "wb") as file:
    pickle.dump({"weights": [0.1, 0.2], "extra": ["plain data"]}, file)`,
    },
    related: ['PICKLE-EXEC', 'PICKLE-GLOBAL-IMPORT'],
  },
  on: ['pickle.structure'],
  check(fact) {
    return matchRow(STRUCT_TABLE[fact.signal], {
      signal: fact.signal,
      detail: fact.detail,
      count: fact.count,
      chain: (fact.chain ?? []).map(renderStep),
    });
  },
});
