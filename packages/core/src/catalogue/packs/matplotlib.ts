// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library:
    'matplotlib 3.11.2; matplotlib 3.11.2, 3.8.2, 3.9.4; matplotlib 3.11.2, 3.9.4; matplotlib 3.8.2; matplotlib 3.8.2, 3.9.4',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
matplotlib.backend_bases: _key_handler _mouse_handler`,
    },
    {
      why: 'Enum looked up by value; no _missing_ of its own.',
      insideDanger: true,
      names: `
matplotlib._enums: CapStyle JoinStyle`,
    },
    {
      why: 'Named tuple, made by NEWOBJ with two values; its __array__ is for later.',
      insideDanger: true,
      names: `
matplotlib.artist: _XYPair`,
    },
    {
      why: 'No __setstate__, __getattr__ or __del__ of its own: object.__new__, then __dict__.update; setters (and stored callbacks such as stale_callback) run only for a slot state.',
      insideDanger: true,
      names: `
matplotlib.axes._base: _PropCycle _process_plot_var_args
matplotlib.axis: Ticker XAxis XTick YAxis YTick
matplotlib.collections: FillBetweenPolyCollection PathCollection PolyCollection
matplotlib.colorizer: Colorizer
matplotlib.colors: LinearSegmentedColormap ListedColormap Normalize
matplotlib.figure: SubplotParams
matplotlib.gridspec: GridSpec SubplotParams SubplotSpec
matplotlib.lines: Line2D
matplotlib.markers: MarkerStyle
matplotlib.patches: Rectangle
matplotlib.path: Path
matplotlib.scale: LinearScale
matplotlib.spines: Spine
matplotlib.text: Text
matplotlib.ticker: AutoLocator NullFormatter NullLocator ScalarFormatter`,
    },
    {
      why: 'Tuple subclass: __new__ is tuple.__new__(cls, args[0]) (iterates it), then __dict__.update.',
      insideDanger: true,
      names: `
matplotlib.container: BarContainer`,
    },
    {
      why: '__setstate__ is __init__(**state): keeps the keywords in one dict. Afterwards a missing attribute is an entry of that dict (APPENDS would call `append` from it).',
      insideDanger: true,
      names: `
matplotlib.spines: Spines`,
    },
    {
      why: '__setstate__ pops _counter, vars(self).update, itertools.count(number): no own method, nothing called.',
      insideDanger: true,
      names: `
matplotlib.figure: _AxesStack`,
    },
  ],
  uses: `
BarContainer: n1(n,o)
CapStyle: r1()
JoinStyle: r1()
_XYPair: n1(n,d) n2(n,d)`,
  members: `
matplotlib.markers.MarkerStyle _set_circle
matplotlib.markers.MarkerStyle _set_diamond
matplotlib.markers.MarkerStyle _set_nothing
matplotlib.markers.MarkerStyle _set_tickdown
matplotlib.markers.MarkerStyle _set_tickleft
matplotlib.markers.MarkerStyle _set_tickright
matplotlib.markers.MarkerStyle _set_tickup`,
  shapes: '',
  refused: `
matplotlib.axes._axes Axes: __setstate__ calls state['_shared_axes'].items() (seen) and joins the lists in it to class-wide groups (hashes the siblings, changes Axes._shared_axes of the process); also iterates _twinned_axes
matplotlib.figure Figure: __setstate__ makes the state its __dict__ and then calls own methods through the instance: set_canvas, _set_base_canvas (3.11), stale setter -> stale_callback; dpi_scale_trans.clear().scale() and callbacks of the state (seen); _restore_to_pylab imports pyplot and opens a window; a version that differs is formatted
matplotlib.transforms Affine2D: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms Bbox: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BboxTransformFrom: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BboxTransformTo: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BlendedAffine2D: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BlendedGenericTransform: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms CompositeGenericTransform: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms IdentityTransform: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms ScaledTranslation: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms TransformWrapper: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms TransformedBbox: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms TransformedPath: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)`,
};
