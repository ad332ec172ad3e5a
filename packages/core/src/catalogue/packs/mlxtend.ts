// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'mlxtend 0.23.1 0.23.4 0.25.0; mlxtend 0.23.1 0.25.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
mlxtend.classifier.ensemble_vote: EnsembleVoteClassifier
mlxtend.classifier.oner: OneRClassifier
mlxtend.classifier.stacking_classification: StackingClassifier
mlxtend.classifier.stacking_cv_classification: StackingCVClassifier
mlxtend.feature_selection.column_selector: ColumnSelector
mlxtend.feature_selection.exhaustive_feature_selector: ExhaustiveFeatureSelector
mlxtend.feature_selection.sequential_feature_selector: SequentialFeatureSelector
mlxtend.preprocessing.copy_transformer: CopyTransformer
mlxtend.preprocessing.dense_transformer: DenseTransformer
mlxtend.preprocessing.transactionencoder: TransactionEncoder
mlxtend.regressor.stacking_cv_regression: StackingCVRegressor
mlxtend.regressor.stacking_regression: StackingRegressor`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
mlxtend.classifier.adaline: Adaline
mlxtend.classifier.logistic_regression: LogisticRegression
mlxtend.classifier.multilayerperceptron: MultiLayerPerceptron
mlxtend.classifier.perceptron: Perceptron
mlxtend.classifier.softmax_regression: SoftmaxRegression
mlxtend.cluster.kmeans: Kmeans
mlxtend.feature_extraction.linear_discriminant_analysis: LinearDiscriminantAnalysis
mlxtend.feature_extraction.principal_component_analysis: PrincipalComponentAnalysis
mlxtend.feature_extraction.rbf_kernel_pca: RBFKernelPCA
mlxtend.regressor.linear_regression: LinearRegression`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
