"""statsmodels' fitted results and gensim's models, by their own save methods and by pickle."""

import os
import tempfile

import numpy as np


def statistics(x, y):
    import pandas as pd
    import statsmodels.api as sm

    rng = np.random.RandomState(1)
    series = pd.Series(rng.rand(60).cumsum(), index=pd.date_range("2015-01", periods=60, freq="MS"))
    design = sm.add_constant(x)
    frame = pd.DataFrame(x, columns=list("abcd"))
    made = {
        "ols": lambda: sm.OLS(x[:, 0], design).fit(), "ols-frame": lambda: sm.OLS(frame["a"], sm.add_constant(frame[["b", "c"]])).fit(), "wls": lambda: sm.WLS(x[:, 0], design).fit(), "gls": lambda: sm.GLS(x[:, 0], design).fit(), "rlm": lambda: sm.RLM(x[:, 0], design).fit(),
        "logit": lambda: sm.Logit(y, design).fit(disp=0), "probit": lambda: sm.Probit(y, design).fit(disp=0), "poisson": lambda: sm.Poisson(y, design).fit(disp=0), "mnlogit": lambda: sm.MNLogit(np.arange(40) % 3, design).fit(disp=0), "glm": lambda: sm.GLM(y, design, family=sm.families.Binomial()).fit(), "glm-gamma": lambda: sm.GLM(x[:, 0] + 1, design, family=sm.families.Gamma(sm.families.links.Log())).fit(),
        "quantreg": lambda: sm.QuantReg(x[:, 0], design).fit(0.5), "mixed": lambda: sm.MixedLM(x[:, 0], design, groups=np.repeat(range(8), 5)).fit(), "gee": lambda: sm.GEE(x[:, 0], design, groups=np.repeat(range(8), 5)).fit(),
        "arima": lambda: sm.tsa.arima.ARIMA(series, order=(1, 1, 0)).fit(), "sarimax": lambda: sm.tsa.SARIMAX(series, order=(1, 0, 0)).fit(disp=0), "autoreg": lambda: sm.tsa.AutoReg(series, 2).fit(), "holtwinters": lambda: sm.tsa.ExponentialSmoothing(series, trend="add").fit(), "simple-smoothing": lambda: sm.tsa.SimpleExpSmoothing(series).fit(), "var": lambda: sm.tsa.VAR(pd.DataFrame({"a": series.values[1:], "b": np.diff(series.values)})).fit(1), "unobserved": lambda: sm.tsa.UnobservedComponents(series, "llevel").fit(disp=0), "decomposed": lambda: sm.tsa.seasonal_decompose(series, period=12),
        "kde": lambda: _kde(sm, x), "pca": lambda: sm.PCA(x), "lowess": lambda: sm.nonparametric.lowess(x[:, 0], x[:, 1]), "ecdf": lambda: sm.distributions.ECDF(x[:, 0]),
        "formula": lambda: __import__("statsmodels.formula.api", fromlist=["ols"]).ols("a ~ b + c", frame).fit(), "formula-logit": lambda: __import__("statsmodels.formula.api", fromlist=["logit"]).logit("y ~ b", frame.assign(y=y)).fit(disp=0),
    }
    return made


def _kde(sm, x):
    kde = sm.nonparametric.KDEUnivariate(x[:, 0])
    kde.fit()
    return kde


def texts():
    import gensim
    from gensim import corpora, models

    words = [["human", "computer", "interface"], ["graph", "trees", "minors"], ["human", "system", "graph"], ["computer", "trees"]] * 6
    dictionary = corpora.Dictionary(words)
    bags = [dictionary.doc2bow(text) for text in words]
    size = "vector_size" if int(gensim.__version__.split(".")[0]) >= 4 else "size"
    return {
        "dictionary": lambda: dictionary, "tfidf": lambda: models.TfidfModel(bags), "lsi": lambda: models.LsiModel(bags, id2word=dictionary, num_topics=2), "lda": lambda: models.LdaModel(bags, id2word=dictionary, num_topics=2, random_state=1), "hdp": lambda: models.HdpModel(bags, dictionary, random_state=1),
        "word2vec": lambda: models.Word2Vec(words, min_count=1, workers=1, **{size: 8}), "fasttext": lambda: models.FastText(words, min_count=1, workers=1, bucket=50, **{size: 4}), "doc2vec": lambda: models.Doc2Vec([models.doc2vec.TaggedDocument(w, [i]) for i, w in enumerate(words)], min_count=1, workers=1, **{size: 4}), "vectors": lambda: models.Word2Vec(words, min_count=1, workers=1, **{size: 8}).wv,
        "phrases": lambda: models.Phrases(words, min_count=1, threshold=0.1), "phraser": lambda: models.phrases.Phraser(models.Phrases(words, min_count=1, threshold=0.1)), "hash-dictionary": lambda: corpora.HashDictionary(words), "rp": lambda: models.RpModel(bags, num_topics=2), "normalised": lambda: models.NormModel(bags), "nmf": lambda: models.Nmf(bags, num_topics=2, random_state=1), "index": lambda: gensim.similarities.MatrixSimilarity(bags, num_features=len(dictionary)), "sparse-index": lambda: gensim.similarities.SparseMatrixSimilarity(bags, num_features=len(dictionary)),
    }


def build(store, options):
    rng = np.random.RandomState(0)
    x, y = rng.rand(40, 4), (rng.rand(40) > 0.5).astype(int)
    made = store.attempt("models/statsmodels", lambda: statistics(x, y)) or {}
    for name, make in made.items():
        value = store.attempt("models/stats-" + name, make)
        if value is None:
            continue
        if hasattr(value, "save"):
            store.file("models/stats-%s.pickle" % name, lambda path: value.save(path))
        store.spread("models/stats-" + name, value)
    made = store.attempt("models/gensim", texts) or {}
    for name, make in made.items():
        value = store.attempt("models/gensim-" + name, make)
        if value is None:
            continue
        store.file("models/gensim-%s.model" % name, lambda path: value.save(path))
        store.spread("models/gensim-" + name, value)
