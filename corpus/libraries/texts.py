"""Texts: nltk, spaCy, gensim, textblob, sumy, tokenizers, transformers, sentencepiece, Babel."""

import io

import numpy as np

WORDS = [["human", "computer", "interface"], ["graph", "trees", "minors"], ["human", "system", "graph"], ["computer", "trees"]] * 6
TEXTS = [" ".join(words) for words in WORDS]


def build(store, options):
    store.each("texts", [nltk, spacy, gensim, textblob, sumy, tokenizers, transformers, sentencepiece, Babel])


def nltk():
    import nltk as nl
    from nltk import classify, collocations, lm, probability, stem, tag, tokenize, translate, tree
    from nltk.lm.preprocessing import padded_everygram_pipeline

    features = [({"a": 1, "b": "x"}, "yes"), ({"a": 2, "b": "y"}, "no")] * 4
    tagged = [[("the", "DT"), ("cat", "NN"), ("runs", "VB")]] * 4
    grammar = nl.CFG.fromstring("S -> NP VP\nNP -> 'a' | 'b'\nVP -> 'c' NP")

    def language(cls, *given):
        grams, vocabulary = padded_everygram_pipeline(2, WORDS)
        model = cls(*given, 2)
        model.fit(grams, vocabulary)
        return model

    return {
        "bayes": lambda: classify.NaiveBayesClassifier.train(features), "decision-tree": lambda: classify.DecisionTreeClassifier.train(features), "maxent": lambda: classify.MaxentClassifier.train(features, trace=0, max_iter=2), "sklearn": lambda: classify.SklearnClassifier(__import__("sklearn.naive_bayes", fromlist=["x"]).MultinomialNB()).train([({"a": 1}, "y"), ({"a": 2}, "n")]), "unigram": lambda: tag.UnigramTagger(tagged), "bigram": lambda: tag.BigramTagger(tagged, backoff=tag.UnigramTagger(tagged, backoff=tag.DefaultTagger("NN"))), "regexp-tagger": lambda: tag.RegexpTagger([(r".*ing$", "VBG"), (r".*", "NN")]), "perceptron": lambda: _perceptron(tag, tagged), "brill": lambda: _brill(tag, tagged), "hmm": lambda: tag.HiddenMarkovModelTagger.train(tagged), "tnt": lambda: _trained(tag.TnT(), tagged), "affix": lambda: tag.AffixTagger(tagged), "porter": lambda: stem.PorterStemmer(), "snowball": lambda: stem.SnowballStemmer("english"), "lancaster": lambda: stem.LancasterStemmer(), "punkt": lambda: _punkt(tokenize), "punkt-parameters": lambda: _punkt(tokenize)._params, "treebank": lambda: tokenize.TreebankWordTokenizer(), "regexp-tokenizer": lambda: tokenize.RegexpTokenizer(r"\w+"), "tweet": lambda: tokenize.TweetTokenizer(), "tree": lambda: tree.Tree.fromstring("(S (NP a) (VP b))"), "parented": lambda: tree.ParentedTree.fromstring("(S (NP a) (VP b))"), "frequencies": lambda: probability.FreqDist("abracadabra"), "conditional": lambda: probability.ConditionalFreqDist([("a", 1), ("a", 2), ("b", 1)]), "grammar": lambda: grammar, "parser": lambda: nl.ChartParser(grammar), "mle": lambda: language(lm.MLE), "laplace": lambda: language(lm.Laplace), "kneser": lambda: language(lm.KneserNeyInterpolated), "vocabulary": lambda: lm.Vocabulary(["a", "b", "a"]), "collocations": lambda: collocations.BigramCollocationFinder.from_words(["a", "b", "a", "b"]), "text": lambda: nl.Text(["a", "b"]), "chunker": lambda: nl.RegexpParser("NP: {<DT>?<NN>}"), "ibm": lambda: translate.IBMModel1([translate.AlignedSent(["a"], ["b"])], 1), "confusion": lambda: __import__("nltk.metrics", fromlist=["x"]).ConfusionMatrix(["a", "b"], ["a", "a"]), "probabilities": lambda: probability.LaplaceProbDist(probability.FreqDist("aab"), bins=3), "kmeans": lambda: __import__("nltk.cluster", fromlist=["x"]).KMeansClusterer(2, __import__("nltk.cluster", fromlist=["x"]).euclidean_distance, rng=__import__("random").Random(1)), "stemmed": lambda: stem.RegexpStemmer("ing$"), "positive": lambda: classify.PositiveNaiveBayesClassifier.train([{"a": 1}], [{"a": 2}]),
    }


