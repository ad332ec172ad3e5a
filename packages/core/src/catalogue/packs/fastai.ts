// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'fastai 2.8.12',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
fastai.data.load: _wif
fastai.metrics: accuracy
fastai.optimizer: Adam
fastai.tabular.core: FillStrategy.median
fastai.torch_core: trainable_params`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
fastai.data.core: FilteredBase
fastai.data.load: _FakeLoader
fastai.data.transforms: Categorize Normalize
fastai.learner: AvgLoss AvgSmoothLoss
fastai.losses: CrossEntropyLossFlat
fastai.tabular.core: Categorify FillMissing FillStrategy ReadTabBatch`,
    },
    {
      why: 'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs); keys seen: none or img_size.',
      insideDanger: true,
      names: `
fastai.torch_core: TensorBase`,
    },
    {
      why: 'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs);.',
      insideDanger: true,
      names: `
fastai.torch_core: TensorCategory TensorImage`,
    },
    {
      why: '__dict__.update and a new lock. Read in its source and tried.',
      insideDanger: true,
      names: `
fastai.tabular.learner: TabularLearner`,
    },
    {
      why: '__dict__.update. Read in its source and tried.',
      insideDanger: true,
      names: `
fastai.tabular.core: TabWeightedDL TabularPandas
fastai.tabular.data: TabularDataLoaders`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
fastai.layers: AdaptiveConcatPool2d ConvLayer Embedding LinBnDrop ResBlock
fastai.losses: LabelSmoothingCrossEntropy
fastai.tabular.model: TabularModel
fastai.text.models.awdlstm: AWD_LSTM EmbeddingDropout RNNDropout WeightDropout`,
    },
  ],
  uses: `
CategoryMap: n0() bD(gdoupe)l_`,
  members: `
fastai.data.core.FilteredBase dataloaders
fastai.tabular.core.FillStrategy median
fastai.tabular.core.TabularPandas dataloaders
fastai.text.models.awdlstm.WeightDropout _do_nothing`,
  shapes: `
fastai.data.transforms CategoryMap: new(); state {items: any, keys!, update!, append!, extend!, add!, cleanup!, close!, *}`,
  refused: `
fastai.callback.core TrainEvalCallback: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)
fastai.callback.progress ProgressCallback: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)
fastai.learner CastToTensor: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)
fastai.learner Recorder: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)`,
};
