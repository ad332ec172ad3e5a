// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'fastcore 2.2.39',
  groups: [
    {
      why: 'A dict whose items are its attributes: BUILD looks for __setstate__ among them, which is no ordinary key.',
      insideDanger: true,
      names: `
fastcore.basics: AttrDict`,
    },
    {
      why: 'A float subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
fastcore.basics: Float`,
    },
    {
      why: 'A int subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
fastcore.basics: Int`,
    },
    {
      why: 'A str subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
fastcore.basics: Str`,
    },
    {
      why: 'Every missing attribute is `null`, which does nothing when called.',
      insideDanger: true,
      names: `
fastcore.basics: NullType`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
fastcore.basics: Inf`,
    },
    {
      why: 'SimpleNamespace without arguments; state into __dict__ (an item sets the attribute of that name).',
      insideDanger: true,
      names: `
fastcore.basics: NS`,
    },
    {
      why: '__dict__.update. Read in its source and tried.',
      insideDanger: true,
      names: `
fastcore.basics: GetAttr
fastcore.foundation: L`,
    },
    {
      why: '__new__ of a built-in (int, float, str, tuple) of the argument.',
      insideDanger: true,
      names: `
fastcore.basics: fastuple`,
    },
  ],
  uses: `
AttrDict: n1() n1(n,gdoue) s(gdoupe)l
Float: n1()
Int: n1()
NS: bD(gdoupe)r r0()
Str!: n1()
fastuple: n1()`,
  members: '',
  shapes: '',
  refused: '',
};
