import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import type { SourceCallFact, SourceValue } from '../../model/source-fact.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { downloadHash } from './download-hash.js';
import { inHubconf } from './hubconf.js';
import { describeUse, isAlways, onlyText, passed, shownCall, surroundings } from './source-call.js';

const COMMIT = /^[\da-f]{40}$/i;

/** The parameter that names the repository. */
const REPOSITORY: Readonly<Record<string, string>> = {
  'torch.hub.load': 'repo_or_dir',
  'torch.hub.list': 'github',
  'torch.hub.help': 'github',
};

/** What follows the colon of `owner/name:ref`, for any division of the text into parts; undefined where it has none. */
function refOf(parts: readonly (string | null)[]): readonly (string | null)[] | undefined {
  for (const [i, part] of parts.entries()) {
    const colon = part?.indexOf(':') ?? -1;
    if (part === null || colon < 0) continue;
    const rest = part.slice(colon + 1);
    return [...(rest === '' ? [] : [rest]), ...parts.slice(i + 1)];
  }
  return undefined;
}

/** Why the code that is fetched may be another one tomorrow; null where a commit pins it. */
function whyMovable(values: readonly SourceValue[]): string | null {
  if (values.length === 0) return 'which repository and revision is fetched cannot be seen';
  const whole = values.flatMap(({ values: constants, complete }) =>
    complete && constants.length > 0 ? constants.map((one) => (one.kind === 'str' ? one.value : null)) : [null],
  );
  if (whole.every((text) => text !== null && COMMIT.test(text.split(':')[1] ?? ''))) return null;
  const [value] = values;
  const text = onlyText(values);
  const ref = text === null ? refOf(value?.parts ?? []) : refOf([text]);
  if (ref === undefined) {
    const isWhole = text !== null || (value !== undefined && value.parts.length > 0 && !value.parts.includes(null));
    return isWhole
      ? 'no revision is named, so the code is that of the default branch at that moment'
      : `which revision is fetched is no constant (${value?.text ?? ''})`;
  }
  const known = ref.includes(null) ? null : ref.join('');
  if (known === null) return `the revision is no constant (${value?.text ?? ''})`;
  return `${known === '' ? 'an empty revision' : known} is a branch or a tag, which can be moved, and no commit of 40 hex digits`;
}

function checkHub(fact: SourceCallFact): Match | undefined {
  const parameter = REPOSITORY[fact.target];
  if (parameter === undefined) return undefined;
  if (fact.target === 'torch.hub.load' && onlyText(passed(fact, 'source')) === 'local') return undefined;
  const position = fact.target === 'torch.hub.list' ? 3 : fact.target === 'torch.hub.help' ? 4 : null;
  const trust = passed(fact, 'trust_repo', position);
  // "check" asks, and so does False; True does not.
  const trusts = trust.some(({ values }) => values.some((value) => value.kind === 'bool' && value.value));
  const movable = whyMovable(passed(fact, parameter, 0));
  if (movable === null && !trusts) return undefined;
  const reasons = [
    ...(movable === null ? [] : [movable]),
    ...(trusts ? ['trust_repo=True skips the question whether the repository is to be trusted'] : []),
    ...(isAlways(passed(fact, 'skip_validation'), true)
      ? ['skip_validation=True lets the revision come from a fork']
      : []),
  ];
  return hubMatch(
    fact,
    `${fact.target} ${movable === null ? 'bypassing trust_repo' : 'of a revision that can move'}`,
    `This ${describeUse(fact)}: ${reasons.join('; ')}. PyTorch runs the hubconf.py of the repository as it is then.`,
  );
}

function hubMatch(fact: SourceCallFact, signal: string, message: string): Match {
  // The level stays: by the default policy a finding of this severity asks for a ticket, and a level would fail the run.
  return { signal, call: shownCall(fact), chain: surroundings(fact), message, level: 0 };
}

