// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'cachetools 8.0.1',
  groups: [
    {
      why: 'A tuple subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
cachetools.keys: _HashedTuple`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
cachetools: Cache FIFOCache LRUCache RRCache TLRUCache _TimedCache`,
    },
    {
      why: 'Stores a count and makes an OrderedDict; four slots, no setter. (LFUCache itself calls .insert of what it holds: its own verdict).',
      insideDanger: true,
      names: `
cachetools: LFUCache._Link`,
    },
    {
      why: 'Stores key and expiry in slots. Read in its source and tried.',
      insideDanger: true,
      names: `
cachetools: TTLCache._Link`,
    },
  ],
  uses: `
LFUCache._Link: bP(d)r r1()
TTLCache._Link: r2()`,
  members: '',
  shapes: '',
  refused: `
cachetools LFUCache: Calls .insert(root) of what the state holds, sorts by its .count
cachetools TTLCache: Calls the stored timer, and .insert(root) of what the state holds
cachetools _TimedCache._Timer: Every missing attribute is the stored timer's, __setstate__ too: BUILD calls it`,
};
