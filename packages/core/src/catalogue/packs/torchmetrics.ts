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
  uses: `
BinaryAUROC: n*()
BinaryF1Score: n*()
CompositionalMetric: n*()
MeanAbsoluteError: n*()
MeanMetric: n*()
MeanSquaredError: n*()
MinMaxMetric: n*()
MulticlassAccuracy: n*()
MulticlassConfusionMatrix: n*()
MultilabelPrecision: n*()
R2Score: n*()
StructuralSimilarityIndexMeasure: n*()
WordErrorRate: n*()
_RetrievalMAP: n*()`,
  members: '',
  shapes: `
torchmetrics.aggregation MeanMetric: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.accuracy MulticlassAccuracy: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.auroc BinaryAUROC: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.confusion_matrix MulticlassConfusionMatrix: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.f_beta BinaryF1Score: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.classification.precision_recall MultilabelPrecision: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.image.ssim StructuralSimilarityIndexMeasure: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.metric CompositionalMetric: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.regression.mae MeanAbsoluteError: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.regression.mse MeanSquaredError: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.regression.r2 R2Score: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.retrieval._deprecated _RetrievalMAP: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.text.wer WordErrorRate: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}
torchmetrics.wrappers.minmax MinMaxMetric: new(any*); state {_wrap_update!, _wrap_compute!, update!, compute!, _parameters?: {*}|<collections.OrderedDict>|none, _modules?: {*}|<collections.OrderedDict>|none, _buffers?: {*}|<collections.OrderedDict>|none, *}`,
  refused: '',
};
