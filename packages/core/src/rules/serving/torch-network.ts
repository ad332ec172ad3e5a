import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf, shifted, flowText, unshownMatch } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  const { sink, origin } = fact;
  if (sink?.family !== 'torch' || isClosed(fact)) return undefined;
  if (fact.what === 'unshown') return unshownMatch(fact, 'network');
  if (fact.what === 'unknown' && sink.setting !== 'safe') {
    return matchOf(
      fact,
      severityOf({ ...fact, addresses: [] }, shifted('CRITICAL', 1)),
      `${sink.name} of unknown bytes beside an open interface`,
      'The module opens an interface and loads objects whose origin is not known from its source.',
    );
  }
  if (fact.what !== 'flow' || origin?.reach !== 'network') return undefined;
  if (sink.setting === 'safe')
    return matchOf(
      fact,
      'LOW',
      `${flowText(fact)} with weights_only=True`,
      `${flowText(fact)}: no callables are taken, but the parser is exposed.`,
    );
  const how = sink.setting === 'default' ? ' without weights_only=True' : '';
  return matchOf(
    fact,
    severityOf(fact, 'CRITICAL'),
    `${flowText(fact)}${how}`,
    `${flowText(fact)}${how}: the sender runs code in this process.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-TORCH-NETWORK',
    category: 'SERVING',
    severity: 'CRITICAL',
    title: 'Checkpoint Loaded From the Network',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Take tensors over the network as safetensors or with weights_only=True.',
    description:
      'Bytes from a network reach `torch.load`, `joblib.load` or `pandas.read_pickle`, mostly through a `BytesIO`. Each of them unpickles.',
    why: WHY,
    firesWhen:
      'The loader is reached by bytes from a network. CRITICAL for every version of PyTorch; LOW with `weights_only=True`, which takes no callables but has had faults of its own. A module that imports what talks to a network and loads a stream of bytes of unknown origin has one finding of MEDIUM that lists these calls; of LOW where another module of its package does, or where no import shows who gives them.',
    evidenceFormat:
      'Source, hops and loader with lines and columns; what weights_only is; protocol, entry point, addresses, guard.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Send tensors as safetensors, Arrow or raw buffers with type and shape. Where a checkpoint has to be taken, pass `weights_only=True` and check its size and shapes before use.',
    retest: RETEST,
    policyExample: policyExample('SERVING-TORCH-NETWORK', './src/'),
    bad: `import io
import torch
from flask import Flask, request

app = Flask(__name__)

@app.post("/embed")
def embed():
    return str(torch.load(io.BytesIO(request.data)).shape)`,
    good: `from flask import Flask, request
from safetensors.torch import load

app = Flask(__name__)

@app.post("/embed")
def embed():
    return str(load(request.get_data())["x"].shape)`,
    related: ['SERVING-PICKLE-NETWORK', 'SERVING-NUMPY-PICKLE', 'TORCH-LOAD-UNTRUSTED'],
  },
  on: ['source.flow'],
  check,
});
