// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'diffusers 0.42.1',
  groups: [
  ],
  uses: '',
  members: '',
  refused: `
diffusers.schedulers.scheduling_ddpm DDPMSchedulerOutput: __post_init__ and __setitem__ set attributes by names from the argument and from the items`,
};