def _trained(tagger, tagged):
    tagger.train(tagged)
    return tagger


def _perceptron(tag, tagged):
    tagger = tag.PerceptronTagger(load=False)
    tagger.train(tagged)
    return tagger


def _brill(tag, tagged):
    from nltk.tag import brill, brill_trainer

    return brill_trainer.BrillTaggerTrainer(tag.DefaultTagger("NN"), brill.brill24(), trace=0).train(tagged, max_rules=2)


def _punkt(tokenize):
    return tokenize.PunktSentenceTokenizer("Mr. Smith went home. He slept. Mr. Jones did not.")


def spacy():
    import spacy as sp
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.tokens import Doc, DocBin, Span

    nlp = sp.blank("en")
    ruled = sp.blank("en")
    ruled.add_pipe("sentencizer")
    ruled.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Acme"}])
    doc = nlp("Apple buys Acme for one dollar.")

    def trained():
        from spacy.training import Example

        made = sp.blank("en")
        made.add_pipe("textcat", config={"model": {"@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "ngram_size": 1, "no_output_layer": False, "length": 256}}).add_label("a")
        made.get_pipe("textcat").add_label("b")
        made.initialize(lambda: [Example.from_dict(made.make_doc("x"), {"cats": {"a": 1.0, "b": 0.0}})])
        return made

    def matcher():
        made = Matcher(nlp.vocab)
        made.add("hello", [[{"LOWER": "hello"}]])
        return made

    return {"blank": lambda: nlp, "ruled": lambda: ruled, "doc": lambda: doc, "docs": lambda: [nlp("one"), nlp("two")], "vocab": lambda: nlp.vocab, "strings": lambda: nlp.vocab.strings, "matcher": matcher, "phrases": lambda: PhraseMatcher(nlp.vocab), "bin": lambda: DocBin(docs=[doc]), "tokenizer": lambda: nlp.tokenizer, "trained": trained, "vectors": lambda: sp.vectors.Vectors(data=np.ones((2, 3), "f4"), keys=["a", "b"]), "span": lambda: doc[0:2].as_doc(), "lookups": lambda: _looked(), "words": lambda: Doc(nlp.vocab, words=["a", "b"]), "bytes": lambda: {"doc": doc.to_bytes(), "spans": [Span(doc, 0, 1, label="X").text]}, "configuration": lambda: nlp.config, "model": lambda: __import__("thinc.api", fromlist=["x"]).Linear(2, 3).initialize(), "german": lambda: sp.blank("de")}


def _looked():
    from spacy.lookups import Lookups

    made = Lookups()
    made.add_table("t", {"a": "b"})
    return made


def gensim():
    from gensim import corpora, models, similarities
    from gensim.models import phrases

    dictionary = corpora.Dictionary(WORDS)
    bags = [dictionary.doc2bow(text) for text in WORDS]
    return {"phrases": lambda: models.Phrases(WORDS, min_count=1, threshold=0.1), "frozen-phrases": lambda: models.Phrases(WORDS, min_count=1, threshold=0.1).freeze(), "connectors": lambda: models.Phrases(WORDS, min_count=1, connector_words=phrases.ENGLISH_CONNECTOR_WORDS), "npmi": lambda: models.Phrases(WORDS, min_count=1, threshold=0.1, scoring="npmi"), "phrases-saved": (lambda path: models.Phrases(WORDS, min_count=1).save(path), ".pkl"), "coherence": lambda: models.CoherenceModel(topics=[["human", "graph"]], texts=WORDS, dictionary=dictionary, coherence="c_v"), "okapi": lambda: models.OkapiBM25Model(bags), "author-topics": lambda: models.AuthorTopicModel(bags[:4], author2doc={"a": [0, 1], "b": [2, 3]}, id2word=dictionary, num_topics=2, random_state=1), "sequence": lambda: models.LdaSeqModel(bags[:8], id2word=dictionary, time_slice=[4, 4], num_topics=2, random_state=1, passes=1), "soft": lambda: similarities.SparseTermSimilarityMatrix(similarities.WordEmbeddingSimilarityIndex(models.Word2Vec(WORDS, min_count=1, vector_size=4, workers=1).wv), dictionary), "ensemble": lambda: models.LogEntropyModel(bags), "translation": lambda: _translated(models)}


def _translated(models):
    vectors = models.Word2Vec(WORDS, min_count=1, vector_size=4, workers=1).wv
    return models.TranslationMatrix(vectors, vectors, word_pairs=[("human", "human"), ("graph", "graph"), ("trees", "trees"), ("computer", "computer")])


def textblob():
    import textblob as tb
    from textblob import blob, classifiers, taggers, tokenizers

    return {"blob": lambda: tb.TextBlob("simple text"), "word": lambda: tb.Word("cat"), "words": lambda: blob.WordList(["a", "b"]), "blobber": lambda: tb.Blobber(), "sentence": lambda: tb.Sentence("Hello."), "tokenizer": lambda: tokenizers.WordTokenizer(), "tagger": lambda: taggers.PatternTagger(), "bayes": lambda: _classified(classifiers.NaiveBayesClassifier), "tree": lambda: _classified(classifiers.DecisionTreeClassifier), "analyzer": lambda: __import__("textblob.en.sentiments", fromlist=["x"]).PatternAnalyzer()}


def _classified(cls):
    return cls([({"a": 1}, "yes"), ({"a": 2}, "no")], feature_extractor=dict)


def sumy():
    from sumy.models import TfDocumentModel
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers import lex_rank, lsa, luhn, random

    return {"stemmer": lambda: Stemmer("english"), "lsa": lambda: lsa.LsaSummarizer(), "lex-rank": lambda: lex_rank.LexRankSummarizer(), "luhn": lambda: luhn.LuhnSummarizer(), "random": lambda: random.RandomSummarizer(), "document": lambda: ObjectDocumentModel([Paragraph([])]), "frequencies": lambda: TfDocumentModel(["a", "b"]), "sentence": lambda: Sentence("a b", None)}


def tokenizers():
    import tokenizers as to
    from tokenizers import decoders, models, normalizers, pre_tokenizers, processors, trainers

    def trained(model, trainer):
        made = to.Tokenizer(model)
        made.pre_tokenizer = pre_tokenizers.Whitespace()
        made.train_from_iterator(TEXTS, trainer)
        return made

    return {"bpe": lambda: trained(models.BPE(unk_token="?"), trainers.BpeTrainer(vocab_size=40, special_tokens=["?"], show_progress=False)), "wordpiece": lambda: trained(models.WordPiece(unk_token="?"), trainers.WordPieceTrainer(vocab_size=40, special_tokens=["?"], show_progress=False)), "unigram": lambda: trained(models.Unigram(), trainers.UnigramTrainer(vocab_size=40, show_progress=False)), "word-level": lambda: trained(models.WordLevel(unk_token="?"), trainers.WordLevelTrainer(special_tokens=["?"], show_progress=False)), "encoding": lambda: trained(models.WordLevel(unk_token="?"), trainers.WordLevelTrainer(special_tokens=["?"], show_progress=False)).encode("human graph"), "normaliser": lambda: normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase()]), "pre-tokenizer": lambda: pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits()]), "decoder": lambda: decoders.WordPiece(), "processor": lambda: processors.TemplateProcessing("[CLS] $A", None, [("[CLS]", 1)]), "added": lambda: to.AddedToken("[X]", special=True), "model": lambda: models.WordLevel({"a": 0}, unk_token="a"), "bert": lambda: to.BertWordPieceTokenizer({"[UNK]": 0, "[SEP]": 1, "[CLS]": 2, "a": 3}), "byte-level": lambda: to.ByteLevelBPETokenizer()}


