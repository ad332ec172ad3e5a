import type { DependencyProblem, RepoDependencyFact } from '../../model/repository.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, shown, TRIAGE, WHY } from './family.js';
import { judgeFullName } from './name-judge.js';

const PROBLEMS: Readonly<Record<DependencyProblem, string>> = {
  index: 'Packages come from another index, whose owner decides what a name stands for.',
  'find-links': 'Packages come from a page or a folder.',
  'trusted-host': 'A host is trusted without a valid certificate.',
  address: 'A package comes from an address.',
  'version-control': 'A package comes from a repository of source.',
  'local-path': 'A package comes from a path beside the model.',
  editable: 'A package is installed out of a folder that stays in use.',
  'included-address': 'Further requirements come from an address.',
  'loader-module': 'MLflow imports this module when the model is loaded.',
  code: 'MLflow puts this folder in front of the path of modules when the model is loaded.',
};

/** Loaders that MLflow itself ships. */
const OWN_LOADER = /^mlflow(?:\.|$)/;

function check({ problem, text, pinned }: RepoDependencyFact): Match | undefined {
  const base = {
    signal: `${problem} ${shown(text)}`,
    call: null,
    chain: pinned ? ['a commit or a hash pins it'] : [],
    message: `${PROBLEMS[problem]} It says: ${shown(text)}`,
  };
  if (problem !== 'loader-module') return pinned ? { ...base, severity: 'LOW', level: 0 } : { ...base, level: 0 };
  if (OWN_LOADER.test(text)) return undefined;
  const verdict = judgeFullName(`${text}._load_pyfunc`);
  return verdict?.class === 'dangerous'
    ? { ...base, message: `${base.message}. ${verdict.why}`, severity: 'CRITICAL', level: 4 }
    : { ...base, severity: 'HIGH', level: 3 };
}

/** Requirements of a model that come from elsewhere than the index of the machine. */
export default defineRule({
  meta: {
    id: 'REPO-DEPENDENCY',
    category: 'REPO',
    severity: 'MEDIUM',
    title: 'Model Brings Its Own Origin of Code',
    cwe: ['CWE-427', 'CWE-829'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.001', 'AML.T0011.001'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.MEDIUM,
    fixHint: 'Pin packages by version and hash, from the index that your organisation trusts.',
    description:
      'The requirements of a model repository name another index, an address, a folder or an editable install; or its MLmodel ' +
      'names a loader module of its own or a folder of code.',
    why: WHY,
    firesWhen:
      'A line of a requirements file or of an environment of conda has `--index-url`, `--extra-index-url`, `--find-links`, ' +
      '`--trusted-host`, `-e`, a direct address or a repository of source, or includes requirements from an address; a channel ' +
      'is an address. What a commit or a hash pins is LOW. A `loader_module` of MLmodel outside of mlflow is HIGH, one on the ' +
      'danger list CRITICAL; a folder of code is MEDIUM. Only files of a model repository are read.',
    evidenceFormat: 'The line or the value.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Builds of PyTorch for an accelerator honestly come from an index of their own. Mirror that index, or accept the fingerprint.',
    triage: TRIAGE,
    fix: 'List packages with exact versions and `--hash`, and install them from one index that you control.',
    retest: RETEST,
    policyExample: policyExample('REPO-DEPENDENCY'),
    bad: `--extra-index-url https://packages.example.org/simple
internal-helper`,
    good: `numpy==2.3.1
torch==2.7.1`,
    artifacts: {
      bad: archiveOf({
        'config.json': 'json.dumps({"model_type": "bert"})',
        'requirements.txt': '"--extra-index-url https://packages.example.org/simple\\ninternal-helper\\n"',
      }),
      good: archiveOf({
        'config.json': 'json.dumps({"model_type": "bert"})',
        'requirements.txt': '"numpy==2.3.1\\ntorch==2.7.1\\n"',
      }),
    },
    related: ['REPO-REMOTE-CODE'],
  },
  on: ['repo.dependency'],
  check,
});
