// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'yacs 0.1.8',
  groups: [],
  uses: `
CfgNode: n0() n1() n1(n,gdoue) s(gdoupe)l bD(d)l_`,
  members: '',
  shapes: `
yacs.config CfgNode: new({*}); new(); state {__immutable__: bool, __deprecated_keys__: any, __renamed_keys__: any, __new_allowed__: bool}`,
  refused: '',
};
