import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf, flowText, unshownMatch } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  const { sink, origin } = fact;
  if (fact.what === 'unshown' && sink?.family === 'yaml') return unshownMatch(fact, 'network');
  if (fact.what !== 'flow' || sink?.family !== 'yaml' || origin?.reach !== 'network') return undefined;
  if (sink.setting === 'safe' || isClosed(fact)) return undefined;
  return matchOf(
    fact,
    severityOf(fact, 'HIGH'),
    flowText(fact),
    `${flowText(fact)}: it makes objects of classes that the sender names.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-YAML-NETWORK',
    category: 'SERVING',
    severity: 'HIGH',
    title: 'Unsafe YAML, jsonpickle or marshal From the Network',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0049', 'AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Use yaml.safe_load or JSON for what comes over a network.',
    description:
      'Bytes from a network reach a loader that makes objects of any class: `yaml.load` without a safe loader, `yaml.unsafe_load`, `jsonpickle.decode`, `marshal.loads`, `deepdiff.Delta`.',
    why: WHY,
    firesWhen:
      'The loader is reached by bytes from a network, and no argument restricts it to plain values (`SafeLoader`, `CSafeLoader`, `BaseLoader`, `FullLoader`). Calls of `marshal`, `jsonpickle` and `deepdiff` on bytes of unknown origin are listed in one finding where the module (MEDIUM) or its package (LOW) imports what talks to a network, or where no import shows who gives them (LOW).',
    evidenceFormat: 'Source, hops and loader with lines and columns; the loader class where one is given.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: 'Use `yaml.safe_load`, or JSON with a schema. marshal is for files of the same interpreter and has no safe form; jsonpickle has none for foreign input either.',
    retest: RETEST,
    policyExample: policyExample('SERVING-YAML-NETWORK', './src/'),
    bad: `import yaml
from flask import Flask, request

app = Flask(__name__)

@app.post("/config")
def config():
    return str(yaml.load(request.data, Loader=yaml.Loader))`,
    good: `import yaml
from flask import Flask, request

app = Flask(__name__)

@app.post("/config")
def config():
    return str(yaml.safe_load(request.data))`,
    related: ['SERVING-PICKLE-NETWORK'],
  },
  on: ['source.flow'],
  check,
});
