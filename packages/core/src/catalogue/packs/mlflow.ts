// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'mlflow-skinny 3.17.2',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
mlflow.entities.metric: Metric
mlflow.entities.param: Param
mlflow.entities.run_tag: RunTag
mlflow.models.model: Model
mlflow.models.signature: ModelSignature
mlflow.types.schema: Schema TensorInfo TensorSpec`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
