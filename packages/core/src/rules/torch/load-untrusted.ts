import type { SourceCallFact } from '../../model/source-fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { downloadHash } from './download-hash.js';
import { refusedCheckpoint } from './refused-checkpoint.js';
import { describeUse, isAlways, passed, shownCall, surroundings } from './source-call.js';

/** The first release whose default is weights_only=True. */
const SAFE_DEFAULT = [2, 6];

/** The argument with which each of them takes no objects; torch.load has `pickle_module` as its third parameter. */
const LOADERS: Readonly<Record<string, { readonly position: number | null; readonly pickle: number | null }>> = {
  'torch.load': { position: null, pickle: 2 },
  // Its own default is False in every release.
  'torch.hub.load_state_dict_from_url': { position: 6, pickle: null },
};

/** For fewer digits another file with the same ones can be found by trial; 2^80 trials are out of reach. */
const OUT_OF_REACH_DIGITS = 20;

function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  for (const [i, part] of wanted.entries()) {
    const own = version[i] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

function whyUnsafe(fact: SourceCallFact, position: number | null, pickle: number | null): string {
  const weights = passed(fact, 'weights_only', position);
  const parts: string[] = [];
  if (isAlways(weights, false)) parts.push('weights_only=False lets the file name any callable');
  else if (weights.length > 0)
    parts.push(`weights_only (${weights.map(({ text }) => text).join(' or ')}) is no constant that is True`);
  else if (fact.open) parts.push('weights_only=True is not among the arguments that can be seen');
  else parts.push('weights_only=True is not given');
  if (
    pickle !== null &&
    passed(fact, 'pickle_module', pickle).length > 0 &&
    !isAlways(passed(fact, 'pickle_module', pickle), false)
  )
    parts.push('pickle_module is given, which rules the restricted loader out');
  return parts.join(', and ');
}

function aboutDefault(fact: SourceCallFact, isGiven: boolean): string {
  if (isGiven || fact.target !== 'torch.load') return '';
  const least = fact.requirement?.least ?? null;
  if (least === null) return ' Before PyTorch 2.6 the default is False.';
  return isAtLeast(least, SAFE_DEFAULT)
    ? ` The project asks for torch ${least.join('.')} or later, whose default is True: the code should still say so, because it may run with an older one or with TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD.`
    : ` The project admits torch ${least.join('.')}, whose default is False.`;
}

/** What check_hash=True is worth; empty where it is not given. */
function aboutHash(fact: SourceCallFact): string {
  const hash = downloadHash(fact);
  const inCache = 'a file that is in the cache folder already is not compared';
  switch (hash.checks) {
    case 'not-asked':
      return ' weights_only is False by default there, in every release.';
    case 'none':
      return ' check_hash=True compares nothing here: the file name holds no "-HEX.", and weights_only is False by default there.';
    case 'unknown':
      return ` check_hash=True compares only the digits of a "-HEX." in the file name, which is no constant here; without one it compares nothing, and ${inCache}. weights_only is False by default there.`;
    case 'part':
      return ` check_hash=True compares ${hash.digits} hex digits of the SHA-256, ${hash.digits * 4} bits${hash.digits < OUT_OF_REACH_DIGITS ? ', for which another file can be made' : ''}, and ${inCache}. weights_only is False by default there.`;
    case 'whole':
      return ` check_hash=True compares the whole SHA-256 of what is downloaded; ${inCache}.`;
  }
}

function checkCall(fact: SourceCallFact): Match | undefined {
  const loader = LOADERS[fact.target];
  if (loader === undefined) return undefined;
  const weights = passed(fact, 'weights_only', loader.position);
  if (isAlways(weights, true)) return undefined;
  const isDownload = fact.target !== 'torch.load';
  const isPinned = isDownload && downloadHash(fact).checks === 'whole';
  const isPlain = fact.target === 'torch.load' && fact.use === 'call' && weights.length === 0 && !fact.open;
  const hasPickle = loader.pickle !== null && passed(fact, 'pickle_module', loader.pickle).length > 0;
  return {
    signal: `AST call ${fact.target}(...) without weights_only=True`,
    call: shownCall(fact),
    chain: surroundings(fact),
    message: `This ${describeUse(fact)}: ${whyUnsafe(fact, loader.position, loader.pickle)}.${aboutDefault(fact, weights.length > 0)}${isDownload ? aboutHash(fact) : ''} The author of the file runs code in this process.`,
    ...(isPinned ? { level: 0, severity: 'LOW' } : { level: 3 }),
    ...(isPlain && !hasPickle && fact.insertAt !== null
      ? {
          insertion: {
            description: 'Load tensors and plain values only.',
            at: fact.insertAt,
            text: ', weights_only=True',
          },
        }
      : {}),
  };
}

/** Code that loads checkpoints with the loader that runs what they name. */
export default defineRule({
  meta: {
    id: 'TORCH-LOAD-UNTRUSTED',
    category: 'TORCH',
    severity: 'CRITICAL',
    title: 'Untrusted torch.load Deserialization',
    cwe: ['CWE-502'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Load tensors, not executable Python objects.',
    description:
      'Python code or a notebook calls `torch.load` without `weights_only=True`, under any name: an alias, ' +
      '`from torch import load`, a `functools.partial`, `getattr(torch, "load")`, an attribute of a class, a name that ' +
      'another file of the tree passes on, or the function itself where it is handed to something else. ' +
      '`torch.hub.load_state_dict_from_url` counts as well, for its own default is False: `check_hash=True` compares a few digits in the file name, or nothing where the name has none. And a checkpoint that ' +
      '`torch.load(weights_only=True)` refuses: a whole module, a class of its own, a pickle of protocol 4. Its users ' +
      'have to list the names that it needs, where a list helps; without the protection the file runs everything that it names.',
    why: WHY,
    firesWhen:
      'A call resolves to `torch.load` and `weights_only` is not a literal True, nor a name that can be nothing but True. ' +
      'Also when `pickle_module` is given without it. That the project pins PyTorch 2.6 or later, whose default is True, is ' +
      'named in the evidence and changes nothing: the default can be switched off from outside. ' +
      "Of files: where PyTorch's restricted unpickler (2.13.0), followed opcode by opcode over the pickles that PyTorch itself " +
      'would read, refuses one. Zip archives, the format before PyTorch 1.6, plain pickles under the name of a checkpoint (`.pt`, ' +
      '`.pth`, `.ckpt`, `.bin`) that name anything but harmless or allowed classes, and the oldest format, a tar. One finding for each file; a ' +
      'plain state dict has none, nor has a TorchScript archive, which is read in C++. MEDIUM, without a safety level, where all that ' +
      'PyTorch refuses are names of the allowlist: the finding has the list for `torch.serialization.safe_globals` with which PyTorch ' +
      'takes the file. LOW for a download whose constant name holds a whole SHA-256 that `check_hash=True` compares.',
    evidenceFormat:
      'AST call expression torch.load(...) without weights_only=True or artifact metadata showing pickle-backed checkpoint loading.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Code that loads only what the same process has just written, and code that an older PyTorch without the parameter ' +
      'runs. Accept the fingerprint in the policy, or say so on the line, `# sentinel: ignore[TORCH-LOAD-UNTRUSTED] why`, ' +
      'where the policy lets comments count (`source_comments`): the finding stays in every report, as accepted. Comments for other tools (`# nosec`, `# noqa`) are shown and do not count. ' +
      'A checkpoint may name nothing but harmless classes; then no PICKLE rule fires beside this one. An entry of the policy for a ' +
      'name of the list turns its finding into a note, where every other name is allowed too. Where PyTorch would take a name that ' +
      'Sentinel does not propose (`getattr`), the finding says so: a name on that list counts for every file that is loaded.',
    triage: {
      source:
        'Where does the path come from: an argument, a download, a shared folder, or this very program? Who wrote the checkpoint, and why does it hold objects?',
      impact:
        'Code runs with the rights of the process that loads: what can it reach, and on which machines does it run?',
      control: 'weights_only=True; a signed or hashed file; a loader in a sandbox for what cannot be changed.',
      evidence:
        'The call has weights_only=True, or is gone; torch.load(weights_only=True) takes the file; and the same rule category runs clean.',
    },
    fix:
      'Pass `weights_only=True`; save and load state dicts rather than whole modules. Where a checkpoint holds a class of ' +
      'yours, name it with `torch.serialization.add_safe_globals`. For files of others, ask for safetensors.',
    retest: RETEST,
    policyExample: policyExample('TORCH-LOAD-UNTRUSTED'),
    bad: BAD,
    good: GOOD,
    sources: { bad: BAD, good: GOOD },
    artifacts: {
      bad: `import pickle, zipfile

class Net:
    pass

with zipfile.ZipFile("checkpoint.pt", "w") as archive:
    archive.writestr("checkpoint/data.pkl", pickle.dumps(Net(), protocol=2))
    archive.writestr("checkpoint/version", "3")`,
      good: `import pickle, zipfile

with zipfile.ZipFile("checkpoint.pt", "w") as archive:
    archive.writestr("checkpoint/data.pkl", pickle.dumps({"epoch": 3}, protocol=2))
    archive.writestr("checkpoint/version", "3")`,
    },
    related: ['TORCH-SCRIPT-CUSTOM-OP', 'TORCH-HUB-DYNAMIC-IMPORT', 'PICKLE-EXEC'],
  },
  on: ['source.call', 'torch.load'],
  check: (fact, context) => (fact.kind === 'torch.load' ? refusedCheckpoint(fact, context) : checkCall(fact)),
});
