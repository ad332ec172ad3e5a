// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'igraph 1.0.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
igraph.clustering: CohesiveBlocks VertexClustering VertexCover VertexDendrogram
igraph.datatypes: Matrix UniqueIdGenerator
igraph.layout: Layout
igraph.statistics: Histogram RunningMean`,
    },
  ],
  uses: '',
  members: '',
  refused: `
igraph Graph: __init__ calls .items() of its 4th to 6th argument (seen: stored 'items' called) and takes a native pointer by keyword (__ptr, through a partial); allocates as many vertices as the number says`,
};
