import { DECISIONS } from '../../model/severity.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { judgeObject, shownName, whereOf } from './judge.js';

/** A Keras model whose configuration has a module imported that nobody knows. */
export default defineRule({
  meta: {
    id: 'KERAS-CONFIG-IMPORT',
    category: 'KERAS',
    severity: 'HIGH',
    title: 'Unexpected Import of a Keras Configuration',
    cwe: ['CWE-502', 'CWE-829'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.003', 'AML.T0011.000'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Register your own classes with Keras, allow exact names, and require signed model artifacts.',
    description:
      'The config.json of a Keras archive, or of a folder with a Keras model, names a class or function outside of Keras that is neither known to be harmless ' +
      'nor known to be dangerous, or a function of Keras that does more than compute tensors.',
    why: WHY,
    firesWhen:
      'An object anywhere in a config.json at the top of a zip archive, or in a folder of it, of a tar or of the files that are scanned, has a `module` outside of `keras`, `tf_keras`, ' +
      '`keras_hub`, `keras_nlp` and `keras_cv`, and its name is neither on the allowlist nor on the danger list of pickles. ' +
      'Keras before 3.9 and tf_keras import any such module, and its top level runs as soon as it is imported; current versions of ' +
      'Keras refuse it. Within Keras: a function outside of `activations`, `constraints`, `initializers`, `losses`, `metrics`, ' +
      '`ops`, `random` and `regularizers`, and the layers TFSMLayer, TensorFlowOpLayer and ClassMethod. A layer of Keras 2 that calls a function of TensorFlow (TFOpLambda) other than one that computes tensors.',
    evidenceFormat: 'The class or function that is looked up, with the keys that lead to it in the configuration.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      "Possible: a project's own layer that is not registered is saved with its module. Find out where the file comes from and " +
      'who owns the class; then register it with `keras.saving.register_keras_serializable`, or allow the one exact name with ' +
      'a reason.',
    triage: {
      source:
        'Which package defines the name, and does the machine that loads the model have that package from a trusted source?',
      impact: "The module's import code and the object's from_config run with the loader's rights.",
      control: 'One exact `module.name` entry with a reason and a last day; a pinned hash of the artifact.',
      evidence: 'After the fix the same rule category runs clean.',
    },
    fix:
      'Register the class, so that the configuration names no module and the loading program says where it comes from; or ' +
      'build the model from source and load weights only. Where the module has to stay, allow exactly that name.',
    retest: RETEST,
    policyExample: policyExample('KERAS-CONFIG-IMPORT'),
    bad: BAD,
    good: GOOD,
    artifacts: {
      bad: `import json, zipfile

layer = {"module": "acme.layers", "class_name": "Gate", "config": {}, "registered_name": "Gate"}
with zipfile.ZipFile("model.keras", "w") as archive:
    archive.writestr(zipfile.ZipInfo("metadata.json"), json.dumps({"keras_version": "3.8.0"}))
    archive.writestr(zipfile.ZipInfo("config.json"), json.dumps(layer))`,
      good: `import json, zipfile

layer = {"module": None, "class_name": "Gate", "config": {}, "registered_name": "acme>Gate"}
with zipfile.ZipFile("model.keras", "w") as archive:
    archive.writestr(zipfile.ZipInfo("metadata.json"), json.dumps({"keras_version": "3.8.0"}))
    archive.writestr(zipfile.ZipInfo("config.json"), json.dumps(layer))`,
    },
    related: ['KERAS-CONFIG-EXEC', 'PICKLE-GLOBAL-IMPORT'],
  },
  on: ['keras.object'],
  check(fact, context) {
    if (fact.what === 'code') return undefined;
    const judgement = judgeObject(fact, context.userAllow);
    if (judgement.class !== 'unexpected') return undefined;
    return {
      signal: `${fact.what} ${shownName(fact)}`,
      call: null,
      chain: whereOf(fact),
      message: `The configuration of this Keras model names the ${fact.what} ${shownName(fact)}, which Keras imports while it loads the model. ${judgement.why}`,
      level: 3,
    };
  },
});
