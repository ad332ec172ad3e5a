// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'ultralytics 8.4.190',
  groups: [
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
ultralytics.engine.results: Boxes Results
ultralytics.utils.metrics: DetMetrics Metric`,
    },
    {
      why: 'SimpleNamespace without arguments; state into __dict__.',
      insideDanger: true,
      names: `
ultralytics.utils: IterableSimpleNamespace`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
ultralytics.nn.modules.block: Attention Bottleneck C1 C2 C2PSA C2f C3 C3k2 DFL PSABlock Proto SPPF
ultralytics.nn.modules.conv: CBAM ChannelAttention Concat Conv ConvTranspose DWConv Focus GhostConv RepConv SpatialAttention
ultralytics.nn.modules.head: Classify Detect OBB Pose Segment
ultralytics.nn.modules.transformer: AIFI
ultralytics.nn.tasks: DetectionModel`,
    },
  ],
  uses: `
IterableSimpleNamespace: bD(gdoupe)r r0()`,
  members: '',
  shapes: '',
  refused: '',
};
