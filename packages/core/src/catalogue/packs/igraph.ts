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
  uses: `
Graph: r6() bD()r`,
  members: '',
  shapes: `
igraph Graph: call(small, any, bool, any, any, any); state {*}`,
  refused: '',
};
