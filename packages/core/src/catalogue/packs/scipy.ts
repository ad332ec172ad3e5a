// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'scipy 1.12.0, 1.17.1',
  groups: [],
  uses: '',
  members: `
scipy.stats._discrete_distns.randint_gen _entropy
scipy.stats._distn_infrastructure.rv_sample _entropy`,
  shapes: '',
  refused: `
scipy.stats._distn_infrastructure rv_sample: rv_generic.__setstate__ updates __dict__ and calls self._attach_methods() through the instance (seen), which compiles and runs Python text made from the state`,
};
