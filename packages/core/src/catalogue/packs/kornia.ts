// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'kornia 0.9.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
kornia.enhance.adjust: adjust_brightness_accumulative adjust_contrast_with_mean_subtraction adjust_hue adjust_saturation_with_gray_subtraction`,
    },
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
kornia.constants: DataKey Resample SamplePadding`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
kornia.augmentation.container.ops: AugmentationSequentialOps
kornia.augmentation.random_generator.base: UniformDistribution
kornia.geometry.camera.pinhole: PinholeCamera`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
kornia.augmentation._2d.base: RigidAffineAugmentationBase2D
kornia.augmentation._2d.geometric.affine: RandomAffine
kornia.augmentation._2d.geometric.crop: RandomCrop
kornia.augmentation._2d.geometric.horizontal_flip: RandomHorizontalFlip
kornia.augmentation._3d.base: RigidAffineAugmentationBase3D
kornia.augmentation.container.augment: AugmentationSequential
kornia.augmentation.random_generator._2d.affine: AffineGenerator
kornia.augmentation.random_generator._2d.color_jitter: ColorJitterGenerator
kornia.augmentation.random_generator._2d.crop: CropGenerator
kornia.color.gray: RgbToGrayscale
kornia.enhance.normalize: Normalize
kornia.feature.orientation: LAFOrienter PatchDominantGradientOrientation
kornia.feature.responses: CornerHarris
kornia.feature.siftdesc: SIFTDescriptor
kornia.filters.gaussian: GaussianBlur2d
kornia.filters.sobel: Sobel SpatialGradient
kornia.geometry.quaternion: Quaternion
kornia.geometry.transform.affwarp: Resize
kornia.losses.ssim: SSIMLoss`,
    },
  ],
  uses: `
DataKey: k r1()
Resample: r1()
SamplePadding: r1()`,
  members: '',
  shapes: '',
  refused: `
kornia.augmentation._2d.intensity.color_jitter ColorJitter: A state with _compile_kwargs calls self.compile(**kwargs): torch.compile, or what the state put in its place
kornia.geometry.boxes Boxes: __dict__.update; without _valid it allocates torch.ones of the stored shape`,
};
