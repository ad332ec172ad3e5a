import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf, shifted, flowText, unshownMatch } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  const { sink, origin } = fact;
  if (sink?.family !== 'pickle' && sink?.family !== 'forking') return undefined;
  if (fact.what === 'unshown') return unshownMatch(fact, 'network');
  if (isClosed(fact)) return undefined;
  if (fact.what === 'unknown') {
    return matchOf(
      fact,
      severityOf({ ...fact, addresses: [] }, shifted('CRITICAL', 1)),
      `${sink.name} of unknown bytes beside an open interface`,
      'The module opens an interface and unpickles something whose origin is not known from its source.',
    );
  }
  if (fact.what !== 'flow' || origin?.reach !== 'network' || fact.isDecodedOnReceipt) return undefined;
  return matchOf(
    fact,
    severityOf(fact, 'CRITICAL'),
    flowText(fact),
    `${flowText(fact)}: the sender runs code in this process.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-PICKLE-NETWORK',
    category: 'SERVING',
    severity: 'CRITICAL',
    title: 'Pickle From the Network',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Parse requests with a format that has no code, such as JSON with a schema.',
    description:
      "Bytes from a socket, an HTTP or gRPC request, a WebSocket, a model server's handler or a response reach `pickle`, `cloudpickle` or `dill`, directly or through functions, methods and attributes of the module.",
    why: WHY,
    firesWhen:
      'A loader of the pickle family is reached by bytes from a network, and no check stands between them: no HMAC or signature over the same bytes, no unpickler with an allowlist of exact names. A deny-list lowers it one level. Where a module opens an interface and the origin of what it unpickles is not known, that is reported one level lower, once. Where the module only imports what talks to a network, one finding of MEDIUM lists its loaders of bytes of unknown origin; of LOW where another module of the package does, or where only the name of an import says so (`acme.transport`). An open file of which nothing is known counts as such bytes. Of several such imports the one counts that is used closest to the loader. Where no import of the module or its package shows who gives such bytes, one finding of LOW lists them, here or as of a store by the words of the function.',
    evidenceFormat:
      'Source, hops and loader with lines and columns; protocol, entry point, addresses, guard, suppressions.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Replace the format: JSON with a schema, protobuf, safetensors or Arrow for tensors. Where old peers must be served, sign the bytes with a key that the peers hold and check `hmac.compare_digest` before loading, or use an unpickler whose `find_class` allows exact names only.',
    retest: RETEST,
    policyExample: policyExample('SERVING-PICKLE-NETWORK', './src/'),
    bad: `import pickle
from fastapi import FastAPI, Request

app = FastAPI()

@app.post("/infer")
async def infer(request: Request):
    return pickle.loads(await request.body())`,
    good: `from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()

class Query(BaseModel):
    values: list[float]

@app.post("/infer")
async def infer(query: Query):
    return sum(query.values)`,
    related: ['SERVING-ZMQ-PYOBJ', 'SERVING-CODEC-EXPORT', 'SERVING-MEDIA-TYPE', 'SERVING-BIND-ALL', 'PICKLE-EXEC'],
  },
  on: ['source.flow'],
  check,
});
