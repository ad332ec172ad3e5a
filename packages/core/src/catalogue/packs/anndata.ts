// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'anndata 0.12.19',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
anndata._core.anndata: AnnData`,
    },
    {
      why: '__dict__ = state.copy(), weakref.ref of one entry.',
      insideDanger: true,
      names: `
anndata._core.file_backing: AnnDataFileManager`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
