// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'onnx 1.23.2',
  groups: [
    {
      why: 'Parses bytes by upb (C, checked).',
      insideDanger: true,
      names: `
onnx.onnx_ml_pb2: AttributeProto GraphProto ModelProto NodeProto OperatorSetIdProto TensorProto TypeProto`,
    },
  ],
  uses: `
AttributeProto: bD(gdoupe)r r0()
GraphProto: bD(gdoupe)r r0()
ModelProto: bD(gdoupe)r r0()
NodeProto: bD(gdoupe)r r0()
OperatorSetIdProto: bD(gdoupe)r r0()
TensorProto: bD(gdoupe)r r0()
TypeProto: bD(gdoupe)r r0()`,
  members: '',
  shapes: '',
  refused: '',
};
