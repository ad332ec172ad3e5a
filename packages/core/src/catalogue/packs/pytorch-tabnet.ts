// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pytorch-tabnet 4.1.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
pytorch_tabnet.metrics: UnsupervisedLoss`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pytorch_tabnet.callbacks: CallbackContainer History`,
    },
    {
      why: 'sklearn.base.BaseEstimator.__setstate__: __dict__.update, version check.',
      insideDanger: true,
      names: `
pytorch_tabnet.pretraining: TabNetPretrainer
pytorch_tabnet.tab_model: TabNetClassifier TabNetRegressor`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
pytorch_tabnet.sparsemax: Sparsemax
pytorch_tabnet.tab_network: AttentiveTransformer EmbeddingGenerator FeatTransformer GBN GLU_Block GLU_Layer TabNet TabNetEncoder TabNetNoEmbeddings`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
