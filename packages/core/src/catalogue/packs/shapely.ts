// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'shapely 2.2.0',
  groups: [
    {
      why: "GEOS's WKB reader (C++, bounds-checked; throws on short or bad data); 400 damaged inputs each without crash or event. With anything but bytes numpy.asarray is asked for (__array__).",
      insideDanger: true,
      names: `
shapely.geometry.polygon: _unpickle_linearring
shapely.io: from_wkb`,
    },
  ],
  uses: `
_unpickle_linearring: r1(d,d)
from_wkb: r1(d,d)`,
  members: '',
  shapes: '',
  refused: `
shapely.strtree STRtree: np.array(geoms, dtype=object) asks for array protocols (__array__); then C checks that each entry is a geometry`,
};
