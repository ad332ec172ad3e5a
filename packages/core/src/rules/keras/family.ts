/** What the KERAS rules have in common. */
export const RETEST = 'sentinel artifact {path} --rule KERAS';

export const WHY =
  'A .keras file is an archive whose config.json says which classes and functions Keras looks up, imports and calls when ' +
  "the model is loaded, and it can hold byte code of Python. `safe_mode=True`, the default of Keras' own loader since " +
  '2.13, refuses byte code; what else it refuses depends on the version, and several versions let the configuration ' +
  'switch it off or import any module (CVE-2025-1550, CVE-2025-8747, CVE-2025-9906).';

export const EXPECTED_EVIDENCE =
  'The file and the member in it, the keys that lead to the object in the configuration, the signal that was observed, the ' +
  'rule and its severity, the owner, and the retest command that has to come back clean before the finding is closed.';

export const BAD = `import keras

model = keras.saving.load_model("model.keras", safe_mode=False)`;

export const GOOD = `import keras

model = build_model()  # the layers come from your own source
model.load_weights("model.weights.h5")`;
