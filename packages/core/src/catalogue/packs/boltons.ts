// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'boltons 26.2.0',
  groups: [
    {
      why: 'A dict of its argument. Read in its source and tried.',
      insideDanger: true,
      names: `
boltons.dictutils: FrozenDict`,
    },
    {
      why: 'A list subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
boltons.listutils: SplayList`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
boltons.mathutils: Bits
boltons.setutils: _ComplementSet`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
boltons.cacheutils: ThresholdCounter
boltons.dictutils: ManyToMany
boltons.setutils: IndexedSet
boltons.statsutils: Stats
boltons.strutils: MultiReplace
boltons.tableutils: Table
boltons.urlutils: URL`,
    },
    {
      why: 'Two fields with defaults; state into __dict__.',
      insideDanger: true,
      names: `
boltons.timeutils: ConstantTZInfo`,
    },
    {
      why: 'update_extend item by item. Read in its source and tried.',
      insideDanger: true,
      names: `
boltons.dictutils: OrderedMultiDict`,
    },
  ],
  uses: `
Bits: bP()
ConstantTZInfo: bD(gdoupe)r r0()
FrozenDict: r1()
OrderedMultiDict: bI()r r0()
SplayList: a(gdoupe) n1()
_ComplementSet: bP(d)`,
  members: '',
  shapes: '',
  refused: `
boltons.namedutils namedlist: Stored only; calling it execs a class template with names given`,
};
