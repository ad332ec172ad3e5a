import type { RepoProgramFact } from '../../model/repository.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, TRIAGE, WHY } from './family.js';

/** What `git init` writes: git runs a hook by its exact name, and so none of these. */
const SAMPLE_OF_GIT = /(?:^|[/!])\.git\/hooks\/[a-z-]+\.sample$/;

function check({ program, at }: RepoProgramFact): Match | undefined {
  if (SAMPLE_OF_GIT.test(at.path)) return undefined;
  return {
    signal: program,
    call: null,
    chain: [],
    message: `A ${program} lies in the model repository. No loader of models needs it, and what it does was not analysed.`,
    level: 0,
  };
}

/** A program for an operating system beside a model. */
export default defineRule({
  meta: {
    id: 'REPO-PROGRAM',
    category: 'REPO',
    severity: 'MEDIUM',
    title: 'Program in a Model Repository',
    cwe: ['CWE-506', 'CWE-829'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.001'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.MEDIUM,
    fixHint: 'Leave programs and scripts out of what is downloaded and released with a model.',
    description:
      'A program or library of Linux, Windows or macOS, a script of a shell, of PowerShell or of Windows, a shortcut, a Java ' +
      'program or an executable for several systems lies in a model repository.',
    why: WHY,
    firesWhen:
      'The first bytes of a file are those of a program or a shortcut, or begin with an interpreter line; or its name ends like ' +
      'that of a script of a shell or of Windows and its bytes are text. The file lies in a folder or an archive that is a ' +
      'model repository by its configurations. The samples of hooks that `git init` writes are left out: git runs a hook by its ' +
      'exact name.',
    evidenceFormat: 'The kind of the program.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Repositories have scripts that download or convert, and libraries for an accelerator. Each is worth a look; accept the ' +
      'fingerprint, which covers the bytes.',
    triage: TRIAGE,
    fix: 'Download only what the loader needs (`allow_patterns`), and take programs from the release of their own project.',
    retest: RETEST,
    policyExample: policyExample('REPO-PROGRAM'),
    bad: `from huggingface_hub import snapshot_download

snapshot_download("org/model")  # everything, programs too`,
    good: `from huggingface_hub import snapshot_download

snapshot_download("org/model", allow_patterns=["*.safetensors", "*.json"])`,
    artifacts: {
      bad: archiveOf({ 'config.json': 'json.dumps({"model_type": "bert"})', 'install.sh': '"#!/bin/sh\\nid\\n"' }),
      good: archiveOf({ 'config.json': 'json.dumps({"model_type": "bert"})', 'README.md': '"# Model\\n"' }),
    },
    related: ['REPO-RUNS-ON-LOAD', 'TORCH-SCRIPT-CUSTOM-OP'],
  },
  on: ['repo.program'],
  check,
});
