// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'rdkit 2026.9.1',
  groups: [
    {
      why: 'A Boost.Python enumeration: int.__new__ of one number.',
      insideDanger: true,
      names: `
rdkit.Chem.rdchem: BondType ChiralType HybridizationType`,
    },
    {
      why: 'Three numbers; state is a tuple with a dict.',
      insideDanger: true,
      names: `
rdkit.Geometry.rdGeometry: Point3D`,
    },
  ],
  uses: `
BondType: n1()
ChiralType: n1()
HybridizationType: n1()
Point3D: bT1()r r3()`,
  members: '',
  shapes: '',
  refused: `
rdkit.Chem.PropertyMol PropertyMol: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.Chem.rdChemReactions ChemicalReaction: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.Chem.rdchem Mol: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs DiscreteValueVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs ExplicitBitVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs IntSparseIntVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs SparseBitVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs UIntSparseIntVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted`,
};
