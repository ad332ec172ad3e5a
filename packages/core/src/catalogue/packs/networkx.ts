// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'networkx 3.6.1',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
networkx.classes.filters: no_filter
networkx.classes.function: frozen`,
    },
    {
      why: 'Fixed fields, takes (does not call) `.items` of one.',
      insideDanger: true,
      names: `
networkx.classes.reportviews: EdgeView InEdgeView MultiEdgeView OutEdgeView`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
networkx.classes.coreviews: FilterAdjacency FilterAtlas
networkx.classes.filters: show_nodes
networkx.classes.reportviews: DegreeView InDegreeView MultiDegreeView`,
    },
    {
      why: 'One fixed field. Read in its source and tried.',
      insideDanger: true,
      names: `
networkx.classes.coreviews: AdjacencyView MultiAdjacencyView
networkx.classes.reportviews: NodeView`,
    },
    {
      why: '__new__ ignores its arguments; keywords (NEWOBJ_EX, backend=) would load a backend.',
      insideDanger: true,
      names: `
networkx.algorithms.planarity: PlanarEmbedding
networkx.classes.digraph: DiGraph
networkx.classes.graph: Graph
networkx.classes.multidigraph: MultiDiGraph
networkx.classes.multigraph: MultiGraph`,
    },
  ],
  uses: '',
  members: `
networkx.algorithms.planarity.PlanarEmbedding _forbidden`,
  shapes: '',
  refused: `
networkx.classes.reportviews EdgeDataView: Runs __init__(**state): calls viewer._graph.nbunch_iter and other methods of what the state holds`,
};
