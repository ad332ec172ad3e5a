// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'spacy 3.8.18',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
spacy.lang.de.syntax_iterators: noun_chunks
spacy.lang.en.lex_attrs: like_num
spacy.lang.en.syntax_iterators: noun_chunks
spacy.lang.lex_attrs: get_lang is_alpha is_ascii is_bracket is_currency is_digit is_left_punct is_lower is_punct is_quote is_right_punct is_space is_stop is_title is_upper like_email like_num like_url lower prefix suffix word_shape
spacy.matcher.levenshtein: levenshtein_compare
spacy.ml.extract_ngrams: forward
spacy.ml.models.textcat: resize_and_set_ref
spacy.pipeline.entityruler: entity_ruler_score
spacy.pipeline.senter: senter_score
spacy.pipeline.textcat: textcat_score
spacy.util: raise_error`,
    },
    {
      why: 'A list subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
spacy.util: SimpleFrozenList`,
    },
    {
      why: 'Cython __init__: iterates and interns texts, other types raise; 400 damaged arguments without crash or call.',
      insideDanger: true,
      names: `
spacy.strings: StringStore`,
    },
    {
      why: 'Cython: first argument type-checked as StringStore, then adds each tag (text or dict of texts); 400 damaged arguments without crash or call.',
      insideDanger: true,
      names: `
spacy.morphology: unpickle_morphology`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
spacy.lang.de: German
spacy.lang.en: English
spacy.language: FactoryMeta
spacy.lookups: Lookups`,
    },
  ],
  uses: `
SimpleFrozenList: n1()
StringStore: r1()
unpickle_morphology: r2(o,o)`,
  members: '',
  shapes: '',
  refused: `
spacy.lookups Table: An OrderedDict whose __setitem__ hashes into a C Bloom filter; state sets the filter
spacy.matcher.matcher unpickle_matcher: Compiled (Cython): rebuilds C patterns, calls add() and stored callbacks' setters; takes a Vocab
spacy.matcher.phrasematcher unpickle_matcher: Compiled (Cython): rebuilds the C trie, runs stored docs through it
spacy.pipeline.entityruler EntityRuler: Compiled (Cython): typed fields from the state, unchecked
spacy.pipeline.pipe __pyx_unpickle_Pipe: Compiled (Cython): calls __new__ of the class given, sets typed fields from the state
spacy.pipeline.sentencizer Sentencizer: Compiled (Cython): typed fields from the state, unchecked
spacy.pipeline.textcat TextCategorizer: Compiled (Cython): typed fields from the state, unchecked
spacy.pipeline.trainable_pipe __pyx_unpickle_TrainablePipe: Compiled (Cython): calls __new__ of the class given, sets typed fields from the state
spacy.tokenizer Tokenizer: compiled: calls the stored callables (prefix_search, token_match …) while it loads its special cases
spacy.tokens._serialize unpickle_bin: Zlib and msgpack of bytes into C arrays of tokens
spacy.tokens.doc unpickle_doc: srsly.pickle_loads on an argument: a second stream inside of the first; C arrays of tokens from bytes
spacy.vectors unpickle_vectors: compiled: from_bytes; arrays and row numbers that C code trusts
spacy.vocab unpickle_vocab: srsly.pickle_loads on an argument (lex_attr_getters): a second stream inside of the first (a text of 3,582 characters in a default save)`,
};
