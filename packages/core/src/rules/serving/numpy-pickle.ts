import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf, flowText } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  const { sink, origin } = fact;
  if (fact.what !== 'flow' || sink?.family !== 'numpy' || origin?.reach !== 'network') return undefined;
  if (sink.setting === 'safe' || isClosed(fact)) return undefined;
  return matchOf(
    fact,
    severityOf(fact, 'HIGH'),
    `${flowText(fact)} with allow_pickle`,
    `${flowText(fact)} with allow_pickle: an object array in them runs code in this process.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-NUMPY-PICKLE',
    category: 'SERVING',
    severity: 'HIGH',
    title: 'Object Arrays From the Network',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Pass allow_pickle=False and take numeric arrays only.',
    description: '`numpy.load` with `allow_pickle=True` unpickles object arrays. Here its bytes come from a network.',
    why: WHY,
    firesWhen:
      '`numpy.load` is reached by bytes from a network, and `allow_pickle` is true, or is a parameter or an attribute whose default is true.',
    evidenceFormat: 'Source, hops and loader with lines and columns; where allow_pickle is set.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Pass `allow_pickle=False` (the default since NumPy 1.16.3), and send object data in another format.',
    retest: RETEST,
    policyExample: policyExample('SERVING-NUMPY-PICKLE', './src/'),
    bad: `import io
import numpy as np
from flask import Flask, request

app = Flask(__name__)

@app.post("/array")
def array():
    return str(np.load(io.BytesIO(request.data), allow_pickle=True).shape)`,
    good: `import io
import numpy as np
from flask import Flask, request

app = Flask(__name__)

@app.post("/array")
def array():
    return str(np.load(io.BytesIO(request.data), allow_pickle=False).shape)`,
    related: ['SERVING-TORCH-NETWORK', 'SERVING-PICKLE-NETWORK'],
  },
  on: ['source.flow'],
  check,
});
