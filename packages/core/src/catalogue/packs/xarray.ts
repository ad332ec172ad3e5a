// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'xarray 2026.9.0',
  groups: [
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
xarray.core.dataarray: DataArray
xarray.core.dataset: Dataset
xarray.core.datatree: DataTree`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
xarray.core.indexes: PandasIndex PandasMultiIndex
xarray.core.indexing: PandasIndexingAdapter PandasMultiIndexingAdapter
xarray.core.variable: IndexVariable Variable`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
xarray.coding.cftimeindex: CFTimeIndex`,
    },
  ],
  uses: `
PandasIndex: bP(de)
PandasIndexingAdapter: bP(de)
PandasMultiIndex: bP(de)
PandasMultiIndexingAdapter: bP(de)`,
  members: '',
  refused: '',
};
