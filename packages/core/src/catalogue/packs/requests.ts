// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'requests 2.34.2',
  groups: [
  ],
  uses: '',
  members: '',
  refused: `
requests.adapters HTTPAdapter: setattr of names from the state, then self.init_poolmanager(...): calls what was set under that name
requests.models Response: setattr of names from the state (also __class__)
requests.sessions Session: setattr of names from the state (also __class__)`,
};
