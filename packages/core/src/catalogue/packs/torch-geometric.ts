// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'torch-geometric 2.8.1; torch_geometric 2.8.1',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
torch_geometric.inspector: Parameter Signature`,
    },
    {
      why: 'Class given to DynamicInheritanceGetter()(Batch, Data), which makes a class of the two while loading; by itself only named.',
      insideDanger: true,
      names: `
torch_geometric.data.batch: Batch`,
    },
    {
      why: 'Entries into __dict__ one by one, _parent as weak reference.',
      insideDanger: true,
      names: `
torch_geometric.data.storage: BaseStorage EdgeStorage GlobalStorage NodeStorage`,
    },
    {
      why: 'Entries into __dict__ one by one.',
      insideDanger: true,
      names: `
torch_geometric.data.data: Data
torch_geometric.data.hetero_data: HeteroData
torch_geometric.data.temporal: TemporalData`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
torch_geometric.data.data: DataEdgeAttr DataTensorAttr
torch_geometric.data.feature_store: TensorAttr
torch_geometric.data.graph_store: EdgeAttr
torch_geometric.inspector: Inspector
torch_geometric.transforms.add_self_loops: AddSelfLoops
torch_geometric.transforms.compose: Compose
torch_geometric.transforms.normalize_features: NormalizeFeatures
torch_geometric.transforms.random_node_split: RandomNodeSplit
torch_geometric.transforms.to_undirected: ToUndirected`,
    },
    {
      why: 'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs); wrapper subclass: state holds _data and cached tensors; its __torch_function__/__torch_dispatch__ run when used.',
      insideDanger: true,
      names: `
torch_geometric.edge_index: EdgeIndex`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
torch_geometric.nn.aggr.basic: MeanAggregation SumAggregation
torch_geometric.nn.dense.linear: Linear
torch_geometric.nn.models.basic_gnn: GCN GIN
torch_geometric.nn.models.mlp: MLP
torch_geometric.nn.norm.graph_norm: GraphNorm
torch_geometric.nn.pool.connect.filter_edges: FilterEdges
torch_geometric.nn.pool.select.topk: SelectTopK
torch_geometric.nn.pool.topk_pool: TopKPooling
torch_geometric.utils._trim_to_layer: TrimToLayer`,
    },
  ],
  uses: `
Parameter: n1(n,go) n4(go,go)F n4(o,o)
Signature: n1(n,go) n3(gn,go)F`,
  members: '',
  shapes: '',
  refused: `
torch_geometric.data.batch DynamicInheritanceGetter: Its instance is called (a call of a call's result): makes a subclass of the classes given, runs their __init_subclass__
torch_geometric.nn.conv.gat_conv GATConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.gcn_conv GCNConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.gin_conv GINConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.rgcn_conv RGCNConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.sage_conv SAGEConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state`,
};
