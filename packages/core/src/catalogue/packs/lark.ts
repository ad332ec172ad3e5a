// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'lark 1.3.1',
  groups: [
    {
      why: 'A str with fields. Read in its source and tried.',
      insideDanger: true,
      names: `
lark.lexer: Token`,
    },
    {
      why: 'An exception without own hooks: stores its arguments.',
      insideDanger: true,
      names: `
lark.exceptions: LarkError`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
lark.tree: Tree`,
    },
  ],
  uses: `
LarkError: r1()
Token!: r5()`,
  members: '',
  shapes: '',
  refused: '',
};
