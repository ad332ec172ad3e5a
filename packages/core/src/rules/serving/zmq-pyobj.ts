import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf, staysOnHost } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  const isObject = fact.what === 'receives' && fact.sink?.family === 'zmq-pyobj';
  const isDecoder = fact.what === 'flow' && fact.sink?.family === 'pickle' && fact.isDecodedOnReceipt;
  if ((!isObject && !isDecoder) || isClosed(fact)) return undefined;
  const severity = severityOf(fact, staysOnHost(fact) ? 'MEDIUM' : 'CRITICAL');
  const call = isObject ? 'recv_pyobj' : 'recv_serialized';
  return matchOf(
    fact,
    severity,
    `AST call ${call}`,
    `${call} unpickles what the peer sends: anybody who can reach the socket runs code in this process.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-ZMQ-PYOBJ',
    category: 'SERVING',
    severity: 'CRITICAL',
    title: 'ZeroMQ Receives Python Objects',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Send bytes with a schema over ZeroMQ, and bind to this host.',
    description:
      '`recv_pyobj` unpickles everything that the peer of a ZeroMQ socket sends. The call is source and loader in one, so that nothing can be checked in between. `recv_serialized` with a function that unpickles is the same.',
    why: WHY,
    firesWhen:
      '`recv_pyobj` is called in a module that imports zmq, on any object. CRITICAL; MEDIUM where all addresses of the module are ipc, inproc or loopback. `recv_serialized` counts when the function that it is given unpickles.',
    evidenceFormat:
      'Call of recv_pyobj or recv_serialized with line and column, the addresses of the module, CURVE or authentication if seen.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Use `recv` with JSON, msgpack or protobuf and validate the result. Bind to `ipc://` or loopback; where other hosts must connect, use CURVE with listed keys as well.',
    retest: RETEST,
    policyExample: policyExample('SERVING-ZMQ-PYOBJ', './src/'),
    bad: `import zmq

socket = zmq.Context().socket(zmq.REP)
socket.bind("tcp://*:5555")
job = socket.recv_pyobj()`,
    good: `import json
import zmq

socket = zmq.Context().socket(zmq.REP)
socket.bind("tcp://127.0.0.1:5555")
job = json.loads(socket.recv())`,
    related: ['SERVING-PICKLE-NETWORK', 'SERVING-BIND-ALL', 'SERVING-WORKER-HANDOFF'],
  },
  on: ['source.flow'],
  check,
});
