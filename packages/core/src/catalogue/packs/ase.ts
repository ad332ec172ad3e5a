// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'ase 3.29.0',
  groups: [
    {
      why: 'A dict whose items are its attributes: BUILD looks for __setstate__ among them, which is no ordinary key.',
      insideDanger: true,
      names: `
ase.calculators.calculator: Parameters`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
ase.atom: Atom`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
ase.atoms: Atoms
ase.calculators.emt: EMT
ase.calculators.singlepoint: SinglePointCalculator
ase.cell: Cell
ase.constraints.fix_atoms: FixAtoms
ase.formula: Formula
ase.neighborlist: NeighborList PrimitiveNeighborList
ase.spacegroup.spacegroup: Spacegroup
ase.spectrum.dosdata: RawDOSData
ase.symbols: Symbols`,
    },
  ],
  uses: `
Parameters: n1() n1(n,gdoue) s(gdoupe)l`,
  members: `
ase.calculators.emt.EMT _deprecated_get_spin_polarized
ase.calculators.singlepoint.SinglePointCalculator _deprecated_get_spin_polarized`,
  shapes: '',
  refused: '',
};
