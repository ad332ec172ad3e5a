// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'tokenizers 0.23.3',
  groups: [
    {
      why: 'Compiled (Rust): parses JSON bytes into its own types, memory-safe; a later regular expression may be slow.',
      insideDanger: true,
      names: `
tokenizers: AddedToken Encoding Tokenizer
tokenizers.decoders: WordPiece
tokenizers.models: Model WordLevel
tokenizers.normalizers: Sequence
tokenizers.pre_tokenizers: Sequence
tokenizers.processors: TemplateProcessing`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
tokenizers.implementations.bert_wordpiece: BertWordPieceTokenizer
tokenizers.implementations.byte_level_bpe: ByteLevelBPETokenizer`,
    },
  ],
  uses: `
Encoding: bC()
Model: bC()
Sequence: bC() n1()
TemplateProcessing: bC()
Tokenizer: bC() n1(o,o)
WordLevel: bC()
WordPiece: bC()`,
  members: '',
  shapes: '',
  refused: '',
};
