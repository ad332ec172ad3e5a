import { pickles } from './pickles.js';
import type { FormatModule } from '../members/format.js';

export const pickle: FormatModule = {
  title: 'pickle',
  firstBytes: [0x80],
  /** PROTO. One byte 0x80 alone is an empty map of MessagePack, as spaCy's models have it; no stream ends so soon. */
  recognise: (head) => head[0] === 0x80 && head.length > 1 && (head[1] ?? 0) <= 5,
  promises: [
    ['pkl pickle joblib dill cloudpickle pt pth ckpt sav torchscript ptl', 'a pickle or an archive that holds one'],
  ],
  open: (member, look) => pickles(member, true, look),
};

/** Protocols 0 and 1 have no mark. */
export const maybePickle: FormatModule = {
  title: 'pickle without a mark',
  firstBytes: null,
  recognise: () => true,
  promises: [],
  open: (member, look) => pickles(member, false, look),
};
