import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  if (isClosed(fact)) return undefined;
  const severity = severityOf(fact, fact.registers ? 'HIGH' : 'MEDIUM');
  if (fact.what === 'codec-class')
    return matchOf(
      fact,
      severity,
      'a class whose media type is a pickle',
      `${fact.detail}: what it decodes is a program.`,
    );
  const { sink } = fact;
  if (fact.what !== 'codec' || sink === null || sink.setting === 'safe') return undefined;
  return matchOf(
    fact,
    severity,
    `${sink.name} of a parameter of a public function`,
    `${fact.entry ?? fact.scope} loads its own parameter with ${sink.name}: a caller that passes bytes from outside runs what they say.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-CODEC-EXPORT',
    category: 'SERVING',
    severity: 'MEDIUM',
    title: 'Public Codec Loads Objects',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.MEDIUM,
    fixHint: 'Give callers a codec that makes plain data only.',
    description:
      'A public function or method unpickles its own bytes, or a class calls a pickle its media type. A caller that passes bytes from a network has the weakness, and cannot see it in its own code.',
    why: WHY,
    firesWhen:
      'A public function or method hands a parameter to a loader as bytes, and no caller in the module says where they come from; or an attribute of a parameter, where the module or its package talks to a network or a store; or carries a loader under another name (`loads = pickle.loads`). HIGH where the module registers a media type, a serializer or a codec.',
    evidenceFormat: 'The parameter, the hops and the loader with lines and columns.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: "Make the codec's format one without code. Where it must stay, make it private, name it unsafe, and let it check a signature over the bytes.",
    retest: RETEST,
    policyExample: policyExample('SERVING-CODEC-EXPORT', './src/'),
    bad: `import pickle

class Codec:
    def decode(self, data: bytes):
        return pickle.loads(data)`,
    good: `import json

class Codec:
    def decode(self, data: bytes):
        return json.loads(data)`,
    related: ['SERVING-PICKLE-NETWORK', 'SERVING-MEDIA-TYPE'],
  },
  on: ['source.flow'],
  check,
});
