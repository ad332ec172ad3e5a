// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'skorch 1.4.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
skorch.setter: optimizer_setter
skorch.utils: _indexing_other _make_split to_numpy`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance of a subclass of dict; the state goes into __dict__.',
      insideDanger: true,
      names: `
skorch.helper: SliceDict`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance of a subclass of list; the state goes into __dict__.',
      insideDanger: true,
      names: `
skorch.history: History`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
skorch.callbacks.logging: EpochTimer PrintLog
skorch.callbacks.lr_scheduler: LRScheduler WarmRestartLR
skorch.callbacks.scoring: EpochScoring PassthroughScoring
skorch.callbacks.training: EarlyStopping
skorch.dataset: Dataset ValidSplit`,
    },
  ],
  uses: `
History: a(gdoupe) n1(n,d)
SliceDict: n1(n,d) s(gdoupe)`,
  members: '',
  shapes: '',
  refused: `
skorch.classifier NeuralNetBinaryClassifier: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one
skorch.classifier NeuralNetClassifier: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one
skorch.net NeuralNet: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one
skorch.regressor NeuralNetRegressor: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one`,
};
