// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'toolz 1.2.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
toolz.itertoolz: get`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
toolz.functoolz: curry`,
    },
    {
      why: 'One fixed field; stored callables act when it is called.',
      insideDanger: true,
      names: `
toolz.functoolz: juxt`,
    },
    {
      why: 'Two fixed fields; stored callables act when it is called.',
      insideDanger: true,
      names: `
toolz.functoolz: Compose`,
    },
  ],
  uses: `
Compose: bT2(go)
juxt: bT2(g)`,
  members: '',
  shapes: '',
  refused: `
toolz.functoolz _restore_curry: Imports the module and takes the attributes that a text names ('module:qualname'), and keeps it as callable`,
};
