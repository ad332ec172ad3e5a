// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'fsspec 2026.9.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
fsspec.implementations.local: LocalFileSystem`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
fsspec.spec make_instance: cls(*args, **kwargs): calls whatever is given (a full gadget); file systems also open connections`,
};