def transformers():
    import tokenizers as to
    import torch
    import torchvision_operators

    torchvision_operators.define()
    import transformers as tr

    bare = to.Tokenizer(to.models.WordLevel({"[UNK]": 0, "a": 1, "b": 2}, unk_token="[UNK]"))
    bare.pre_tokenizer = to.pre_tokenizers.Whitespace()
    fast = tr.PreTrainedTokenizerFast(tokenizer_object=bare, unk_token="[UNK]", pad_token="[PAD]")
    small = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8, "vocab_size": 20, "max_position_embeddings": 16}
    bert = tr.BertConfig(**small)
    return {
        "fast-tokenizer": lambda: fast, "bert-configuration": lambda: bert, "configurations": lambda: [tr.GPT2Config(n_embd=8, n_layer=1, n_head=2), tr.T5Config(), tr.LlamaConfig(), tr.ViTConfig(), tr.RobertaConfig(), tr.DistilBertConfig(), tr.CLIPConfig(), tr.WhisperConfig()], "encoding": lambda: fast(["a b", "a"]), "tensors": lambda: fast(["a b"], return_tensors="pt"), "output": lambda: tr.modeling_outputs.SequenceClassifierOutput(logits=torch.ones(1, 2)), "generation": lambda: tr.GenerationConfig(max_new_tokens=5), "collator": lambda: tr.DataCollatorWithPadding(fast), "bert.pt": lambda: tr.BertModel(bert), "classifier.pt": lambda: tr.BertForSequenceClassification(bert), "pytorch_model.bin": lambda: tr.BertModel(bert).state_dict(), "gpt2.pt": lambda: tr.GPT2LMHeadModel(tr.GPT2Config(n_embd=8, n_layer=1, n_head=2, vocab_size=20, n_positions=16)), "llama.pt": lambda: tr.LlamaForCausalLM(tr.LlamaConfig(num_key_value_heads=2, **small)), "t5.pt": lambda: tr.T5ForConditionalGeneration(tr.T5Config(d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2, vocab_size=20)), "vit.pt": lambda: tr.ViTForImageClassification(tr.ViTConfig(hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, image_size=32)), "image-processor": lambda: tr.ViTImageProcessor(), "classifier": lambda: tr.BertForSequenceClassification(bert), "arguments": lambda: tr.Seq2SeqTrainingArguments(output_dir="out", report_to=[]), "roberta.pt": lambda: tr.RobertaForTokenClassification(tr.RobertaConfig(**small)), "distilbert.pt": lambda: tr.DistilBertForSequenceClassification(tr.DistilBertConfig(dim=8, n_layers=1, n_heads=2, hidden_dim=8, vocab_size=20, max_position_embeddings=16)), "predictions": lambda: tr.trainer_utils.PredictionOutput(np.ones((2, 2)), np.arange(2), {"test_loss": 0.1}), "mistral.pt": lambda: tr.MistralForCausalLM(tr.MistralConfig(num_key_value_heads=2, **small)), "qwen.pt": lambda: tr.Qwen2ForCausalLM(tr.Qwen2Config(num_key_value_heads=2, **small)), "cache": lambda: tr.DynamicCache(), "clip.pt": lambda: tr.CLIPTextModel(tr.CLIPTextConfig(**small)),
        "whisper.pt": lambda: tr.WhisperForConditionalGeneration(tr.WhisperConfig(d_model=8, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=8, decoder_ffn_dim=8, vocab_size=30, pad_token_id=1, bos_token_id=1, eos_token_id=1, decoder_start_token_id=1)), "bert-tokenizer": lambda: _bert_tokenizer(tr), "feature-extractor": lambda: tr.WhisperFeatureExtractor(feature_size=4), "bits": lambda: tr.BitsAndBytesConfig(load_in_8bit=True),
    }


