import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, isRemote, matchOf, severityOf, flowText, unshownMatch } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

const RECEIVING = new Set(['connection', 'collective', 'manager', 'forking']);

const WHAT: Readonly<Record<string, string>> = {
  connection: 'the connection unpickles what its peer sends',
  collective: 'the collective unpickles what other ranks send',
  manager: 'the manager unpickles what its clients send',
  forking: 'ForkingPickler loads what another process has written',
};

function check(fact: SourceFlowFact): Match | undefined {
  if (fact.what === 'unshown') return unshownMatch(fact, 'worker');
  const { sink, origin } = fact;
  if (sink === null || isClosed(fact) || sink.setting === 'safe') return undefined;
  // The ranks of a group are started together: it takes an address beyond the host for somebody else to be one.
  const onHost = sink.family === 'collective' ? 'LOW' : 'MEDIUM';
  const severity = severityOf(fact, isRemote(fact) ? 'HIGH' : onHost);
  if (fact.what === 'receives' && RECEIVING.has(sink.family))
    return matchOf(fact, severity, `AST call ${sink.name}`, `${sink.name}: ${WHAT[sink.family] ?? 'it unpickles'}.`);
  if (fact.what !== 'flow' || origin?.reach !== 'worker') return undefined;
  return matchOf(fact, severity, flowText(fact), `${flowText(fact)}: one worker that is taken over reaches this one.`);
}

export default defineRule({
  meta: {
    id: 'SERVING-WORKER-HANDOFF',
    category: 'SERVING',
    severity: 'HIGH',
    title: 'Objects Handed Between Workers',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Hand plain data between workers, over a channel that only this host can open.',
    description:
      'Workers hand each other pickled objects: `multiprocessing.connection` with `Listener` or `Client`, `BaseManager`, object collectives of `torch.distributed` and of `mpi4py`, values of a `TCPStore`, shared memory, `ForkingPickler`. One worker that is taken over, or one open port, reaches all others.',
    why: WHY,
    firesWhen:
      'Such a channel is used to receive objects. HIGH where the module names an address of another host or of the network, else MEDIUM, and LOW for collectives, which are one finding a module. A connection that was handed on counts by its name (`conn.recv()`) where the module opens some, or where the function polls it and its package opens some. A module that imports such a channel and loads bytes of unknown origin has one finding that lists these calls. Pipes that the module makes itself with `Pipe()`, and managers without an address, are quiet.',
    evidenceFormat:
      'The receiving call with line and column, or the steps from the channel to the loader; the addresses of the module.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Use `recv_bytes` with JSON or tensors as raw buffers; `broadcast` and `all_gather` for tensors. Bind to loopback or a Unix socket, and give `Listener` and managers an `authkey` that is not in the source.',
    retest: RETEST,
    policyExample: policyExample('SERVING-WORKER-HANDOFF', './src/'),
    bad: `from multiprocessing.connection import Listener

with Listener(("0.0.0.0", 6000)) as listener:
    connection = listener.accept()
    job = connection.recv()`,
    good: `import json
from multiprocessing import Pipe

parent, child = Pipe()
job = json.loads(parent.recv_bytes())`,
    related: ['SERVING-ZMQ-PYOBJ', 'SERVING-STORE-PICKLE', 'SERVING-BIND-ALL'],
  },
  on: ['source.flow'],
  check,
});
