import { isTargetFunction, isTargetPackage } from '../../catalogue/lookup.js';
import type { RepoTargetFact } from '../../model/repository.js';
import type { Match, RuleContext } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { archiveOf, EXPECTED_EVIDENCE, RETEST, shown, TRIAGE, WHY } from './family.js';
import { judgeFullName } from './name-judge.js';

/** Functions of Hydra and NeMo that call or import what a configuration names beside them. */
const DISPATCHERS =
  /^(?:hydra\.(?:utils|_internal)\..+|hydra\.core\..+\.(?:get|load)_\w+|omegaconf\.OmegaConf\.(?:load|register_\w+)|(?:nemo|pytorch_lightning|lightning)\..*\.(?:import_class_by_path|instantiate\w*|load_from_checkpoint|restore_from|from_pretrained))$/;

/** A class, by its name. */
const CLASS = /^_*\p{Lu}/u;

function check(
  { key, target, keyPath, count, isAlone }: RepoTargetFact,
  { userAllow }: RuleContext,
): Match | undefined {
  const base = {
    signal: `${key} ${shown(target)}`,
    call: null,
    chain: [`at ${shown(keyPath)}${count > 1 ? `, and ${count - 1} more` : ''}`],
  };
  const what =
    key === '!!python'
      ? `A tag of YAML names ${shown(target)}, which a loader that is not safe imports and calls.`
      : `The configuration names ${shown(target)}, which is imported and called when it is instantiated.`;
  const verdict = judgeFullName(target);
  if (verdict?.class === 'dangerous' || DISPATCHERS.test(target)) {
    const why = verdict?.class === 'dangerous' ? verdict.why : 'It imports or calls what stands beside it.';
    return { ...base, message: `${what} ${why}`, severity: 'CRITICAL', level: 4 };
  }
  if (isAlone === true) return undefined;
  if (userAllow.has(target)) return { ...base, message: what, level: 0, quiet: true, allowedBy: [target] };
  if (verdict?.class === 'allowed' || isOrdinary(key, target)) return undefined;
  if (key === 'parent_library' && /^transformers_modules(?:\.|$)/.test(target))
    return {
      ...base,
      message: `${what} It is the code of a repository that was trusted.`,
      severity: 'MEDIUM',
      level: 0,
    };
  const entries = [{ entry: target, role: 'bare' as const }];
  return { ...base, message: `${what} It is not on the allowlist of targets.`, level: 3, entries };
}

function isOrdinary(key: string, target: string): boolean {
  // PEFT imports a module.
  if (key === 'parent_library') return isTargetPackage(target);
  const dot = target.lastIndexOf('.');
  const module = target.slice(0, Math.max(dot, 0));
  return CLASS.test(target.slice(dot + 1)) ? isTargetPackage(module) : isTargetFunction(module);
}

/** A configuration that names a class or function to be made. */
export default defineRule({
  meta: {
    id: 'REPO-TARGET',
    category: 'REPO',
    severity: 'HIGH',
    title: 'Configuration Instantiates an Unexpected Target',
    cwe: ['CWE-94', 'CWE-470'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000', 'AML.T0112.001'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Instantiate only targets of a list of your own; correct or remove the ones that are named here.',
    description:
      'A configuration of Hydra, NeMo, Lightning, latent diffusion, SpeechBrain or PEFT names a Python object that the loader imports and ' +
      'calls (`_target_`, `class_path`, `target`, `parent_library`), or YAML has a tag that makes an object (`!!python/object/apply:`, `!new:`); and the name is ' +
      'dangerous or not on the allowlist of targets.',
    why: WHY,
    firesWhen:
      'The name is on the danger list of pickles, or a function that imports or calls what stands beside it: CRITICAL. It is ' +
      'neither a class of the packages that configurations of models name, nor a function of their modules that compute: HIGH; ' +
      'but for a bare `target` without `params` beside it, which other programs write, too. ' +
      'A list of the user allows exact names. Read are YAML and JSON of a model repository, in folders and archives, `.nemo` ' +
      'among them.',
    evidenceFormat: 'The key and the name, with the keys that lead to it.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives: "A project's own class is not on the allowlist. Allow the one exact name with a reason.",
    triage: TRIAGE,
    fix: 'Name classes of the library. Where a class of your own has to stay, allow exactly that name, and have the loader check targets against the same list.',
    retest: RETEST,
    policyExample: policyExample('REPO-TARGET'),
    bad: `from hydra.utils import instantiate

model = instantiate(config)  # {"_target_": "os.system", "command": "id"}`,
    good: `ALLOWED = {"torch.nn.Linear", "torch.optim.AdamW"}

if config["_target_"] in ALLOWED:
    model = instantiate(config)`,
    artifacts: {
      bad: archiveOf({
        'model_config.yaml':
          '"target: nemo.collections.asr.models.EncDecCTCModel\\nencoder:\\n  _target_: os.system\\n  command: id\\n"',
      }),
      good: archiveOf({
        'model_config.yaml':
          '"target: nemo.collections.asr.models.EncDecCTCModel\\nencoder:\\n  _target_: torch.nn.Linear\\n"',
      }),
    },
    related: ['PICKLE-EXEC', 'REPO-REMOTE-CODE', 'KERAS-CONFIG-IMPORT'],
  },
  on: ['repo.target'],
  check,
});