def _bert_tokenizer(tr):
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "vocab.txt")
        with open(path, "w") as out:
            out.write("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"]))
        return tr.BertTokenizer(path)


def sentencepiece():
    import sentencepiece as se

    out = io.BytesIO()
    se.SentencePieceTrainer.train(sentence_iterator=iter(TEXTS), model_writer=out, vocab_size=30, hard_vocab_limit=False, minloglevel=2)
    processor = se.SentencePieceProcessor(model_proto=out.getvalue())
    return {"processor": lambda: processor, "bytes": lambda: out.getvalue(), "encoded": lambda: [processor.encode(text) for text in TEXTS], "normaliser": lambda: se.SentencePieceNormalizer(rule_name="nfkc"), "dictionary": lambda: {"sp": processor}, "proto": lambda: processor.encode("human", out_type="immutable_proto").SerializeAsString() if hasattr(processor, "encode_as_immutable_proto") else None}


def Babel():
    from babel import Locale, dates, localedata, messages, numbers, support

    catalog = messages.Catalog("de")
    catalog.add("hello", "hallo", locations=[("a.py", 1)])
    return {"locale": lambda: Locale.parse("de_CH"), "catalog": lambda: catalog, "message": lambda: messages.catalog.Message("a", "b"), "pattern": lambda: numbers.parse_pattern("#,##0.00"), "format": lambda: support.Format(Locale("en")), "locale-data": lambda: localedata.load("en"), "plural": lambda: Locale("pl").plural_form, "date-pattern": lambda: dates.parse_pattern("yyyy-MM-dd"), "locales": lambda: {"de": Locale("de"), "en": Locale("en", "US")}, "data-locale": lambda: Locale("fr")._data}
