// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'biopython 1.88',
  groups: [
    {
      why: 'A dict subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
Bio.motifs.matrix: FrequencyPositionMatrix`,
    },
    {
      why: 'Its __setitem__ checks or wraps the value.',
      insideDanger: true,
      names: `
Bio.SeqRecord: _RestrictedDict`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
Bio.Seq: MutableSeq Seq _PartiallyDefinedSequenceData _UndefinedSequenceData`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
Bio.Align: Alignment MultipleSeqAlignment
Bio.PDB.Atom: Atom
Bio.PDB.Chain: Chain
Bio.PDB.Model: Model
Bio.PDB.Residue: Residue
Bio.PDB.Structure: Structure
Bio.PDB.vectors: Vector
Bio.Phylo.Newick: Clade Tree
Bio.SeqFeature: CompoundLocation SeqFeature SimpleLocation
Bio.SeqRecord: SeqRecord
Bio.motifs: Motif`,
    },
    {
      why: '__new__ of a built-in (int, float, str, tuple) of the argument.',
      insideDanger: true,
      names: `
Bio.SeqFeature: ExactPosition`,
    },
  ],
  uses: `
ExactPosition: n1()
FrequencyPositionMatrix: s(gdoupe)
MutableSeq: bP(d)
Seq: bP(do)
_PartiallyDefinedSequenceData: bP()
_RestrictedDict: s(gdoupe)
_UndefinedSequenceData: bP()`,
  members: '',
  shapes: '',
  refused: `
Bio.Align PairwiseAligner: compiled: the state's values go to C setters (substitution_matrix is taken through the buffer protocol); __new__ of the library: _pairwisealigner.PairwiseAligner
Bio.Align.substitution_matrices Array: __setstate__ calls pickle.loads on bytes of the state: a second stream inside of the first`,
};
