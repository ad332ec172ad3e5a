// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'dateutil 4.0.0; python-dateutil 4.0.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
dateutil.rrule: weekday`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
dateutil.parser._parser: parserinfo
dateutil.tz._tzfile: tzfile
dateutil.tz.tz: tzstr`,
    },
  ],
  uses: `
weekday: bP()`,
  members: '',
  shapes: '',
  refused: `
dateutil.rrule rrule: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_invalidate_cache, _iter); with a tuple it sets attributes by names of the stream
dateutil.rrule rruleset: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_invalidate_cache, _iter); with a tuple it sets attributes by names of the stream
dateutil.tz._tzfile _unpickle: cls.__new__(cls) and obj._load_from_data(data) of whatever is given as cls: a stored __new__ or any class with that method; parses the rest in Python, POSIX TZ text by dateutil's parser; the file name is kept only`,
};
