// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'featuretools 1.28.0 1.31.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
featuretools.entityset.relationship: Relationship RelationshipPath
featuretools.entityset.timedelta: Timedelta
featuretools.feature_base.feature_base: AggregationFeature IdentityFeature TransformFeature
featuretools.primitives.base.primitive_base: PrimitiveBase
featuretools.primitives.standard.aggregation.count: Count
featuretools.primitives.standard.aggregation.max_primitive: Max
featuretools.primitives.standard.aggregation.mean: Mean
featuretools.primitives.standard.aggregation.min_primitive: Min
featuretools.primitives.standard.aggregation.mode: Mode
featuretools.primitives.standard.aggregation.num_unique: NumUnique
featuretools.primitives.standard.aggregation.skew: Skew
featuretools.primitives.standard.aggregation.std: Std
featuretools.primitives.standard.aggregation.sum_primitive: Sum
featuretools.primitives.standard.aggregation.trend: Trend
featuretools.primitives.standard.transform.datetime.day: Day
featuretools.primitives.standard.transform.datetime.month: Month
featuretools.primitives.standard.transform.datetime.time_since: TimeSince
featuretools.primitives.standard.transform.datetime.weekday: Weekday
featuretools.primitives.standard.transform.datetime.year: Year`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
featuretools.entityset.entityset EntitySet: Calls state.pop, state.get, df_dict.items() and df.ww.init(schema=…) on what the state holds: a method call on any object that has an attribute ww; in an honest file these are DataFrames, on which woodwork initialises (converts) columns`,
};
