// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'xarray 2026.9.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
xarray.core.indexes: PandasIndex PandasMultiIndex
xarray.core.indexing: PandasIndexingAdapter PandasMultiIndexingAdapter`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
xarray.coding.cftimeindex: CFTimeIndex`,
    },
  ],
  uses: `
DataArray: bP(gdoupe)l
DataTree: bP(gdoupe)l
Dataset: bP(gdoupe)l
IndexVariable: bP(gdoupe)l
PandasIndex: bP(de)
PandasIndexingAdapter: bP(de)
PandasMultiIndex: bP(de)
PandasMultiIndexingAdapter: bP(de)
Variable: bP(gdoupe)l`,
  members: '',
  shapes: `
xarray.core.dataarray DataArray: new(); state (none, {_cache?: any, _close: any, _coords: any, _indexes: any, _name: any, _variable: any})
xarray.core.dataset Dataset: new(); state (none, {_attrs: none|{*}, _cache?: any, _close: any, _coord_names: any, _dims: any, _encoding: any, _indexes: any, _variables: any})
xarray.core.datatree DataTree: new(); state (none|{*}, {_attrs: none|{*}, _cache?: any, _children: any, _close: any, _data_variables: any, _encoding: any, _name: any, _node_coord_variables: any, _node_dims: any, _node_indexes: any, _parent: any})
xarray.core.variable IndexVariable Variable: new(); state (none, {_attrs: none|{*}, _data: any, _dims: any, _encoding: any})`,
  refused: '',
};
