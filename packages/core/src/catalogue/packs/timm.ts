// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'timm 1.0.31',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
timm.layers.format: Format`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
timm.data.mixup: Mixup
timm.data.transforms: MaybeToTensor RandomResizedCropAndInterpolation
timm.models._features: FeatureInfo
timm.scheduler.cosine_lr: CosineLRScheduler`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
timm.layers.activations: GELU GELUTanh Sigmoid
timm.layers.adaptive_avgmax_pool: FastAdaptiveAvgPool SelectAdaptivePool2d
timm.layers.attention: Attention
timm.layers.classifier: ClNormMlpClassifierHead ClassifierHead NormMlpClassifierHead
timm.layers.conv_bn_act: ConvNormAct
timm.layers.drop: DropPath
timm.layers.layer_scale: LayerScale
timm.layers.mlp: Mlp
timm.layers.norm: LayerNorm LayerNorm2d
timm.layers.norm_act: BatchNormAct2d
timm.layers.patch_embed: PatchEmbed
timm.layers.pool2d_same: AvgPool2dSame
timm.layers.squeeze_excite: SEModule
timm.layers.std_conv: ScaledStdConv2d
timm.loss.cross_entropy: LabelSmoothingCrossEntropy
timm.models._efficientnet_blocks: ConvBnAct EdgeResidual InvertedResidual SqueezeExcite
timm.models._features: FeatureListNet
timm.models.byobnet: BasicBlock BottleneckBlock ByobNet DarkBlock DownsampleAvg EdgeBlock
timm.models.convnext: ConvNeXt ConvNeXtBlock ConvNeXtStage
timm.models.efficientnet: EfficientNet
timm.models.mambaout: DownsampleNormFirst GatedConvBlock MambaOut MambaOutStage Stem
timm.models.mlp_mixer: MixerBlock MlpMixer
timm.models.nfnet: DownsampleAvg NormFreeBlock NormFreeNet
timm.models.resnet: BasicBlock Bottleneck ResNet
timm.models.swin_transformer: PatchMerging SwinTransformer SwinTransformerBlock SwinTransformerStage WindowAttention
timm.models.vision_transformer: Block VisionTransformer
timm.utils.model_ema: ModelEmaV2`,
    },
  ],
  uses: `
Format!: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
