// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tensorflow 2.21.0',
  groups: [
    {
      why: 'A list of dimensions. Read in its source and tried.',
      insideDanger: true,
      names: `
tensorflow.python.framework.tensor_shape: TensorShape`,
    },
    {
      why: "An exception with three fields; made by tblib's unpickle_exception here.",
      insideDanger: true,
      names: `
tensorflow.python.framework.errors_impl: NotFoundError`,
    },
    {
      why: 'Looks text up in a table. Read in its source and tried.',
      insideDanger: true,
      names: `
tensorflow.python.framework.dtypes: as_dtype`,
    },
    {
      why: 'One integer or None. Read in its source and tried.',
      insideDanger: true,
      names: `
tensorflow.python.framework.tensor_shape: Dimension`,
    },
    {
      why: 'shape, dtype, name. Read in its source and tried.',
      insideDanger: true,
      names: `
tensorflow.python.framework.tensor: TensorSpec`,
    },
    {
      why: 'shape, dtype, ranks. Read in its source and tried.',
      insideDanger: true,
      names: `
tensorflow.python.ops.ragged.ragged_tensor: RaggedTensorSpec`,
    },
  ],
  uses: `
Dimension: r1()
RaggedTensorSpec: r4(o,o)
TensorShape: r1(n,o)
TensorSpec: r3(o,o)
as_dtype: r1()`,
  members: '',
  shapes: '',
  refused: `
tensorflow.python.framework.ops convert_to_tensor: Asks its argument for __tf_tensor__, __array__ and converts it (calls what an open instance stores); copies into native memory`,
};
