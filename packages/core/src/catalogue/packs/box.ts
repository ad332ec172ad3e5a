// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'python-box 8.0.0',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
box.box Box: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box
box.box_list BoxList: compiled; box_class and box_options from the state are called by append; __new__ of the library: box.box_list.BoxList
box.config_box ConfigBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box
box.shorthand_box DDBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box
box.shorthand_box SBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box`,
};
