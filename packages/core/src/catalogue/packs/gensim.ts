// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'gensim 4.4.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
gensim.models.atmodel: AuthorTopicModel AuthorTopicState
gensim.models.bm25model: OkapiBM25Model
gensim.models.coherencemodel: CoherenceModel
gensim.similarities.termsim: SparseTermSimilarityMatrix`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
