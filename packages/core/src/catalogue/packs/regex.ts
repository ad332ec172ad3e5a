// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'regex 2026.11.15',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
regex._regex_core: RegexFlag`,
    },
  ],
  uses: `
RegexFlag: r1()`,
  members: '',
  shapes: '',
  refused: `
regex._regex compile: Compiled (C): takes the matcher's byte code out of the stream and only partly checks it; executed when matching`,
};
