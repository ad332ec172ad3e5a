// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'monai 1.6.1',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
monai.utils.enums: GridSampleMode GridSamplePadMode MetaKeys MetricReduction SpaceKeys TraceKeys`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
monai.data.dataset: CacheDataset Dataset
monai.metrics.meandice: DiceHelper DiceMetric
monai.transforms.compose: Compose
monai.transforms.croppad.array: RandSpatialCrop
monai.transforms.intensity.array: ScaleIntensity
monai.transforms.post.array: Activations AsDiscrete
monai.transforms.spatial.array: Flip RandRotate90 Spacing SpatialResample
monai.transforms.utility.array: EnsureChannelFirst`,
    },
    {
      why: 'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs); keys seen: _meta, _applied_operations, _is_batch.',
      insideDanger: true,
      names: `
monai.data.meta_tensor: MetaTensor`,
    },
    {
      why: "__new__ is object's (MapTransform: a setting of MONAI may wrap __call__).",
      insideDanger: true,
      names: `
monai.transforms.intensity.dictionary: ScaleIntensityd
monai.transforms.spatial.dictionary: RandFlipd`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
monai.losses.dice: DiceLoss
monai.losses.focal_loss: FocalLoss
monai.networks.blocks.acti_norm: ADN
monai.networks.blocks.convolutions: Convolution ResidualUnit
monai.networks.blocks.selfattention: SABlock
monai.networks.layers.simplelayers: Reshape SkipConnection
monai.networks.nets.densenet: DenseNet _DenseBlock _DenseLayer _Transition
monai.networks.nets.regressor: Regressor
monai.networks.nets.unet: UNet`,
    },
  ],
  uses: `
GridSampleMode!: r1()
GridSamplePadMode!: r1()
MetaKeys!: k r1()
MetricReduction!: r1()
SpaceKeys!: r1()
TraceKeys!: k r1()`,
  members: '',
  shapes: '',
  refused: `
monai.data.utils pickle_hashing: Stored only; it pickles and hashes what it is given`,
};
