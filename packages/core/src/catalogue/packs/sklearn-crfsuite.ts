// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sklearn-crfsuite 0.3.6 0.5.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
sklearn_crfsuite.estimator: CRF`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
sklearn_crfsuite._fileresource FileResource: Writes the bytes state['__FILE_RESOURCE_DATA__'] into a new temporary file whose prefix and suffix (paths too: tempfile.mkstemp joins them) come from the state. When it is collected it closes the file descriptor number state['fd'] and deletes the file state['name'] (state['auto'] true, state['keep_tempfiles'] false): any file of the user`,
};
