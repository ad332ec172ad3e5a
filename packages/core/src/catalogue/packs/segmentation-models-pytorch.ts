// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'segmentation_models_pytorch 0.6.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
segmentation_models_pytorch.losses._functional: focal_loss_with_logits`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
segmentation_models_pytorch.base.heads: SegmentationHead
segmentation_models_pytorch.base.modules: Activation Attention Conv2dReLU
segmentation_models_pytorch.decoders.deeplabv3.decoder: ASPP ASPPPooling ASPPSeparableConv DeepLabV3PlusDecoder SeparableConv2d
segmentation_models_pytorch.decoders.fpn.decoder: Conv3x3GNReLU FPNBlock FPNDecoder MergeBlock SegmentationBlock
segmentation_models_pytorch.decoders.linknet.decoder: DecoderBlock LinknetDecoder TransposeX2
segmentation_models_pytorch.decoders.manet.decoder: DecoderBlock MAnetDecoder MFABBlock PABBlock
segmentation_models_pytorch.decoders.pspnet.decoder: PSPBlock PSPDecoder PSPModule
segmentation_models_pytorch.decoders.unet.decoder: UnetDecoder UnetDecoderBlock
segmentation_models_pytorch.decoders.unetplusplus.decoder: DecoderBlock UnetPlusPlusDecoder
segmentation_models_pytorch.encoders.timm_universal: TimmUniversalEncoder
segmentation_models_pytorch.losses.dice: DiceLoss
segmentation_models_pytorch.losses.focal: FocalLoss
segmentation_models_pytorch.losses.jaccard: JaccardLoss
segmentation_models_pytorch.losses.tversky: TverskyLoss`,
    },
    {
      why: "torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used; __new__ is object's (MapTransform: a setting of MONAI may wrap __call__).",
      insideDanger: true,
      names: `
segmentation_models_pytorch.decoders.deeplabv3.model: DeepLabV3Plus
segmentation_models_pytorch.decoders.fpn.model: FPN
segmentation_models_pytorch.decoders.linknet.model: Linknet
segmentation_models_pytorch.decoders.manet.model: MAnet
segmentation_models_pytorch.decoders.pspnet.model: PSPNet
segmentation_models_pytorch.decoders.unet.model: Unet
segmentation_models_pytorch.decoders.unetplusplus.model: UnetPlusPlus`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
