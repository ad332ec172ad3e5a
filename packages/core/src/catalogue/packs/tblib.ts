// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tblib 3.2.2',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
tblib.pickling_support unpickle_exception: func(*args): calls whatever is given (a full gadget)
tblib.pickling_support unpickle_exception_with_attrs: func.__new__(func, *args) of whatever is given, then setattr of names from the stream`,
};
