// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'dask 2026.8.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
dask.array.core: _concatenate2`,
    },
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
dask._expr: Expr
dask.delayed: Delayed`,
    },
    {
      why: 'Its own slots by setattr; the stored function runs when the graph is computed.',
      insideDanger: true,
      names: `
dask._task_spec: Task`,
    },
    {
      why: 'Keeps a key and a value. Read in its source and tried.',
      insideDanger: true,
      names: `
dask._task_spec: DataNode`,
    },
    {
      why: 'Keeps a key. Read in its source and tried.',
      insideDanger: true,
      names: `
dask._task_spec: TaskRef`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
dask.blockwise: Blockwise
dask.highlevelgraph: HighLevelGraph MaterializedLayer
dask.layers: ArrayChunkShapeDep`,
    },
    {
      why: 'Only the first argument of Expr._reconstruct (which is not safe for any argument: calls it, tokenises operands).',
      insideDanger: true,
      names: `
dask.dataframe.dask_expr._expr: Projection
dask.dataframe.dask_expr._groupby: Sum
dask.dataframe.dask_expr.io.io: FromPandas`,
    },
    {
      why: "Stores its argument and makes an LRU; every missing attribute is the stored frame's.",
      insideDanger: true,
      names: `
dask.dataframe.dask_expr._util: _BackendData`,
    },
    {
      why: 'Three fixed fields; the graph in it runs when computed.',
      insideDanger: true,
      names: `
dask.bag.core: Bag`,
    },
  ],
  uses: `
Bag: bT3(o)
DataNode: r2()
Task: bT9(gdo)
TaskRef: r1()
_BackendData: r1(pe,pe)`,
  members: '',
  shapes: '',
  refused: `
dask._collections new_collection: Reads the expression's metadata, which runs it on empty data
dask._expr Expr._reconstruct: Calls its first argument with the others and puts entries into its __dict__; tokenising operands pickles them
dask.array.core Array: Array(graph, name, chunks, dtype, meta): meta_from_array calls a class given as meta with shape= and dtype=, and reshape, sum, astype of a stored object; is_dask_collection calls __dask_graph__ (seen)`,
};
