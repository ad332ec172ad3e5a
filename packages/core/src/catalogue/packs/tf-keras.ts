// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tf_keras 2.21.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
tf_keras.src.losses: mean_squared_error`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
tf_keras.src.backend: RandomGenerator
tf_keras.src.callbacks: EarlyStopping History
tf_keras.src.initializers.initializers: GlorotUniform
tf_keras.src.losses: MeanSquaredError
tf_keras.src.preprocessing.image: ImageDataGenerator
tf_keras.src.preprocessing.sequence: TimeseriesGenerator
tf_keras.src.preprocessing.text: Tokenizer`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
tf_keras.src.saving.pickle_utils deserialize_model_from_bytecode: Writes the bytes to a temporary file and loads it as a Keras model: imports by name, Lambda layers run code`,
};
