// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'nltk 3.10.4',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
nltk.cluster.util: euclidean_distance`,
    },
    {
      why: 'A list subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
nltk.tree.tree: Tree`,
    },
    {
      why: 'An empty defaultdict; items as in dict.',
      insideDanger: true,
      names: `
nltk.probability: ConditionalFreqDist`,
    },
    {
      why: 'Counter(dict). Read in its source and tried.',
      insideDanger: true,
      names: `
nltk.probability: FreqDist`,
    },
    {
      why: 'Ignores the state. Read in its source and tried.',
      insideDanger: true,
      names: `
nltk.tokenize.punkt: PunktLanguageVars`,
    },
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
nltk.redos: TimedPattern`,
    },
    {
      why: 'Its append checks or wraps the value; its extend checks or wraps the value.',
      insideDanger: true,
      names: `
nltk.tree.parented: ParentedTree`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
nltk.chunk.regexp: ChunkRule RegexpChunkParser RegexpParser
nltk.classify.decisiontree: DecisionTreeClassifier
nltk.classify.maxent: BinaryMaxentFeatureEncoding MaxentClassifier
nltk.classify.naivebayes: NaiveBayesClassifier
nltk.classify.positivenaivebayes: PositiveNaiveBayesClassifier
nltk.classify.scikitlearn: SklearnClassifier
nltk.cluster.kmeans: KMeansClusterer
nltk.collocations: BigramCollocationFinder
nltk.grammar: CFG Nonterminal Production
nltk.lm.counter: NgramCounter
nltk.lm.models: KneserNeyInterpolated Laplace MLE
nltk.lm.smoothing: KneserNey
nltk.lm.vocabulary: Vocabulary
nltk.metrics.confusionmatrix: ConfusionMatrix
nltk.parse.chart: BottomUpPredictCombineRule Chart ChartParser EmptyPredictRule LeafInitRule SingleEdgeFundamentalRule
nltk.probability: DictionaryProbDist ELEProbDist LaplaceProbDist
nltk.stem.lancaster: LancasterStemmer
nltk.stem.porter: PorterStemmer
nltk.stem.regexp: RegexpStemmer
nltk.stem.snowball: EnglishStemmer SnowballStemmer
nltk.tag.brill: BrillTagger Pos Word
nltk.tag.perceptron: AveragedPerceptron PerceptronTagger
nltk.tag.sequential: AffixTagger BigramTagger DefaultTagger RegexpTagger UnigramTagger
nltk.tag.tnt: TnT
nltk.tbl.rule: Rule
nltk.text: Text
nltk.tokenize.casual: TweetTokenizer
nltk.tokenize.punkt: PunktParameters PunktSentenceTokenizer PunktToken
nltk.tokenize.regexp: RegexpTokenizer
nltk.tokenize.treebank: TreebankWordTokenizer`,
    },
  ],
  uses: `
ConditionalFreqDist: r0() s(gdoupe)r s(gdoupe)rl_
FreqDist: r1()
Nonterminal: k
ParentedTree: a(gdoupe) n2(n,o)
Production: k
PunktLanguageVars: bC()
TimedPattern: bP(o)
Tree: a(gdoupe) n1(n,o)`,
  members: `
nltk.stem.snowball.EnglishStemmer stem`,
  shapes: '',
  refused: '',
};
