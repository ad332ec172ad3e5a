// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'python-dateutil 4.0.0',
  groups: [
    {
      why: 'a constant',
      insideDanger: true,
      names: `
dateutil.tz.tz: tzutc`,
    },
    {
      why: 'name and timedelta, kept in a table of the process',
      insideDanger: true,
      names: `
dateutil.tz.tz: tzoffset`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
      insideDanger: true,
      names: `
dateutil.parser._parser: parserinfo
dateutil.relativedelta: relativedelta
dateutil.tz._tzfile: tzfile
dateutil.tz.tz: tzlocal tzstr`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update (slots by setattr)',
      insideDanger: true,
      names: `
dateutil._common: weekday
dateutil.rrule: weekday`,
    },
  ],
  uses: `
tzoffset: r2(d,d)
tzutc: r0()
weekday: bP()`,
  members: '',
  refused: `
dateutil.rrule rrule: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_invalidate_cache, _iter); with a tuple it sets attributes by names of the stream
dateutil.rrule rruleset: its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_invalidate_cache, _iter); with a tuple it sets attributes by names of the stream`,
};
