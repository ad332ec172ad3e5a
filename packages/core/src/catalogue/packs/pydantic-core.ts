// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pydantic_core 2.50.4',
  groups: [
    {
      why: 'Kept and never called.',
      insideDanger: true,
      storedOnly: true,
      names: `
pydantic_core._pydantic_core: PydanticUndefined`,
    },
    {
      why: 'compiled (Rust): parses one text as URL',
      insideDanger: true,
      names: `
pydantic_core._pydantic_core: Url`,
    },
    {
      why: 'one number, checked (Rust)',
      insideDanger: true,
      names: `
pydantic_core._pydantic_core: TzInfo`,
    },
  ],
  uses: `
TzInfo: r1()
Url: n1()`,
  members: '',
  refused: '',
};
