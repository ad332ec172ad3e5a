// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pymatgen-core 2026.10.16',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
pymatgen.core.periodic_table: Element
pymatgen.io.vasp.inputs: KpointsSupportedModes`,
    },
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
pymatgen.analysis.diffraction.core: DiffractionPattern`,
    },
    {
      why: 'Missing attributes are looked up in `properties`.',
      insideDanger: true,
      names: `
pymatgen.core.sites: PeriodicSite Site`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pymatgen.analysis.phase_diagram: PhaseDiagram
pymatgen.core.composition: Composition
pymatgen.core.entries: ComputedEntry ComputedStructureEntry
pymatgen.core.lattice: Lattice
pymatgen.core.operations: SymmOp
pymatgen.core.structure: IStructure Molecule Structure
pymatgen.core.units: Unit
pymatgen.io.vasp.inputs: Incar Kpoints
pymatgen.symmetry.analyzer: SpacegroupAnalyzer
pymatgen.util.coord: Simplex`,
    },
    {
      why: 'One fixed field; __new__ of a built-in (int, float, str, tuple) of the argument.',
      insideDanger: true,
      names: `
pymatgen.core.units: FloatWithUnit`,
    },
    {
      why: '__dict__.update. Read in its source and tried.',
      insideDanger: true,
      names: `
pymatgen.core.periodic_table: DummySpecies Species`,
    },
  ],
  uses: `
Element: k r1()
FloatWithUnit: n3(o,o)
KpointsSupportedModes: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
