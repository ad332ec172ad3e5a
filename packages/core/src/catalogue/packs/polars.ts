// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'polars 2.1.0',
  groups: [
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      insideDanger: true,
      names: `
polars.datatypes.classes: Categorical Date Datetime Float64 Int64 List String UInt32`,
    },
  ],
  uses: '',
  members: '',
  refused: `
polars.expr.expr Expr: bytes of a plan: may hold a pickled Python function and the path of a plugin library
polars.lazyframe.frame LazyFrame: bytes of a plan: may hold pickled Python functions, paths and URLs to scan, plugin libraries
polars.selectors Selector: bytes of a plan: as polars.Expr`,
};
