// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'numba 0.59.0 0.68.1; numba 0.68.1',
  groups: [
  ],
  uses: '',
  members: '',
  refused: `
numba.core.environment _rebuild_env: imports the module named by text
numba.core.serialize _unpickle__CustomPickled: RUNS CODE: loads a nested pickle (bytes) with numba's unpickler, cloudpickle functions in it
numba.core.serialize custom_rebuild: RUNS CODE: calls cls._rebuild(**states) of what the nested pickle held, i.e. compiles and rebuilds functions
numba.core.types.abstract _type_reconstructor: calls its first argument with the second, then type(obj)._intern(obj)`,
};
