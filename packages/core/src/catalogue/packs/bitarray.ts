// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'bitarray 3.12.3',
  groups: [
    {
      why: 'C: checks that the class is a bitarray subtype, that the buffer is bytes, byte order and pad bits; copies the bytes; 400 damaged arguments without crash.',
      insideDanger: true,
      names: `
bitarray._bitarray: _bitarray_reconstructor`,
    },
    {
      why: 'Only the class argument of _bitarray_reconstructor.',
      insideDanger: true,
      names: `
bitarray: bitarray frozenbitarray`,
    },
  ],
  uses: `
_bitarray_reconstructor: bD(gdoupe)r k r5(gd,gd)`,
  members: '',
  shapes: '',
  refused: '',
};
