// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyproj 3.7.2',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
pyproj.enums: TransformDirection WktVersion`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pyproj.transformer: TransformerFromCRS`,
    },
    {
      why: '__dict__.update and a thread local; PROJ parses `srs` (files and grids by name) when used, hashed or compared.',
      insideDanger: true,
      names: `
pyproj.crs.crs: CRS CompoundCRS GeographicCRS ProjectedCRS VerticalCRS`,
    },
  ],
  uses: `
TransformDirection: r1()
WktVersion: r1()`,
  members: '',
  shapes: '',
  refused: `
pyproj.geod Geod: Calls initstring.split() of its argument: a stored 'split' is called; a text is parsed by hand, then numbers go to PROJ's geodesic set-up (checked, no files)
pyproj.proj Proj: PROJ parses text of the stream: opens its database, init files and grids by name
pyproj.transformer Transformer: Calls self._transformer_maker() from the state: the stored callable, or PROJ on stored text`,
};
