// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'Pint 0.25.3; pint 0.25.3',
  groups: [
    {
      why: 'A dict subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
pint.util: udict`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pint.facets.measurement.objects: Measurement
pint.facets.plain.quantity: PlainQuantity
pint.facets.plain.unit: PlainUnit`,
    },
    {
      why: 'Stores its five arguments; nothing else.',
      insideDanger: true,
      names: `
pint.errors: DimensionalityError`,
    },
    {
      why: 'Three fixed fields (the stored number type is called when units are computed).',
      insideDanger: true,
      names: `
pint.util: UnitsContainer`,
    },
    {
      why: 'tuple() of its argument. Read in its source and tried.',
      insideDanger: true,
      names: `
pint.errors: UndefinedUnitError`,
    },
  ],
  uses: `
DimensionalityError: r5()
UndefinedUnitError: r1()
UnitsContainer: bT3(go)
udict: n1() s(gdoupe)`,
  members: '',
  shapes: '',
  refused: `
pint _unpickle_measurement: Iterates UnitsContainers (calls __iter__ of what their state holds) and gives each name to pint's parser (no eval, but it computes: powers of powers do not end); then Quantity(*args) with a text value parses an expression; loads pint's definition files at first use
pint _unpickle_quantity: Iterates UnitsContainers (calls __iter__ of what their state holds) and gives each name to pint's parser (no eval, but it computes: powers of powers do not end); then Quantity(*args) with a text value parses an expression; loads pint's definition files at first use
pint _unpickle_unit: Iterates UnitsContainers (calls __iter__ of what their state holds) and gives each name to pint's parser (no eval, but it computes: powers of powers do not end); then Quantity(*args) with a text value parses an expression; loads pint's definition files at first use`,
};
