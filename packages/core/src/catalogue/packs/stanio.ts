// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'stanio 0.3.0 0.5.1',
  groups: [
    {
      why: 'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
      insideDanger: true,
      names: `
stanio.reshape: VariableType`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
stanio.reshape: Variable`,
    },
  ],
  uses: `
VariableType: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
