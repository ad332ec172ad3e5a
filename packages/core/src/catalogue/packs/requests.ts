// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'requests 2.34.2',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
requests.auth: HTTPBasicAuth
requests.models: PreparedRequest Request
requests.structures: CaseInsensitiveDict`,
    },
    {
      why: '__dict__.update and a lock. Read in its source and tried.',
      insideDanger: true,
      names: `
requests.cookies: RequestsCookieJar`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
requests.adapters HTTPAdapter: Setattr of names from the state, then self.init_poolmanager(...): calls what was set under that name
requests.models Response: Setattr of names from the state (also __class__)
requests.sessions Session: Setattr of names from the state (also __class__)`,
};
