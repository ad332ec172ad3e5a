// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'lightning 2.6.6',
  groups: [
    {
      why: 'A dict whose items are its attributes: BUILD looks for __setstate__ among them, which is no ordinary key.',
      insideDanger: true,
      names: `
lightning.pytorch.utilities.parsing: AttributeDict`,
    },
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
lightning.pytorch.callbacks.stochastic_weight_avg: StochasticWeightAveraging.avg_fn`,
    },
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
lightning.pytorch.callbacks.early_stopping: EarlyStoppingReason
lightning.pytorch.callbacks.timer: Interval
lightning.pytorch.trainer.states: RunningStage`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
lightning.pytorch.callbacks.early_stopping: EarlyStopping
lightning.pytorch.callbacks.gradient_accumulation_scheduler: GradientAccumulationScheduler
lightning.pytorch.callbacks.lr_monitor: LearningRateMonitor
lightning.pytorch.callbacks.model_checkpoint: ModelCheckpoint
lightning.pytorch.callbacks.progress.tqdm_progress: TQDMProgressBar
lightning.pytorch.callbacks.stochastic_weight_avg: StochasticWeightAveraging
lightning.pytorch.callbacks.timer: Timer
lightning.pytorch.demos.boring_classes: BoringDataModule RandomDataset
lightning.pytorch.loggers.csv_logs: CSVLogger`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
lightning.pytorch.demos.boring_classes: BoringModel
lightning.pytorch.demos.transformer: PositionalEncoding Transformer`,
    },
  ],
  uses: `
AttributeDict: n1() n1(n,gdoue) s(gdoupe)l
EarlyStoppingReason: r1()
Interval!: r1()
RunningStage!: k r1()`,
  members: `
lightning.pytorch.callbacks.stochastic_weight_avg.StochasticWeightAveraging avg_fn`,
  shapes: '',
  refused: '',
};
