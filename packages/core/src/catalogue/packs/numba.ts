// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'numba 0.59.0 0.68.1; numba 0.68.1',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
numba.core.types.npytypes: _RecordField`,
    },
    {
      why: 'Four fixed fields. Read in its source and tried.',
      insideDanger: true,
      names: `
numba.core.typing.templates: Signature`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
numba.core.funcdesc: PythonFunctionDescriptor`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
numba.core.types.containers: UniTuple
numba.core.types.npytypes: Array Record
numba.core.types.scalars: Float Integer`,
    },
  ],
  uses: `
PythonFunctionDescriptor: bP(o)
Signature: bT4(o) k
_RecordField: n1(n,o) n4(o,o)`,
  members: '',
  shapes: '',
  refused: `
numba.core.environment _rebuild_env: Imports the module named by text
numba.core.serialize _unpickle__CustomPickled: RUNS CODE: loads a nested pickle (bytes) with numba's unpickler, cloudpickle functions in it
numba.core.serialize custom_rebuild: RUNS CODE: calls cls._rebuild(**states) of what the nested pickle held, i.e. compiles and rebuilds functions
numba.core.types.abstract _type_reconstructor: Calls its first argument with the second, then type(obj)._intern(obj)`,
};
