// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'optuna 3.5.0; optuna 3.5.0 5.0.0; optuna 5.0.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
optuna._gp.prior: default_log_prior
optuna.samplers._tpe.sampler: default_gamma default_weights`,
    },
    {
      why: 'A named tuple: tuple.__new__ of the given fields.',
      insideDanger: true,
      names: `
optuna.samplers._tpe.parzen_estimator: _ParzenEstimatorParameters`,
    },
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
optuna.study._study_direction: StudyDirection
optuna.trial._state: TrialState`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
optuna.integration.sklearn: OptunaSearchCV`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
optuna._gp.gp: GPRegressor
optuna.distributions: CategoricalDistribution FloatDistribution IntDistribution UniformDistribution
optuna.pruners._hyperband: HyperbandPruner
optuna.pruners._median: MedianPruner
optuna.pruners._nop: NopPruner
optuna.pruners._patient: PatientPruner
optuna.pruners._percentile: PercentilePruner
optuna.pruners._successive_halving: SuccessiveHalvingPruner
optuna.pruners._threshold: ThresholdPruner
optuna.pruners._wilcoxon: WilcoxonPruner
optuna.samplers._brute_force: BruteForceSampler
optuna.samplers._cmaes: CmaEsSampler
optuna.samplers._gp.sampler: GPSampler
optuna.samplers._grid: GridSampler
optuna.samplers._lazy_random_state: LazyRandomState
optuna.samplers._nsgaiii._elite_population_selection_strategy: NSGAIIIElitePopulationSelectionStrategy
optuna.samplers._nsgaiii._sampler: NSGAIIISampler
optuna.samplers._partial_fixed: PartialFixedSampler
optuna.samplers._qmc: QMCSampler
optuna.samplers._random: RandomSampler
optuna.samplers._tpe.parzen_estimator: _ParzenEstimator
optuna.samplers._tpe.sampler: TPESampler
optuna.samplers.nsgaii._after_trial_strategy: NSGAIIAfterTrialStrategy
optuna.samplers.nsgaii._child_generation_strategy: NSGAIIChildGenerationStrategy
optuna.samplers.nsgaii._crossovers._uniform: UniformCrossover
optuna.samplers.nsgaii._elite_population_selection_strategy: NSGAIIElitePopulationSelectionStrategy
optuna.samplers.nsgaii._sampler: NSGAIISampler
optuna.search_space.group_decomposed: _GroupDecomposedSearchSpace _SearchSpaceGroup
optuna.search_space.intersection: IntersectionSearchSpace
optuna.storages._in_memory: _StudyInfo
optuna.trial._fixed: FixedTrial
optuna.trial._frozen: FrozenTrial`,
    },
    {
      why: 'Updates __dict__ and makes a lock.',
      insideDanger: true,
      names: `
optuna.storages._in_memory: InMemoryStorage`,
    },
    {
      why: 'Updates __dict__ and makes a thread-local.',
      insideDanger: true,
      names: `
optuna.study.study: Study`,
    },
  ],
  uses: `
StudyDirection: r1()
TrialState: r1()
_ParzenEstimatorParameters: n1(n,g) n5(g,g) n7(g,g)`,
  members: '',
  shapes: '',
  refused: '',
};
