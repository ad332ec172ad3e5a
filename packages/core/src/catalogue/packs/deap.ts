// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'deap 1.4.1 1.4.4; deap 1.4.4',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
deap.tools.crossover: cxTwoPoint
deap.tools.init: initRepeat
deap.tools.mutation: mutFlipBit
deap.tools.selection: selTournament`,
    },
    {
      why: 'A list subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
deap.tools.support: Logbook`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance of a subclass of list; the state goes into __dict__.',
      insideDanger: true,
      names: `
deap.gp: PrimitiveTree`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
deap.cma: Strategy
deap.gp: PrimitiveSet`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. Slots only: the second half of the state tuple is set by setattr.',
      insideDanger: true,
      names: `
deap.gp: Terminal`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
deap.gp: Primitive`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
deap.base: Fitness Toolbox
deap.tools.support: HallOfFame History ParetoFront Statistics`,
    },
  ],
  uses: `
Logbook: a(gdoupe) n1(n,d)
Primitive: bP(g)
PrimitiveTree: a(gdoupe)
Terminal: bP(g)`,
  members: '',
  shapes: '',
  refused: `
deap.creator meta_create: Makes a class with a name, base and attributes of the stream's choice (any dunder, e.g. __setstate__ or __del__ = an allowed function), and puts it into the module's globals under that name, where later GLOBALs find it`,
};
