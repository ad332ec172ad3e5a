import type { SourceFlowFact } from '../../model/flow-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { isClosed, matchOf, severityOf, flowText, unshownMatch } from './evidence.js';
import { OWNER, policyExample } from '../ownership.js';
import { EXPECTED_EVIDENCE, FALSE_POSITIVES, MAPPINGS, RETEST, TRIAGE, WHY } from './family.js';

function check(fact: SourceFlowFact): Match | undefined {
  if (fact.what === 'unshown') return unshownMatch(fact, 'store');
  if (fact.what === 'setting')
    return matchOf(
      fact,
      severityOf(fact, 'HIGH'),
      'pickle among the serializers',
      `A task queue is configured to take pickles: ${fact.detail}.`,
    );
  if (fact.what === 'shelf')
    return matchOf(
      fact,
      severityOf(fact, 'HIGH'),
      'shelve on a shared path',
      `shelve unpickles what is in ${fact.detail}, where others may write.`,
    );
  const { sink, origin } = fact;
  if (fact.what !== 'flow' || sink === null || isClosed(fact)) return undefined;
  const isShelf = sink.family === 'shelve';
  if (origin?.reach !== 'store' && !isShelf) return undefined;
  if (sink.setting === 'safe') return undefined;
  return matchOf(
    fact,
    severityOf(fact, 'HIGH'),
    flowText(fact),
    `${flowText(fact)}: anybody who can write there runs code in this process.`,
  );
}

export default defineRule({
  meta: {
    id: 'SERVING-STORE-PICKLE',
    category: 'SERVING',
    severity: 'HIGH',
    title: 'Objects From a Store or a Queue',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0112'],
    mappings: MAPPINGS,
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Keep plain data in stores and queues, or sign what is loaded.',
    description:
      'Values of Redis, memcached, ZooKeeper, etcd, a database, object storage, Kafka, SQS, MQTT or a task queue are loaded as objects; or Celery and Kombu are configured to take pickles; or `shelve` opens a file on a path that others write to. Anybody who can write to the store runs code in every process that reads it.',
    why: WHY,
    firesWhen:
      'Bytes from such a store reach a loader; or `accept_content`, `task_serializer` or `result_serializer` names pickle; or `shelve.open` has a constant path that others can write to; or the module (MEDIUM), or its package (LOW), imports a client of a store and loads bytes of unknown origin: one finding lists these calls; also, as LOW, where no import shows who gives them and the function speaks of a store.',
    evidenceFormat: 'Source, hops and loader with lines and columns, or the settings; the kind of store.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: FALSE_POSITIVES,
    triage: TRIAGE,
    fix: "Store JSON, msgpack or Arrow. For Celery, keep `accept_content = ['json']`. Where objects must be stored, sign the bytes with a key that is not in the store and check it before loading.",
    retest: RETEST,
    policyExample: policyExample('SERVING-STORE-PICKLE', './src/'),
    bad: `import pickle
import redis

store = redis.Redis()

def cached(key):
    return pickle.loads(store.get(key))`,
    good: `import json
import redis

store = redis.Redis()

def cached(key):
    return json.loads(store.get(key))`,
    related: ['SERVING-WORKER-HANDOFF', 'SERVING-PICKLE-NETWORK'],
  },
  on: ['source.flow'],
  check,
});
