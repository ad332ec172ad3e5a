// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'prophet 1.1.5 1.5.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
prophet.forecaster: Prophet
prophet.models: CmdStanPyBackend`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
