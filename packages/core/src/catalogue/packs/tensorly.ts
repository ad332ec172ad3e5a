// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tensorly 0.10.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
tensorly.cp_tensor: CPTensor
tensorly.decomposition._cp: CP
tensorly.decomposition._tucker: Tucker
tensorly.parafac2_tensor: Parafac2Tensor
tensorly.regression.cp_regression: CPRegressor
tensorly.tr_tensor: TRTensor
tensorly.tt_tensor: TTTensor
tensorly.tucker_tensor: TuckerTensor`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
