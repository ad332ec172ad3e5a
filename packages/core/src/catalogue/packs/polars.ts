// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'polars 2.1.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
polars.datatypes.classes: Categorical Date Datetime Float64 Int64 List String UInt32`,
    },
    {
      why: 'Schema() is an empty dict; SETITEM parses the type by a table and a class is made without arguments; 400 damaged uses without call.',
      insideDanger: true,
      names: `
polars.schema: Schema`,
    },
    {
      why: "__setstate__ runs Categories(*state): compares the physical type with three, registers the name in the process's table of categories (weakly).",
      insideDanger: true,
      names: `
polars.datatypes.classes: Categories`,
    },
  ],
  uses: `
Categories: bT3(g)
Schema: r0() s(gdoupe)r`,
  members: '',
  shapes: '',
  refused: `
polars.dataframe.frame DataFrame: Native (Rust) IPC parser on bytes of the state, which takes memory layout and lengths from them; 400 damaged streams: no crash, Series panicked once (PanicException is a BaseException)
polars.expr.expr Expr: Bytes of a plan: may hold a pickled Python function and the path of a plugin library
polars.lazyframe.frame LazyFrame: Bytes of a plan: may hold pickled Python functions, paths and URLs to scan, plugin libraries
polars.selectors Selector: Bytes of a plan: as polars.Expr. Read in its source and tried
polars.series.series Series: Native (Rust) IPC parser on bytes of the state, which takes memory layout and lengths from them; 400 damaged streams: no crash, Series panicked once (PanicException is a BaseException)`,
};
