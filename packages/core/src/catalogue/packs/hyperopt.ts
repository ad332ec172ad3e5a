// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'hyperopt 0.2.7 0.3.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
hyperopt.base: Trials`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
hyperopt.pyll.base Apply: When state['define_params'] is set it calls scope.define_if_new(**define_params): looks up f.__name__ and sets an attribute of that name on hyperopt's global symbol table
hyperopt.pyll.base Literal: When state['define_params'] is set it calls scope.define_if_new(**define_params): looks up f.__name__ and sets an attribute of that name on hyperopt's global symbol table`,
};
