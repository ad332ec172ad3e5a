import type { PythonEffect, RepoPythonFact } from '../../model/repository.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS, type Severity } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, shown, TRIAGE, WHY } from './family.js';

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
  readonly severity: Severity;
}

/** Severities of a kind of call: at import, and in a class that is loaded; null for what code of models has any day. */
type Row = readonly [atImport: Severity | null, inClass: Severity | null];

/** What an attack is made of, and what code of models does. */
const KINDS: Readonly<Record<PythonEffect['kind'], Row>> = {
  process: ['CRITICAL', 'HIGH'],
  execution: ['CRITICAL', 'HIGH'],
  'computed-name': ['HIGH', 'MEDIUM'],
  'decoded-payload': ['CRITICAL', 'CRITICAL'],
  'downloaded-code': ['CRITICAL', 'CRITICAL'],
  exfiltration: ['CRITICAL', 'CRITICAL'],
  loader: ['HIGH', 'MEDIUM'],
  network: ['HIGH', 'MEDIUM'],
  download: ['HIGH', 'MEDIUM'],
  write: ['MEDIUM', null],
  'computed-import': ['MEDIUM', null],
};

const LESS: Readonly<Record<Severity, Severity>> = { CRITICAL: 'HIGH', HIGH: 'MEDIUM', MEDIUM: 'LOW', LOW: 'LOW' };

function severityOf({ kind, when, isCalled }: PythonEffect): Severity | null {
  const [atImport, inClass] = KINDS[kind];
  const severity = when === 'import' ? atImport : inClass;
  return severity !== null && !isCalled ? LESS[severity] : severity;
}

const ORDER: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** What a setup.py is for. */
const SETUP = /^(?:setuptools|distutils)\./;

function judged({ effects, role }: RepoPythonFact): readonly Judged[] {
  return effects
    .flatMap((effect) => {
      const severity = role === 'setup' && SETUP.test(effect.name) ? null : severityOf(effect);
      return severity === null ? [] : [{ effect, severity }];
    })
    .toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** In a file that nothing names only what is plainly an attack counts: what its import runs. */
function isAttack({ effect, severity }: Judged, role: RepoPythonFact['role']): boolean {
  if (severity !== 'CRITICAL' || effect.when !== 'import') return false;
  if (role === 'notebook') return PACKED.has(effect.kind);
  return effect.kind !== 'execution' || RUNS_SOURCE.test(effect.name);
}

/** Honest notebooks start programs and send tokens, and a person looks at the cells: what is hidden from them counts. */
const PACKED: ReadonlySet<PythonEffect['kind']> = new Set(['decoded-payload', 'downloaded-code']);

/** What runs source text. Programs that nobody loads open libraries and register functions when they are started. */
const RUNS_SOURCE = /^(?:builtins\.(?:exec|eval|execfile)|(?:runpy|code|codeop|timeit|pdb|bdb)\..+)$/;

const WHEN: Readonly<Record<PythonEffect['when'], string>> = {
  import: 'when it is imported',
  load: 'when its classes are made or used',
};

const WHAT: Readonly<Record<PythonEffect['kind'], string>> = {
  process: 'That starts or signals a process.',
  execution: 'That runs code.',
  'computed-name': 'It looks up a name that is computed among names that are dangerous.',
  'decoded-payload': 'That runs code that was packed into the source or decoded.',
  'downloaded-code': 'That runs code that was downloaded.',
  exfiltration: 'That sends what was read from the environment or from files.',
  loader: 'That makes objects of data, with all that follows.',
  network: 'That opens a connection.',
  download: 'That fetches a file.',
  write: 'That writes, moves or removes files.',
  'computed-import': 'It imports a module whose name is computed.',
};

function stepOf({ effect: { name, detail, line, cell, when, route } }: Judged): string {
  const given = detail === null ? '' : ` (${shown(detail)})`;
  const by = route.length === 0 ? '' : `, by ${shown(route.join(' > '))}`;
  return cell === undefined
    ? `line ${line}: ${shown(name)}${given}, ${WHEN[when]}${by}`
    : `cell ${cell}, line ${line}: ${shown(name)}${given}${by}`;
}

function check(fact: RepoPythonFact): Match | undefined {
  const named = fact.linked ?? [];
  const role = ROLES[fact.role];
  const isRun = named.length > 0 || role !== null;
  const found = judged(fact).filter((one) => isRun || isAttack(one, fact.role));
  const [worst] = found;
  if (fact.role === 'notebook' && worst !== undefined) return inNotebook(fact, found, worst);
  const why = named.length > 0 ? `${shown(named[0] ?? '')} names it.` : (role ?? 'Nothing in the repository names it.');
  if (worst === undefined) return fact.role === 'site' && fact.linked !== null ? siteLine(fact) : undefined;
  const more = found.length - LISTED + fact.moreEffects;
  const severity = isRun ? worst.severity : 'HIGH';
  return {
    signal: `${worst.effect.kind} ${shown(worst.effect.name)}`,
    call: null,
    chain: [why, ...found.slice(0, LISTED).map(stepOf), ...(more > 0 ? [`and ${more} more`] : [])],
    message: `This Python file calls ${shown(worst.effect.name)} ${WHEN[worst.effect.when]}. ${why} ${WHAT[worst.effect.kind]}`,
    severity,
    level: severity === 'CRITICAL' ? 4 : severity === 'HIGH' ? 3 : 0,
  };
}

function inNotebook(fact: RepoPythonFact, found: readonly Judged[], worst: Judged): Match {
  const { kind, name, detail } = worst.effect;
  const more = found.length - LISTED + fact.moreEffects;
  return {
    signal: `${kind} ${shown(name)}`,
    call: null,
    chain: [...found.slice(0, LISTED).map(stepOf), ...(more > 0 ? [`and ${more} more`] : [])],
    message: `A cell of this notebook calls ${shown(name)}${detail === null ? '' : ` (${shown(detail)})`} when it is run. ${WHAT[kind]}`,
    severity: 'HIGH',
    level: 3,
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
      'that nothing names is a finding only where its import itself runs code or a process, which is HIGH; a notebook only where ' +
      'a cell runs code that was packed or downloaded.',
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
