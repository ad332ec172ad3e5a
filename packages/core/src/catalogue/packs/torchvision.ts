// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'torchvision 0.28.0',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
torchvision.models.resnet: ResNet18_Weights
torchvision.transforms.functional: InterpolationMode`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
torchvision.models._api: Weights
torchvision.transforms.transforms: Compose ToTensor`,
    },
    {
      why: 'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs);.',
      insideDanger: true,
      names: `
torchvision.tv_tensors._image: Image`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
torchvision.models.convnext: CNBlock ConvNeXt LayerNorm2d
torchvision.models.densenet: DenseNet _DenseBlock _DenseLayer _Transition
torchvision.models.detection.anchor_utils: AnchorGenerator
torchvision.models.detection.faster_rcnn: FastRCNNPredictor
torchvision.models.efficientnet: EfficientNet MBConv
torchvision.models.mnasnet: MNASNet _InvertedResidual
torchvision.models.mobilenetv2: InvertedResidual MobileNetV2
torchvision.models.regnet: AnyStage BottleneckTransform RegNet ResBottleneckBlock SimpleStemIN
torchvision.models.resnet: BasicBlock Bottleneck
torchvision.models.shufflenetv2: InvertedResidual ShuffleNetV2
torchvision.models.squeezenet: Fire SqueezeNet
torchvision.models.swin_transformer: PatchMerging ShiftedWindowAttention SwinTransformer SwinTransformerBlock
torchvision.models.vision_transformer: Encoder EncoderBlock MLPBlock VisionTransformer
torchvision.ops.feature_pyramid_network: FeaturePyramidNetwork
torchvision.ops.misc: Conv2dNormActivation FrozenBatchNorm2d MLP Permute SqueezeExcitation
torchvision.ops.poolers: MultiScaleRoIAlign
torchvision.ops.stochastic_depth: StochasticDepth
torchvision.transforms._presets: ImageClassification
torchvision.transforms.autoaugment: RandAugment
torchvision.transforms.transforms: CenterCrop ColorJitter Normalize RandomHorizontalFlip RandomResizedCrop RandomRotation Resize
torchvision.transforms.v2._container: Compose
torchvision.transforms.v2._geometry: RandomHorizontalFlip Resize
torchvision.transforms.v2._misc: ToDtype`,
    },
  ],
  uses: `
InterpolationMode: r1()
ResNet18_Weights: r1(o,o)`,
  members: '',
  shapes: '',
  refused: '',
};
