// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'lark 1.3.1',
  groups: [
    {
      why: 'a str with fields',
      insideDanger: true,
      names: `
lark.lexer: Token`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      insideDanger: true,
      names: `
lark.tree: Tree`,
    },
  ],
  uses: `
Token: r5()`,
  members: '',
  refused: '',
};