function checkDownload(fact: SourceCallFact): Match | undefined {
  if (fact.target === 'torch.hub.load_state_dict_from_url') {
    const { checks } = downloadHash(fact);
    if (checks === 'none') {
      const message = `This ${describeUse(fact)} with check_hash=True, and the file name holds no "-HEX." to compare with: nothing is checked, any file behind the address is loaded.`;
      return hubMatch(fact, `${fact.target} without a hash in the file name`, message);
    }
    if (checks !== 'not-asked') return undefined;
    const message = `This ${describeUse(fact)} without check_hash=True: any file behind the address is loaded, and another file is not noticed.`;
    return hubMatch(fact, `${fact.target} without check_hash=True`, message);
  }
  const found = inHubconf(fact);
  return found === null ? undefined : hubMatch(fact, found.signal, found.message);
}

/** Code that is fetched from an address where it can change, and run. */
export default defineRule({
  meta: {
    id: 'TORCH-HUB-DYNAMIC-IMPORT',
    category: 'TORCH',
    severity: 'MEDIUM',
    title: 'Dynamic Torch Hub Import',
    cwe: ['CWE-829', 'CWE-494'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.001', 'AML.T0010.003', 'AML.T0011.001', 'AML.T0109'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.MEDIUM,
    fixHint: 'Replace remote hub execution with pinned, vendored model code.',
    description:
      '`torch.hub.load`, `list` or `help` fetches a repository whose revision is not a commit, or skips the question whether ' +
      'it is trusted; weights are downloaded with `load_state_dict_from_url` and no hash is asked for; or a `hubconf.py` ' +
      'downloads, starts processes or imports what it computes, which PyTorch runs when a model of it is requested.',
    why: WHY,
    firesWhen:
      'The revision in `owner/name:ref` is absent, a branch, a tag or no constant, rather than a commit of 40 hex digits; or ' +
      '`trust_repo=True` is given; unless `source="local"`. `check_hash=True` is missing from `load_state_dict_from_url`, or the file name has no hash that it could compare. In a ' +
      '`hubconf.py`: a call that opens a connection, starts a process, runs text as code, imports a computed name, or downloads ' +
      'without a hash or a revision, on import or in a function.',
    evidenceFormat: 'torch.hub.load with branch names, unpinned refs, or trust_repo bypasses.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'A repository of your own whose branch is protected, and downloads from a store that only the deployment can write to. ' +
      'Accept the fingerprint in the policy, or say so on the line, `# sentinel: ignore[TORCH-HUB-DYNAMIC-IMPORT] why`, where ' +
      'the policy lets comments count (`source_comments`).',
    triage: {
      source: 'Whose repository is it, who can push to it, and which commit is in use today?',
      impact:
        'Its hubconf.py and everything that this imports run with the rights of the process, at every cold start.',
      control: 'Pin the commit, keep a mirror, or vendor the model code; ask for hashes of weights.',
      evidence: 'The call names a commit or a local folder, and the same rule category runs clean.',
    },
    fix:
      'Name a commit: `owner/name:40 hex digits`. Better, copy the model code into the project or a mirror and load it with ' +
      '`source="local"`. Download weights under names that hold their hash and pass `check_hash=True`.',
    retest: RETEST,
    policyExample: policyExample('TORCH-HUB-DYNAMIC-IMPORT'),
    bad: BAD,
    good: GOOD,
    sources: {
      bad: `import torch

model = torch.hub.load("pytorch/vision:main", "resnet18", trust_repo=True)`,
      good: `import torch

model = torch.hub.load("pytorch/vision:6d7851bd5e2bedc294e40e90532f0e375fcfee04", "resnet18")`,
    },
    related: ['TORCH-LOAD-UNTRUSTED', 'TORCH-SCRIPT-CUSTOM-OP'],
  },
  on: ['source.call'],
  check: (fact) => checkHub(fact) ?? checkDownload(fact),
});
