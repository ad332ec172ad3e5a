// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'geopandas 1.2.0',
  groups: [
    {
      why: 'A dict goes into __dict__; else shapely.from_wkb(state[0]) and four fixed fields. 400 damaged states without crash or call.',
      insideDanger: true,
      names: `
geopandas.array: GeometryArray`,
    },
    {
      why: "pandas' own __setstate__ (judged with pandas).",
      insideDanger: true,
      names: `
geopandas.geoseries: GeoSeries`,
    },
  ],
  uses: `
GeometryArray: bT2(doe)`,
  members: '',
  shapes: '',
  refused: `
geopandas.geodataframe GeoDataFrame: pyproj.CRS.from_user_input on text of the state: PROJ may open files and its database; pandas' own __setstate__ besides`,
};
