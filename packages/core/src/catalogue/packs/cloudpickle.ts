// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'cloudpickle 3.1.2',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
cloudpickle.cloudpickle _builtin_type: getattr(types, name): gives CodeType, FunctionType, ModuleType by text`,
};
