// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'cftime 1.6.6.1',
  groups: [
    {
      why: 'A class of dates of cftime, which _create_datetime makes.',
      insideDanger: true,
      storedOnly: true,
      names: `
cftime._cftime: Datetime360Day DatetimeAllLeap DatetimeGregorian DatetimeJulian DatetimeNoLeap DatetimeProlepticGregorian datetime`,
    },
    {
      why: 'datetime.datetime of ten bytes. Read in its source and tried.',
      insideDanger: true,
      names: `
cftime._cftime: real_datetime`,
    },
  ],
  uses: `
real_datetime: r1(d,d)`,
  members: '',
  shapes: `
cftime._cftime _create_datetime: call(@cftime._cftime.datetime|@cftime._cftime.DatetimeNoLeap|@cftime._cftime.DatetimeAllLeap|@cftime._cftime.Datetime360Day|@cftime._cftime.DatetimeJulian|@cftime._cftime.DatetimeGregorian|@cftime._cftime.DatetimeProlepticGregorian, (int*), {calendar?: text, has_year_zero?: bool|none, hour?: int, minute?: int, second?: int, microsecond?: int, dayofwk?: int, dayofyr?: int})`,
  refused: '',
};
