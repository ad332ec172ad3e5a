// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'torchmetrics 1.9.0',
  groups: [
    {
      why: 'Kept and never called.',
      insideDanger: true,
      storedOnly: true,
      names: `
torchmetrics.metric: jit_distributed_available
torchmetrics.utilities.data: dim_zero_cat dim_zero_sum`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used',
      insideDanger: true,
      names: `
torchmetrics.collections: MetricCollection
torchmetrics.wrappers.tracker: MetricTracker`,
    },
  ],
  uses: '',
  members: '',
  refused: `
torchmetrics.aggregation MeanMetric: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.accuracy MulticlassAccuracy: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.auroc BinaryAUROC: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.confusion_matrix MulticlassConfusionMatrix: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.f_beta BinaryF1Score: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.classification.precision_recall MultilabelPrecision: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.image.ssim StructuralSimilarityIndexMeasure: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.metric CompositionalMetric: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.regression.mae MeanAbsoluteError: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.regression.mse MeanSquaredError: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.regression.r2 R2Score: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.retrieval._deprecated _RetrievalMAP: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.text.wer WordErrorRate: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')
torchmetrics.wrappers.minmax MinMaxMetric: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_wrap_update, _wrap_compute, called with the stored 'update')`,
};
