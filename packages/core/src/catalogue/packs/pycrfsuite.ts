// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pycrfsuite 0.9.10, 0.9.12',
  groups: [
    {
      why: 'No __setstate__, __getattr__ or __del__ of its own: object.__new__, then __dict__.update.',
      insideDanger: true,
      names: `
pycrfsuite._logparser: TrainLogParser`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
