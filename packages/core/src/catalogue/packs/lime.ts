// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'lime 0.2.0.1',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
lime.explanation: Explanation
lime.lime_tabular: TableDomainMapper
lime.lime_text: IndexedString TextDomainMapper`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
