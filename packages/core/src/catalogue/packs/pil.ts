// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pillow 13.0.0',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
PIL.Image: Resampling Transpose`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
PIL.Image: Exif
PIL.ImageFilter: GaussianBlur Kernel
PIL.ImagePalette: ImagePalette`,
    },
  ],
  uses: `
Image: n0() bI(d)l
Resampling: r1()
Transpose: r1()`,
  members: '',
  shapes: `
PIL.Image Image: new(); state image`,
  refused: `
PIL.PngImagePlugin PngImageFile: As PIL.Image.Image, and keeps a file name`,
};
