// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'arch 6.3.0 8.0.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
arch.bootstrap.base: CircularBlockBootstrap IIDBootstrap StationaryBootstrap
arch.unitroot.unitroot: ADF KPSS PhillipsPerron VarianceRatio
arch.univariate.base: ARCHModelForecast ARCHModelForecastSimulation ARCHModelResult
arch.univariate.distribution: GeneralizedError Normal SkewStudent StudentsT
arch.univariate.mean: ARX ConstantMean HARX
arch.univariate.volatility: APARCH ConstantVariance EGARCH EWMAVariance FIGARCH GARCH HARCH`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
arch.univariate.recursions EGARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions EWMAUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions FIGARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions GARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions HARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions __pyx_unpickle_GARCHUpdater: Cython, CRASHES (tried): a tuple that is too short, (-1.0,), is a segmentation fault; p, o, q are taken unchecked. (The type is checked.)`,
};
