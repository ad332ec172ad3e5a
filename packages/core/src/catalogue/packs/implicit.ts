// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'implicit 0.7.3',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
implicit.cpu.als: AlternatingLeastSquares`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. The class is compiled by Cython, but an ordinary one with a __dict__ (no typed fields).',
      insideDanger: true,
      names: `
implicit.cpu.bpr: BayesianPersonalizedRanking
implicit.cpu.lmf: LogisticMatrixFactorization`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
implicit.nearest_neighbours BM25Recommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends
implicit.nearest_neighbours CosineRecommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends
implicit.nearest_neighbours ItemItemRecommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends
implicit.nearest_neighbours TFIDFRecommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends`,
};
