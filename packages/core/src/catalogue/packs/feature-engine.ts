// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'feature_engine 1.6.2 1.9.4',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
feature_engine.creation.cyclical_features: CyclicalFeatures
feature_engine.creation.math_features: MathFeatures
feature_engine.creation.relative_features: RelativeFeatures
feature_engine.datetime.datetime: DatetimeFeatures
feature_engine.datetime.datetime_subtraction: DatetimeSubtraction
feature_engine.discretisation.arbitrary: ArbitraryDiscretiser
feature_engine.discretisation.decision_tree: DecisionTreeDiscretiser
feature_engine.discretisation.equal_frequency: EqualFrequencyDiscretiser
feature_engine.discretisation.equal_width: EqualWidthDiscretiser
feature_engine.encoding.count_frequency: CountFrequencyEncoder
feature_engine.encoding.decision_tree: DecisionTreeEncoder
feature_engine.encoding.mean_encoding: MeanEncoder
feature_engine.encoding.one_hot: OneHotEncoder
feature_engine.encoding.ordinal: OrdinalEncoder
feature_engine.encoding.rare_label: RareLabelEncoder
feature_engine.encoding.similarity_encoder: StringSimilarityEncoder
feature_engine.encoding.woe: WoEEncoder
feature_engine.imputation.arbitrary_number: ArbitraryNumberImputer
feature_engine.imputation.categorical: CategoricalImputer
feature_engine.imputation.drop_missing_data: DropMissingData
feature_engine.imputation.end_tail: EndTailImputer
feature_engine.imputation.mean_median: MeanMedianImputer
feature_engine.imputation.missing_indicator: AddMissingIndicator
feature_engine.imputation.random_sample: RandomSampleImputer
feature_engine.outliers.trimmer: OutlierTrimmer
feature_engine.outliers.winsorizer: Winsorizer
feature_engine.preprocessing.match_columns: MatchVariables
feature_engine.selection.drop_constant_features: DropConstantFeatures
feature_engine.selection.drop_correlated_features: DropCorrelatedFeatures
feature_engine.selection.drop_duplicate_features: DropDuplicateFeatures
feature_engine.selection.drop_features: DropFeatures
feature_engine.timeseries.forecasting.lag_features: LagFeatures
feature_engine.timeseries.forecasting.window_features: WindowFeatures
feature_engine.transformation.boxcox: BoxCoxTransformer
feature_engine.transformation.log: LogTransformer
feature_engine.transformation.power: PowerTransformer
feature_engine.transformation.reciprocal: ReciprocalTransformer
feature_engine.transformation.yeojohnson: YeoJohnsonTransformer
feature_engine.wrappers.wrappers: SklearnTransformerWrapper`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
