// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'dtaidistance 2.3.11 2.5.1; dtaidistance 2.5.1',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
dtaidistance.dtw: distance_matrix`,
    },
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
dtaidistance.innerdistance: StepsType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
dtaidistance.clustering.hierarchical: Hierarchical HierarchicalTree LinkageTree
dtaidistance.clustering.kmeans: KMeans
dtaidistance.clustering.medoids: KMedoids
dtaidistance.dtw: DTWSettings
dtaidistance.subsequence.localconcurrences: LocalConcurrences
dtaidistance.subsequence.subsequencealignment: SAMatch SubsequenceAlignment
dtaidistance.subsequence.subsequencesearch: SSMatches SubsequenceSearch
dtaidistance.util: SeriesContainer`,
    },
  ],
  uses: `
StepsType!: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
