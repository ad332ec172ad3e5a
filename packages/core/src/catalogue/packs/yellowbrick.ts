// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'yellowbrick 1.5',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
yellowbrick.cluster.elbow: distortion_score`,
    },
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
yellowbrick.utils.target: TargetType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
yellowbrick.features.pca: PCA
yellowbrick.features.rankd: Rank2D
yellowbrick.target.class_balance: ClassBalance`,
    },
    {
      why: "sklearn's BaseEstimator.__setstate__ (own module is not sklearn's: __dict__.update only). Missing attributes are looked up in the stored _wrapped after BUILD; on an empty instance the lookup recurses and raises.",
      insideDanger: true,
      names: `
yellowbrick.classifier.classification_report: ClassificationReport
yellowbrick.classifier.confusion_matrix: ConfusionMatrix
yellowbrick.classifier.rocauc: ROCAUC
yellowbrick.cluster.elbow: KElbowVisualizer
yellowbrick.cluster.silhouette: SilhouetteVisualizer
yellowbrick.model_selection.learning_curve: LearningCurve
yellowbrick.regressor.prediction_error: PredictionError
yellowbrick.regressor.residuals: ResidualsPlot`,
    },
  ],
  uses: `
TargetType: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
