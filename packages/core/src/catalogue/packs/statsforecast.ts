// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'statsforecast 1.7.2; statsforecast 1.7.2 2.1.1; statsforecast 2.1.1',
  groups: [
    {
      why: 'A named tuple: tuple.__new__ of the given fields.',
      insideDanger: true,
      names: `
statsforecast.ets: results
statsforecast.utils: results`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
statsforecast.core: GroupedArray StatsForecast
statsforecast.models: ADIDA ARIMA AutoARIMA AutoCES AutoETS AutoTheta CrostonClassic GARCH HistoricAverage HoltWinters IMAPA MSTL Naive SeasonalNaive SimpleExponentialSmoothing TSB
statsforecast.utils: ConformalIntervals`,
    },
  ],
  uses: `
results: n1(n,d) n4(d,d)`,
  members: '',
  shapes: '',
  refused: '',
};
