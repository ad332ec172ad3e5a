// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'cftime 1.6.6.1',
  groups: [
    {
      why: 'Only the first argument of cftime._cftime._create_datetime (which calls it; its own verdict: not safe for any argument). Constructors convert integers and check dates.',
      insideDanger: true,
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
  refused: `
cftime._cftime _create_datetime: Calls its first argument with args and kwargs: any allowed callable`,
};
