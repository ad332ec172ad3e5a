// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'textblob 0.20.1',
  groups: [
    {
      why: 'Its append checks or wraps the value; its extend checks or wraps the value.',
      insideDanger: true,
      names: `
textblob.blob: WordList`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
textblob.blob: Blobber Sentence TextBlob
textblob.classifiers: DecisionTreeClassifier NaiveBayesClassifier
textblob.en.np_extractors: FastNPExtractor
textblob.en.parsers: PatternParser
textblob.en.sentiments: PatternAnalyzer
textblob.en.taggers: NLTKTagger PatternTagger
textblob.tokenizers: WordTokenizer`,
    },
    {
      why: '__new__ of a built-in (int, float, str, tuple) of the argument.',
      insideDanger: true,
      names: `
textblob.blob: Word`,
    },
  ],
  uses: `
Word!: bD(gdoupe) n1()
WordList: a(gdoupe) n1(n,o)`,
  members: '',
  shapes: '',
  refused: '',
};
