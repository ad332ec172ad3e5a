import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { matchOf } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  if (fact.what !== 'bind' || fact.authentication !== null) return undefined;
  return matchOf(
    fact,
    fact.isTest ? 'LOW' : 'MEDIUM',
    'every interface is bound beside a loader',
    `${fact.detail} is bound in a module that loads objects from outside, and nothing asks who connects.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-BIND-ALL',
    category: 'SERVING',
    severity: 'MEDIUM',
    title: 'Loader Bound to Every Interface',
    cwe: ['CWE-306', 'CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.MEDIUM,
    fixHint: 'Bind to loopback or a Unix socket, or ask who connects.',
    description:
      'A module that loads objects from outside binds every interface (`tcp://*`, `0.0.0.0`, `[::]`, an empty host) and nothing in it asks who connects. It raises the other SERVING findings of the module one level.',
    why: WHY,
    firesWhen:
      'Such an address is bound in a module that holds another SERVING signal, and neither CURVE nor another authentication is seen in it.',
    evidenceFormat: 'The call that binds with line and column, and the address.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Bind to 127.0.0.1, `ipc://` or a Unix socket. Where other hosts must connect, use CURVE with listed keys, mutual TLS, or a token that is checked before anything is parsed.',
    retest: RETEST,
    policyExample: policyExample('SERVING-BIND-ALL', './src/'),
    bad: `import pickle
import socket

server = socket.create_server(("0.0.0.0", 7000))
peer, _ = server.accept()
job = pickle.loads(peer.recv(65536))`,
    good: `import json
import socket

server = socket.create_server(("127.0.0.1", 7000))
peer, _ = server.accept()
job = json.loads(peer.recv(65536))`,
    related: ['SERVING-ZMQ-PYOBJ', 'SERVING-PICKLE-NETWORK', 'SERVING-WORKER-HANDOFF'],
  },
  on: ['source.flow'],
  check,
});
