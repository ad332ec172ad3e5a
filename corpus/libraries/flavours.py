"""What needs an environment of its own: mlflow's flavours, Keras on TensorFlow."""

import os

import numpy as np


def build(store, options):
    store.each("flavours", [mlflow, tensorflow, tf_keras])


def mlflow():
    import mlflow as ml
    from mlflow.models import infer_signature
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x, y = np.random.RandomState(0).rand(20, 3), np.arange(20) % 2
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(x, y)
    signature = infer_signature(x, y)

    def flavour(save, inside):
        def write(path):
            folder = path + "-model"
            save(folder)
            with open(os.path.join(folder, *inside.split("/")), "rb") as source, open(path, "wb") as out:
                out.write(source.read())

        return write

    quiet = {"pip_requirements": []}

    def by_torch(folder):
        import torch

        ml.pytorch.save_model(torch.nn.Sequential(torch.nn.Linear(3, 2)), folder, serialization_format="pickle", **quiet)

    made = {
        "sklearn/model": (flavour(lambda folder: ml.sklearn.save_model(model, folder, serialization_format="cloudpickle", **quiet), "model.pkl"), ".pkl"), "sklearn-plain/model": (flavour(lambda folder: ml.sklearn.save_model(model, folder, serialization_format="pickle", **quiet), "model.pkl"), ".pkl"), "pytorch/model": (flavour(by_torch, "data/model.pth"), ".pth"), "pytorch/pickle-module-info": (flavour(by_torch, "data/pickle_module_info.txt"), ".txt"),
        "signature": lambda: signature, "schema": lambda: signature.inputs, "metric": lambda: ml.entities.Metric("a", 1.0, 2, 3), "run-information": lambda: ml.entities.Param("a", "b"), "pyfunc": lambda: _pyfunc(ml), "statsmodels/model": (flavour(lambda folder: ml.statsmodels.save_model(__import__("statsmodels.api", fromlist=["x"]).OLS(x[:, 0], x[:, 1:]).fit(), folder, **quiet), "model.statsmodels"), ".statsmodels"), "model-information": lambda: ml.models.Model(), "conda": lambda: ml.sklearn.get_default_conda_env(), "tag": lambda: ml.entities.RunTag("a", "b"),
    }
    return made


def _pyfunc(ml):
    return ml.pyfunc.PythonModel()


def tensorflow():
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import tensorflow as tf

    rng = np.random.RandomState(0)
    x, y = rng.rand(16, 4).astype("f4"), rng.rand(16, 1).astype("f4")
    model = tf.keras.Sequential([tf.keras.layers.Input((4,)), tf.keras.layers.Dense(4, activation="relu"), tf.keras.layers.Dense(1)])
    model.compile("adam", "mse")
    history = model.fit(x, y, epochs=2, verbose=0)
    return {"history": lambda: history.history, "model": lambda: model, "weights": lambda: model.get_weights(), "history-object": lambda: history, "layer": lambda: tf.keras.layers.Dense(2), "tensor": lambda: tf.constant([1, 2]), "shape": lambda: tf.TensorShape([1, None]), "dtype": lambda: [tf.float32, tf.int8, tf.string], "specification": lambda: tf.TensorSpec([None, 3], tf.float32), "sequence": lambda: tf.keras.preprocessing.sequence.pad_sequences([[1], [2, 3]]), "optimiser": lambda: tf.keras.optimizers.SGD(0.1), "eager": lambda: tf.constant(1.5), "ragged": lambda: tf.RaggedTensorSpec([None, None]), "tokenizer": lambda: tf.keras.preprocessing.text.Tokenizer(), "variable-values": lambda: [v.numpy() for v in model.trainable_variables], "configuration": lambda: model.get_config(), "errors": lambda: tf.errors.NotFoundError(None, None, "x")}


def tf_keras():
    import tf_keras as ke

    model = ke.Sequential([ke.layers.Input((4,)), ke.layers.Dense(1)])
    model.compile("adam", "mse")
    history = model.fit(np.ones((4, 4)), np.ones((4, 1)), epochs=1, verbose=0)
    return {"history": lambda: history.history, "model": lambda: model, "tokenizer": lambda: _tokenizer(ke), "image-generator": lambda: ke.preprocessing.image.ImageDataGenerator(rotation_range=10), "weights": lambda: model.get_weights(), "callbacks": lambda: [ke.callbacks.EarlyStopping(), ke.callbacks.History()], "initialiser": lambda: ke.initializers.GlorotUniform(), "loss": lambda: ke.losses.MeanSquaredError(), "generator": lambda: ke.preprocessing.sequence.TimeseriesGenerator(np.ones((5, 1)), np.ones(5), 2)}


def _tokenizer(ke):
    made = ke.preprocessing.text.Tokenizer(num_words=10)
    made.fit_on_texts(["a b a", "c"])
    return made
