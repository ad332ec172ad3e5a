// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'ml_collections 1.1.0',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
ml_collections.config_dict.config_dict ConfigDict: Calls what the state holds: setting a field that is a FieldReference computes it, op.fn(value, *args) for each op of the state (see FieldReference)
ml_collections.config_dict.config_dict FieldReference: Keeps a list of operations whose fn is called with stored arguments when it is read, which ConfigDict.__setstate__ does while loading
ml_collections.config_dict.config_dict FrozenConfigDict: Runs __init__ on the stored ConfigDict, which reads its references (calls op.fn)`,
};
