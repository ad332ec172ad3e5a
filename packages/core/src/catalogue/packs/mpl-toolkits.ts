// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'matplotlib 3.8.2, 3.9.4',
  groups: [
    {
      why: 'No __setstate__, __getattr__ or __del__ of its own: object.__new__, then __dict__.update; setters (and stored callbacks such as stale_callback) run only for a slot state.',
      insideDanger: true,
      names: `
mpl_toolkits.axes_grid1.axes_divider: AxesDivider
mpl_toolkits.axes_grid1.axes_size: AxesX AxesY Fixed`,
    },
  ],
  uses: '',
  members: `
mpl_toolkits.axes_grid1.axes_divider.AxesDivider _locate
mpl_toolkits.axes_grid1.axes_divider.AxesDivider get_subplotspec`,
  shapes: '',
  refused: '',
};
