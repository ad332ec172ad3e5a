import type { RepoCodeFact } from '../../model/repository.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, shown, TRIAGE, WHY } from './family.js';
import { judgeFullName } from './name-judge.js';

const VIA: Readonly<Record<RepoCodeFact['via'], string>> = {
  'auto-map':
    'Transformers, and what is built on it, imports it when the user trusts remote code, and some loaders did so without being asked.',
  'custom-pipeline': 'The pipelines of Transformers import it when the user trusts remote code.',
  'diffusers-pipeline': 'Diffusers imports it as the pipeline when the user trusts remote code.',
  'diffusers-component': 'Diffusers imports it as a component.',
  'sentence-transformers-module':
    'Sentence Transformers imports it as a part of the model; before version 6 it did so for local folders without being asked.',
  'attention-kernel':
    'Transformers with the kernels package fetches that repository and imports its code; versions 4.56 to 5.2 did so for any repository without being asked (CVE-2026-4372).',
  'model-file': 'MLX-LM imports that file without being asked (CVE-2026-5843).',
  'trust-remote-code': 'Programs that pass the configuration on trust the code of the repository by it.',
};

/** A full commit. */
const COMMIT = /^[0-9a-f]{40}$/;

function whereIsIt(fact: RepoCodeFact): string {
  const { repository, revision, linked, file } = fact;
  if (repository !== null) {
    const pinned = revision !== null && COMMIT.test(revision) ? `at commit ${revision}` : 'with no commit that pins it';
    return `The code lies in another repository, ${shown(repository)}, ${pinned}.`;
  }
  if (file === null) return '';
  if (linked === 'present') return `The file ${shown(file)} is in this repository and was analysed.`;
  if (linked === 'missing') return `The file ${shown(file)} is not among the files that were scanned.`;
  return `Whether the file ${shown(file)} is in this repository is not known.`;
}

/** Kernels of the organisation that Transformers itself trusts. */
const OWN_KERNELS = /^kernels-community\//;

function check(fact: RepoCodeFact): Match | undefined {
  const { via, key, names, repository, linked, target } = fact;
  const base = {
    signal: `${via} ${shown(names)}`,
    call: null,
    chain: [`at ${shown(key)}`, whereIsIt(fact)].filter((step) => step !== ''),
    message: `The configuration names code: ${shown(key)} is ${shown(names)}. ${VIA[via]} ${whereIsIt(fact)}`.trim(),
  };
  // The setting itself names nothing.
  if (via === 'trust-remote-code') return { ...base, severity: 'MEDIUM', level: 0 };
  if (via === 'attention-kernel' && repository !== null && OWN_KERNELS.test(repository))
    return { ...base, severity: 'MEDIUM', level: 0 };
  // Without a file in the repository it is looked up among what is installed.
  const installed = linked === 'present' || repository !== null || target === null ? null : target;
  const verdict = installed === null ? null : judgeFullName(`${installed.module}.${installed.name}`);
  if (verdict?.class === 'dangerous')
    return { ...base, message: `${base.message} ${verdict.why}`, severity: 'CRITICAL', level: 4 };
  return { ...base, level: 3 };
}

/** A configuration of a model that names code. */
export default defineRule({
  meta: {
    id: 'REPO-REMOTE-CODE',
    category: 'REPO',
    severity: 'HIGH',
    title: 'Configuration Names Code to Import',
    cwe: ['CWE-829', 'CWE-94'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000', 'AML.T0112.001'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint:
      'Use an architecture that the library has built in, or review the code and pin the commit that was reviewed.',
    description:
      'A configuration of the repository names Python code that a loader imports: `auto_map`, `custom_pipelines`, a class of its ' +
      'own in model_index.json or modules.json, an activation or a part of Sentence Transformers, an attention implementation that is a repository of kernels, a `model_file`, or ' +
      'the setting `trust_remote_code`.',
    why: WHY,
    firesWhen:
      'One of these keys stands in config.json, tokenizer_config.json, a processor or generation configuration, ' +
      'model_index.json, modules.json or adapter_config.json, at any depth, and names anything. Code of another repository ' +
      '(`org/repo--module.Class`) is reported with whether a commit pins it; a file of this repository with whether it is ' +
      'there. Kernels of the organisation that Transformers trusts, and the bare setting, are MEDIUM. A name that is not in the ' +
      'repository and is on the danger list of pickles is CRITICAL.',
    evidenceFormat: 'The kind of reference and what it names, with the key, and where the code lies.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Honest repositories of new architectures have an `auto_map`. Nothing tells them from others but a review of the code ' +
      'that is named. Accept the fingerprint after the review: it covers the configuration and the files that it names.',
    triage: TRIAGE,
    fix:
      'Take a release of the library that has the architecture, and remove the key. Where the code is needed, read it, copy it ' +
      'into the repository that you load, pin the commit with `revision=` and `code_revision=`, and accept the fingerprint.',
    retest: RETEST,
    policyExample: policyExample('REPO-REMOTE-CODE'),
    bad: `from transformers import AutoModel

model = AutoModel.from_pretrained("org/new-model", trust_remote_code=True)`,
    good: `from transformers import AutoModel

model = AutoModel.from_pretrained("org/model", revision="8a1f0d2c3b4e5f60718293a4b5c6d7e8f9012345")`,
    artifacts: {
      bad: archiveOf({
        'config.json': 'json.dumps({"model_type": "mine", "auto_map": {"AutoModel": "modeling_mine.MyModel"}})',
        'modeling_mine.py': '"class MyModel:\\n    pass\\n"',
      }),
      good: archiveOf({ 'config.json': 'json.dumps({"model_type": "bert", "architectures": ["BertModel"]})' }),
    },
    related: ['REPO-RUNS-ON-LOAD', 'REPO-TARGET'],
  },
  on: ['repo.code'],
  check,
});
