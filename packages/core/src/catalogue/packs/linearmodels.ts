// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'linearmodels 5.4 7.1; linearmodels 7.1',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
linearmodels.iv.covariance: kernel_weight_bartlett`,
    },
    {
      why: 'A named tuple: tuple.__new__ of the given fields.',
      insideDanger: true,
      names: `
linearmodels.panel.model: FInfo`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
linearmodels.asset_pricing.covariance: HeteroskedasticCovariance
linearmodels.asset_pricing.model: LinearFactorModel
linearmodels.asset_pricing.results: LinearFactorModelResults
linearmodels.iv.absorbing: AbsorbingLS Interaction
linearmodels.iv.covariance: HeteroskedasticCovariance
linearmodels.iv.data: IVData
linearmodels.iv.gmm: HeteroskedasticWeightMatrix IVGMMCovariance
linearmodels.iv.model: IV2SLS IVGMM IVLIML
linearmodels.iv.results: AbsorbingLSResults IVGMMResults IVResults
linearmodels.panel.covariance: ACCovariance ClusteredCovariance CovarianceManager DriscollKraay FamaMacBethCovariance HeteroskedasticCovariance HomoskedasticCovariance
linearmodels.panel.data: PanelData _Panel
linearmodels.panel.model: BetweenOLS FamaMacBeth FirstDifferenceOLS PanelOLS PooledOLS RandomEffects
linearmodels.panel.results: FamaMacBethResults PanelEffectsResults PanelResults RandomEffectsResults
linearmodels.shared.hypotheses: WaldTestStatistic
linearmodels.shared.utility: DataFrameWrapper SeriesWrapper
linearmodels.system.covariance: HeteroskedasticCovariance
linearmodels.system.model: SUR
linearmodels.system.results: SystemEquationResult SystemResults`,
    },
    {
      why: 'Stores pairs in an AttrDict; unpacks each argument, so the pairs must be plain tuples.',
      insideDanger: true,
      names: `
linearmodels.shared.utility: _new_attr_dict_`,
    },
  ],
  uses: `
FInfo: n1(n,d) n4(d,d)
_new_attr_dict_: r1() r2(n,o)`,
  members: `
linearmodels.panel.covariance.ClusteredCovariance deferred_cov
linearmodels.panel.covariance.FamaMacBethCovariance deferred_cov
linearmodels.panel.covariance.HomoskedasticCovariance deferred_cov`,
  shapes: '',
  refused: '',
};
