// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'keras 3.15.1',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
keras.src.callbacks.early_stopping: EarlyStopping
keras.src.dtype_policies.dtype_policy: DTypePolicy
keras.src.initializers.random_initializers: GlorotUniform
keras.src.legacy.preprocessing.text: Tokenizer
keras.src.optimizers.schedules.learning_rate_schedule: ExponentialDecay
keras.src.regularizers.regularizers: L2`,
    },
    {
      why: 'No hook: __dict__; honest states hold the whole model (unsafe _unpickle_model).',
      insideDanger: true,
      names: `
keras.src.callbacks.history: History`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
keras.src.backend.torch.optimizers.torch_adam Adam: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.layers.core.dense Dense: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.layers.preprocessing.normalization Normalization: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.losses.losses MeanSquaredError: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.metrics.accuracy_metrics Accuracy: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.models.functional Functional: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.models.sequential Sequential: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.optimizers.sgd SGD: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare`,
};
