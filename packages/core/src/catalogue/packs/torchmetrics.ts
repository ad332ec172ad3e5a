// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'torchmetrics 1.9.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
torchmetrics.metric: jit_distributed_available
torchmetrics.utilities.data: dim_zero_cat dim_zero_sum`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
torchmetrics.collections: MetricCollection
torchmetrics.wrappers.tracker: MetricTracker`,
    },
  ],
  uses: '',
  members: '',
  refused: `
torchmetrics.aggregation MeanMetric: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.accuracy MulticlassAccuracy: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.auroc BinaryAUROC: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.confusion_matrix MulticlassConfusionMatrix: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.f_beta BinaryF1Score: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.precision_recall MultilabelPrecision: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.image.ssim StructuralSimilarityIndexMeasure: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.metric CompositionalMetric: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.regression.mae MeanAbsoluteError: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.regression.mse MeanSquaredError: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.regression.r2 R2Score: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.retrieval._deprecated _RetrievalMAP: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.text.wer WordErrorRate: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.wrappers.minmax MinMaxMetric: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')`,
};
