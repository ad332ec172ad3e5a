// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pendulum 3.3.0',
  groups: [
    {
      why: 'datetime of integers and a zone',
      names: `
pendulum.datetime: DateTime`,
    },
    {
      why: 'datetime.date of bytes or integers',
      names: `
pendulum.date: Date`,
    },
    {
      why: 'datetime.time of integers',
      names: `
pendulum.time: Time`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      names: `
pendulum.tz.timezone: Timezone`,
    },
    {
      why: 'offset and name',
      names: `
pendulum.tz.timezone: FixedTimezone`,
    },
    {
      why: 'timedelta of integers',
      names: `
pendulum.duration: Duration`,
    },
  ],
  uses: `
Date: r1(d,d)
DateTime: r8(o,o)
Duration: r3()
FixedTimezone: bD(gdoupe)r r2()
Time: r5()`,
  members: '',
  refused: '',
};
