// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tf_keras 2.21.0',
  groups: [
  ],
  uses: '',
  members: '',
  refused: `
tf_keras.src.saving.pickle_utils deserialize_model_from_bytecode: writes the bytes to a temporary file and loads it as a Keras model: imports by name, Lambda layers run code`,
};
