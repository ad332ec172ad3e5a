import type { RepoShardFact, ShardProblem } from '../../model/repository.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, shown, TRIAGE, WHY } from './family.js';

const PROBLEMS: Readonly<Record<ShardProblem, string>> = {
  'parent-directory': 'The name climbs out of the folder of the index.',
  absolute: 'The name is an absolute path.',
  'drive-letter': 'The name begins with a drive of Windows.',
  backslash: 'On Windows the name leads out of the folder of the index.',
  'control-character': 'The name is empty or holds control characters.',
  address: 'The name is an address.',
  'not-text': 'What stands for the name is no text.',
  'pickle-shard': 'The index is of safetensors, and the name is of another format, which may be a pickle.',
  missing: 'The file is not among those that were scanned.',
};

function check({ problem, shard, count }: RepoShardFact): Match | undefined {
  const more = count > 1 ? [`and ${count - 1} more`] : [];
  const base = { signal: `${problem} ${shown(shard)}`, call: null, chain: more };
  const message = `The index of shards names ${shown(shard)}. ${PROBLEMS[problem]}`;
  if (problem === 'missing')
    return {
      ...base,
      signal: 'missing shards',
      chain: [shown(shard), ...more],
      message: `${message} What a loader gets for it was not analysed.`,
      severity: 'LOW',
      level: 0,
    };
  return { ...base, message, level: 3 };
}

/** An index of shards that leads out of its folder, or to another kind of file. */
export default defineRule({
  meta: {
    id: 'REPO-SHARD-INDEX',
    category: 'REPO',
    severity: 'HIGH',
    title: 'Shard Index Names an Unexpected File',
    cwe: ['CWE-22', 'CWE-73'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000'],
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Write the index again with the library that saved the shards; every name lies beside the index.',
    description:
      'An index of shards (`model.safetensors.index.json` and its kin) says which file holds which tensor. This one names a ' +
      'file outside of its folder, something that is no name of a file, a file of another format, or one that is not there.',
    why: WHY,
    firesWhen:
      'A value of `weight_map` holds `..`, begins like an absolute path, a drive or an address, is empty, holds control ' +
      'characters or is no text; an index of safetensors names a file that does not end in `.safetensors`. A shard that is not ' +
      'among the scanned files is LOW.',
    evidenceFormat: 'The problem and the first name that has it, with how many more there are.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'No library writes such names. Shards are missing where only a part of a repository was downloaded, which is LOW.',
    triage: TRIAGE,
    fix: 'Save the model again with `save_pretrained`, which writes shards and index, and compare the hashes of the shards with those of the publisher.',
    retest: RETEST,
    policyExample: policyExample('REPO-SHARD-INDEX'),
    bad: `{"weight_map": {"encoder.weight": "../../../../etc/passwd"}}`,
    good: `{"weight_map": {"encoder.weight": "model-00001-of-00002.safetensors"}}`,
    artifacts: {
      bad: archiveOf({
        'model.safetensors.index.json': 'json.dumps({"weight_map": {"encoder.weight": "../../../../etc/passwd"}})',
      }),
      good: archiveOf({
        'model.safetensors.index.json': 'json.dumps({"weight_map": {"encoder.weight": "a.safetensors"}})',
        'a.safetensors': 'bytes([2, 0, 0, 0, 0, 0, 0, 0]) + b"{}"',
      }),
    },
    related: ['ARCHIVE-PATH', 'TORCH-LOAD-UNTRUSTED'],
  },
  on: ['repo.shard'],
  check,
});
