import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { matchOf, severityOf } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  if (fact.what !== 'media-type') return undefined;
  return matchOf(
    fact,
    severityOf(fact, 'HIGH'),
    'a pickle media type is accepted',
    `${fact.detail}: a peer that says so is given an unpickler.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-MEDIA-TYPE',
    category: 'SERVING',
    severity: 'HIGH',
    title: 'Pickle Accepted as a Media Type',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Refuse pickle media types with 415.',
    description:
      'Code takes requests or messages whose declared type is a pickle: a content type such as `application/x-pickle` or `application/vnd.bentoml+pickle`, or a `serializer: pickle` header.',
    why: WHY,
    firesWhen:
      'A media type or serializer that means a pickle is compared with, listed among the accepted ones, or given to a decoder. Code that refuses it (raises, or answers 4xx) is quiet, and so is a client that sends it.',
    evidenceFormat: 'The comparison, list or table with line and column.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'List the types that a route takes, none of them executable, and answer 415 to all others. Do not trust the declared type alone: look at the bytes too.',
    retest: RETEST,
    policyExample: policyExample('SERVING-MEDIA-TYPE', './src/'),
    bad: `import json
import pickle

def decode(content_type, body):
    if content_type == "application/x-pickle":
        return pickle.loads(body)
    return json.loads(body)`,
    good: `import json

def decode(content_type, body):
    if content_type == "application/x-pickle":
        raise ValueError("415 Unsupported Media Type")
    return json.loads(body)`,
    related: ['SERVING-CODEC-EXPORT', 'SERVING-PICKLE-NETWORK'],
  },
  on: ['source.flow'],
  check,
});
