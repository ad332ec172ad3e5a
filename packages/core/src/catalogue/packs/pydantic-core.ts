// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pydantic_core 2.50.4',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
pydantic_core._pydantic_core: PydanticUndefined`,
    },
    {
      why: 'Compiled (Rust): parses one text as URL.',
      insideDanger: true,
      names: `
pydantic_core._pydantic_core: Url`,
    },
    {
      why: 'One number, checked (Rust). Read in its source and tried.',
      insideDanger: true,
      names: `
pydantic_core._pydantic_core: TzInfo`,
    },
  ],
  uses: `
TzInfo: r1()
Url: n1()`,
  members: '',
  shapes: '',
  refused: '',
};
