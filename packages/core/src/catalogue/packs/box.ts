// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'python-box 8.0.0',
  groups: [],
  uses: `
Box: n0() n1() n1(n,gdoue) s(gdoupe)l bD(g)l
BoxList: n0() a(gdoupe)l bD(gdou)l
ConfigBox: n0() n1() n1(n,gdoue) s(gdoupe)l bD(g)l`,
  members: '',
  shapes: `
box.box Box: stored; new(); state {_box_config: {default_box?: false, default_box_attr?: @box.box, box_class?: @box.box|none, box_recast?: none, box_intact_types?: (), box_namespace?: plain, __created?: bool, __safe_keys?: {*: text}, *: constant}}
box.box_list BoxList: new(); state {box_options: {default_box?: false, default_box_attr?: @box.box, box_class?: @box.box|none, box_recast?: none, box_intact_types?: (), box_namespace?: plain, __created?: bool, __safe_keys?: {*: text}, *: constant}, items: [any*]}; state {box_options: {default_box?: false, default_box_attr?: @box.box, box_class?: @box.box|none, box_recast?: none, box_intact_types?: (), box_namespace?: plain, __created?: bool, __safe_keys?: {*: text}, *: constant}, box_org_ref?: none}
box.config_box ConfigBox: new(); state {_box_config: {default_box?: false, default_box_attr?: @box.box, box_class?: @box.box|none, box_recast?: none, box_intact_types?: (), box_namespace?: plain, __created?: bool, __safe_keys?: {*: text}, *: constant}}`,
  refused: `
box.shorthand_box DDBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box
box.shorthand_box SBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box`,
};
