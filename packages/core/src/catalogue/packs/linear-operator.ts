// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'linear_operator 0.6.1',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
linear_operator.operators.dense_linear_operator: DenseLinearOperator
linear_operator.operators.diag_linear_operator: DiagLinearOperator
linear_operator.operators.matmul_linear_operator: MatmulLinearOperator`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
