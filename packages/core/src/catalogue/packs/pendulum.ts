// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pendulum 3.3.0',
  groups: [
    {
      why: 'Datetime of integers and a zone. Read in its source and tried.',
      insideDanger: true,
      names: `
pendulum.datetime: DateTime`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pendulum.tz.timezone: Timezone`,
    },
    {
      why: 'Offset and name. Read in its source and tried.',
      insideDanger: true,
      names: `
pendulum.tz.timezone: FixedTimezone`,
    },
    {
      why: 'Timedelta of integers. Read in its source and tried.',
      insideDanger: true,
      names: `
pendulum.duration: Duration`,
    },
    {
      why: 'datetime.date of bytes or integers.',
      insideDanger: true,
      names: `
pendulum.date: Date`,
    },
    {
      why: 'datetime.time of integers. Read in its source and tried.',
      insideDanger: true,
      names: `
pendulum.time: Time`,
    },
  ],
  uses: `
Date: r1(d,d)
DateTime: r8(o,o)
Duration: r3()
FixedTimezone: bD(gdoupe)r r2()
Time: r5()`,
  members: '',
  shapes: `
pendulum.tz.timezone Timezone._unpickle: call(zone, int)`,
  refused: `
pendulum.interval Interval: Reads year, month, day, tzinfo of its arguments, compares and subtracts them: operators of what is given; utcoffset of a stored tzinfo`,
};
