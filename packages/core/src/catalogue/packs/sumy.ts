// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'sumy 0.13.0',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
sumy.nlp.stemmers: null_stemmer`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
sumy.models.dom._paragraph: Paragraph
sumy.models.dom._sentence: Sentence`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
sumy.models.dom._document: ObjectDocumentModel
sumy.models.tf: TfDocumentModel
sumy.nlp.stemmers: Stemmer
sumy.summarizers.lex_rank: LexRankSummarizer
sumy.summarizers.lsa: LsaSummarizer
sumy.summarizers.luhn: LuhnSummarizer
sumy.summarizers.random: RandomSummarizer`,
    },
  ],
  uses: `
Paragraph: bP()
Sentence: bP()`,
  members: '',
  shapes: '',
  refused: '',
};
