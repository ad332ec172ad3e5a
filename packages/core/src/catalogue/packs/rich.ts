// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'rich 15.0.0',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
rich.color: Color`,
    },
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
rich.color: ColorType`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
rich.style: Style
rich.text: Text`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
rich.box: Box
rich.table: Column Table`,
    },
  ],
  uses: `
Color: n4(o,o)
ColorType: r1()
Style: bP(o)`,
  members: '',
  shapes: '',
  refused: '',
};
