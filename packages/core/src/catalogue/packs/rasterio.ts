// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'rasterio 1.4.4',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
rasterio.coords: BoundingBox`,
    },
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
rasterio.enums: ColorInterp Compression Resampling`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
rasterio.control: GroundControlPoint
rasterio.profiles: DefaultGTiffProfile`,
    },
    {
      why: 'Sets its own slots only, by object.__setattr__.',
      insideDanger: true,
      names: `
rasterio.windows: Window`,
    },
  ],
  uses: `
BoundingBox: n1() n4()
ColorInterp: r1()
Compression: r1()
Resampling: r1()`,
  members: '',
  shapes: '',
  refused: `
rasterio.crs CRS: GDAL and PROJ (C++) parse the WKT text of the state, which can hold PROJ strings and names of grids and looks up PROJ's database; 400 damaged texts without crash`,
};
