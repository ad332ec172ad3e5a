import type { KerasObjectFact } from '../../model/fact.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { judgeObject, shownName, whereOf } from './judge.js';

function byteCode(fact: KerasObjectFact): Match {
  return {
    signal: 'code __lambda__',
    call: null,
    chain: whereOf(fact),
    message:
      'The configuration holds byte code of a Python function, as a Lambda layer does: Keras makes a function of it, which ' +
      'runs when the layer is called, for many models while they are loaded. safe_mode=True, the default since Keras 2.13, ' +
      'refuses it; safe_mode=False and older versions run it. What the code does was not analysed.',
    level: 4,
  };
}

/** A Keras model whose configuration holds code, or names something able to run code. */
export default defineRule({
  meta: {
    id: 'KERAS-CONFIG-EXEC',
    category: 'KERAS',
    severity: 'CRITICAL',
    title: 'Code in a Keras Configuration',
    cwe: ['CWE-502', 'CWE-94'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000', 'AML.T0018.002', 'AML.T0112.001'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.CRITICAL,
    fixHint: 'Do not load untrusted Keras models. Rebuild the layers from your own source and load weights only.',
    description:
      'The config.json of a Keras archive, or of a folder with a Keras model, holds byte code of a Python function (`__lambda__`, a Lambda layer), or names a ' +
      'function or class that can execute code, start a process, open files or sockets, or switch off the safe mode of ' +
      'Keras: `os.system`, `subprocess.run`, `builtins.eval`, `keras.config.enable_unsafe_deserialization`, ' +
      '`keras.utils.get_file` and their kin.',
    why: WHY,
    firesWhen:
      'An object anywhere in a config.json at the top of a zip archive, or in a folder of it, of a tar or of the files that are scanned, has the class name `__lambda__`, or a function is ' +
      'stored as `lambda` in the form of Keras 2; or `module` with `class_name`, `registered_name` or the name of a function ' +
      'is on the danger list that pickles are held against, or is one of the functions of Keras that load code, download ' +
      'files or switch off its safe mode. It does not matter whether a given version of Keras would refuse it.',
    evidenceFormat: 'The signal `code __lambda__` or the name that is looked up, with the keys that lead to it.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Honest models have Lambda layers, and their byte code cannot be distinguished from any other without reading it. Replace them ' +
      'by layers of your own that are registered, or by functions of `keras.ops`; until then accept the fingerprint, which ' +
      'covers the whole configuration. Names on the danger list are not written by any honest save that we know of.',
    triage: {
      source: 'Who published the model, over which channel, and does its hash match what they released?',
      impact: 'Code may have run wherever the model was loaded: with which version of Keras and which safe_mode?',
      control: 'Quarantine the file; load with safe_mode=True and a current Keras; rebuild the model from source.',
      evidence: 'The signal is gone when the same rule category runs clean.',
    },
    fix:
      'Ask the publisher for a model without Lambda layers, or for its weights alone, and build the layers from source that ' +
      'you have read. Never pass `safe_mode=False` and never call `enable_unsafe_deserialization()` for a file of others.',
    retest: RETEST,
    policyExample: policyExample('KERAS-CONFIG-EXEC'),
    bad: BAD,
    good: GOOD,
    artifacts: {
      bad: `import json, zipfile

function = {"module": "os", "class_name": "function", "config": "system", "registered_name": "function"}
layer = {"module": "keras.layers", "class_name": "Lambda", "config": {"function": function}}
with zipfile.ZipFile("model.keras", "w") as archive:
    archive.writestr(zipfile.ZipInfo("metadata.json"), json.dumps({"keras_version": "3.8.0"}))
    archive.writestr(zipfile.ZipInfo("config.json"), json.dumps(layer))`,
      good: `import json, zipfile

function = {"module": "keras.ops", "class_name": "function", "config": "relu", "registered_name": "function"}
layer = {"module": "keras.layers", "class_name": "Lambda", "config": {"function": function}}
with zipfile.ZipFile("model.keras", "w") as archive:
    archive.writestr(zipfile.ZipInfo("metadata.json"), json.dumps({"keras_version": "3.8.0"}))
    archive.writestr(zipfile.ZipInfo("config.json"), json.dumps(layer))`,
    },
    related: ['KERAS-CONFIG-IMPORT', 'PICKLE-EXEC'],
  },
  on: ['keras.object'],
  check(fact, context) {
    if (fact.what === 'code') return byteCode(fact);
    const judgement = judgeObject(fact, context.userAllow);
    if (judgement.class !== 'dangerous') return undefined;
    return {
      signal: `${fact.what} ${shownName(fact)}`,
      call: null,
      chain: whereOf(fact),
      message: `The configuration of this Keras model names the ${fact.what} ${shownName(fact)}, which Keras imports and may call while it loads the model. ${judgement.why}`,
      level: 4,
    };
  },
});
