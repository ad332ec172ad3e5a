// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'coreforecast 0.0.20; coreforecast 0.0.20 0.0.3',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
coreforecast.lag_transforms: ExpandingMean ExponentiallyWeightedMean Lag RollingMean RollingQuantile SeasonalRollingMean
coreforecast.scalers: Difference LocalStandardScaler`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
