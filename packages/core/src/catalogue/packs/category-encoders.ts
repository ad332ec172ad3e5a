// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'category_encoders 2.11.2 2.6.3',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
category_encoders.backward_difference: BackwardDifferenceEncoder
category_encoders.basen: BaseNEncoder
category_encoders.binary: BinaryEncoder
category_encoders.cat_boost: CatBoostEncoder
category_encoders.count: CountEncoder
category_encoders.glmm: GLMMEncoder
category_encoders.gray: GrayEncoder
category_encoders.hashing: HashingEncoder
category_encoders.helmert: HelmertEncoder
category_encoders.james_stein: JamesSteinEncoder
category_encoders.leave_one_out: LeaveOneOutEncoder
category_encoders.m_estimate: MEstimateEncoder
category_encoders.one_hot: OneHotEncoder
category_encoders.ordinal: OrdinalEncoder
category_encoders.polynomial: PolynomialEncoder
category_encoders.quantile_encoder: QuantileEncoder SummaryEncoder
category_encoders.rankhot: RankHotEncoder
category_encoders.sum_coding: SumEncoder
category_encoders.target_encoder: TargetEncoder
category_encoders.woe: WOEEncoder`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
