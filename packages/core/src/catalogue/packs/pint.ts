// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'Pint 0.25.3',
  groups: [
    {
      why: 'a dict subclass without hooks of its own for loading',
      insideDanger: true,
      names: `
pint.util: udict`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      insideDanger: true,
      names: `
pint.facets.measurement.objects: Measurement
pint.facets.plain.quantity: PlainQuantity
pint.facets.plain.unit: PlainUnit`,
    },
    {
      why: 'three fixed fields (the stored number type is called when units are computed)',
      insideDanger: true,
      names: `
pint.util: UnitsContainer`,
    },
  ],
  uses: `
UnitsContainer: bT3(go)
udict: s(gdoupe)`,
  members: '',
  refused: '',
};
