// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sentencepiece 0.2.3',
  groups: [],
  uses: '',
  members: '',
  shapes: '',
  refused: `
sentencepiece SentencePieceNormalizer: C++ parses a protobuf model from the state and takes a double-array trie from it as it is: its offsets are followed unchecked when text is normalised
sentencepiece SentencePieceProcessor: C++ parses a protobuf model from the state and takes a double-array trie from it as it is: its offsets are followed unchecked when text is normalised`,
};
