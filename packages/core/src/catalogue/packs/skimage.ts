// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'scikit-image 0.26.0; skimage 0.26.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
skimage.feature.brief: BRIEF
skimage.feature.orb: ORB
skimage.feature.sift: SIFT
skimage.future.trainable_segmentation: TrainableSegmenter
skimage.measure.fit: CircleModel EllipseModel LineModelND
skimage.transform._geometric: AffineTransform EssentialMatrixTransform EuclideanTransform PiecewiseAffineTransform PolynomialTransform ProjectiveTransform SimilarityTransform
skimage.transform._thin_plate_splines: ThinPlateSplineTransform`,
    },
    {
      why: '__getattr__ raises AttributeError for __setstate__; __dict__.update. After BUILD a missing attribute calls functions of the stored _extra_properties.',
      insideDanger: true,
      names: `
skimage.measure._regionprops: RegionProperties`,
    },
    {
      why: '__new__ ignores its arguments; keywords (NEWOBJ_EX, backend=) would load a backend.',
      insideDanger: true,
      names: `
skimage.graph._rag: RAG`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
