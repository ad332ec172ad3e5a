import type { Hazard, Verdict } from '../../catalogue/hazard.js';
import type { PythonEffect, RepoPythonFact } from '../../model/repository.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS, type Severity } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { archiveOf, EXPECTED_EVIDENCE, OWNER, policyExample, RETEST, shown, TRIAGE, WHY } from './family.js';
import { judgeFullName } from './name-judge.js';

const ROLES: Readonly<Record<RepoPythonFact['role'], string | null>> = {
  hubconf: 'torch.hub runs it when a model of the repository is asked for.',
  package: 'It is run when anything of its folder is imported.',
  setup: 'It is run when the repository is installed.',
  site: 'Python runs it at every start where it is installed.',
  handler: 'The model server imports it.',
  notebook: null,
  module: null,
};

/** Calls that the evidence lists. */
const LISTED = 8;

interface Judged {
  readonly effect: PythonEffect;
  readonly verdict: Verdict;
  readonly severity: Severity;
}

/** How bad a call is in a file that is run; null for one that code of models has any day. */
function severityOf({ when, decoded }: PythonEffect, hazard: Hazard | undefined): Severity | null {
  if (hazard === 'execution' || hazard === 'process') {
    if (when === 'import') return 'CRITICAL';
    if (decoded) return 'CRITICAL';
    return when === 'load' ? 'HIGH' : null;
  }
  if (hazard === 'network') return when === 'import' ? 'HIGH' : when === 'load' ? 'MEDIUM' : null;
  if (hazard === 'loader') return when === 'body' ? null : 'MEDIUM';
  return null;
}

const ORDER: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

function judged(effects: readonly PythonEffect[]): readonly Judged[] {
  return effects
    .flatMap((effect) => {
      const verdict = judgeFullName(effect.name);
      const severity = verdict === null ? null : severityOf(effect, verdict.hazard);
      return verdict === null || severity === null ? [] : [{ effect, verdict, severity }];
    })
    .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** In a file that nothing names only what is plainly an attack counts. */
function isAttack({ effect, severity }: Judged): boolean {
  return severity === 'CRITICAL' && (effect.when === 'import' || effect.decoded);
}

const WHEN: Readonly<Record<PythonEffect['when'], string>> = {
  import: 'when it is imported',
  load: 'when its classes are made',
  body: 'in one of its functions',
};

function stepOf({ effect: { name, call, line, when, decoded } }: Judged): string {
  const where = line === null ? '' : `line ${line}: `;
  return `${where}${shown(call === '' ? name : call)}, ${WHEN[when]}${decoded ? ', with data that is decoded' : ''}`;
}

function check(fact: RepoPythonFact): Match | undefined {
  const named = fact.linked ?? [];
  const role = ROLES[fact.role];
  const isRun = named.length > 0 || role !== null;
  const found = judged(fact.effects).filter((one) => isRun || isAttack(one));
  const [worst] = found;
  const why = named.length > 0 ? `${shown(named[0] ?? '')} names it.` : (role ?? 'Nothing in the repository names it.');
  if (worst === undefined) return fact.role === 'site' && fact.linked !== null ? siteLine(fact) : undefined;
  const more = found.length - LISTED + fact.moreEffects;
  const severity = isRun ? worst.severity : 'HIGH';
  return {
    signal: `${worst.effect.when} ${shown(worst.effect.name)}`,
    call: shown(worst.effect.call),
    chain: [why, ...found.slice(0, LISTED).map(stepOf), ...(more > 0 ? [`and ${more} more`] : [])],
    message: `This Python file calls ${shown(worst.effect.name)} ${WHEN[worst.effect.when]}. ${why} ${worst.verdict.why}`,
    severity,
    level: severity === 'CRITICAL' ? 4 : severity === 'HIGH' ? 3 : 0,
  };
}

/** Any line that Python runs at its start is worth a look. */
function siteLine(fact: RepoPythonFact): Match | undefined {
  if (!fact.at.path.toLowerCase().endsWith('.pth')) return undefined;
  return {
    signal: 'import line of a path configuration file',
    call: null,
    chain: [],
    message: 'A path configuration file has a line that Python runs at every start where the file is installed.',
    severity: 'MEDIUM',
    level: 0,
  };
}

/** Python of a repository that does something dangerous as soon as it is loaded. */
export default defineRule({
  meta: {
    id: 'REPO-RUNS-ON-LOAD',
    category: 'REPO',
    severity: 'CRITICAL',
    title: 'Python of the Repository Acts When It Is Loaded',
    cwe: ['CWE-506', 'CWE-829'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.001', 'AML.T0112.001'],
    fpRisk: 'LOW',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Do not load the repository. Take the weights alone, or a commit without that code.',
    description:
      'A Python file of the repository starts processes, runs code that it puts together, opens connections or loads further ' +
      'objects as soon as it is imported, or in the classes that a loader makes of it.',
    why: WHY,
    firesWhen:
      'A file is run on load, because a configuration or a manifest names it, another such file imports it, or by its name ' +
      '(hubconf.py, __init__.py, setup.py, a `.pth` file with an import line), and calls what is on the danger list of pickles: ' +
      'execution and processes at import are CRITICAL, in a class that is loaded HIGH; connections at import are HIGH. A file ' +
      'that nothing names is a finding only where its import itself runs code or a process, which is HIGH.',
    evidenceFormat: 'The call, when it runs, and the file that has this one run.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'A setup.py that asks git for its version, or a script of a demonstration that installs packages, does start a process. ' +
      'Read the call, and accept the fingerprint, which covers the whole file.',
    triage: TRIAGE,
    fix: 'Remove the call, or move it into a function that nobody calls on load. Load weights with a library that has the architecture built in.',
    retest: RETEST,
    policyExample: policyExample('REPO-RUNS-ON-LOAD'),
    bad: `import os

os.system("id")


class MyModel:
    pass`,
    good: `class MyModel:
    def forward(self, inputs):
        return inputs`,
    artifacts: {
      bad: archiveOf({
        'config.json': 'json.dumps({"model_type": "bert"})',
        'modeling_mine.py': '"import os\\nos.system(\'id\')\\n"',
      }),
      good: archiveOf({
        'config.json': 'json.dumps({"model_type": "bert"})',
        'modeling_mine.py': '"class MyModel:\\n    pass\\n"',
      }),
    },
    related: ['REPO-REMOTE-CODE', 'REPO-PROGRAM', 'TORCH-HUB-DYNAMIC-IMPORT'],
  },
  on: ['repo.python'],
  check,
});
