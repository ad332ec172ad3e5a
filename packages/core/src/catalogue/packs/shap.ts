// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'shap 0.44.1 0.48.0 0.51.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
shap.utils._legacy: IdentityLink.f`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
shap._explanation: Explanation
shap.explainers._exact: ExactExplainer
shap.explainers._kernel: KernelExplainer
shap.explainers._linear: LinearExplainer
shap.explainers._permutation: PermutationExplainer
shap.explainers._sampling: SamplingExplainer
shap.explainers._tree: SingleTree TreeEnsemble TreeExplainer
shap.maskers._tabular: Independent Partition
shap.models._model: Model
shap.utils._legacy: DenseData IdentityLink Model`,
    },
  ],
  uses: '',
  members: `
shap.utils._legacy.IdentityLink f`,
  shapes: '',
  refused: '',
};
