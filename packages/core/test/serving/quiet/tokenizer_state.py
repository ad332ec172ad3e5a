import pickle


class Tokenizer:
    def __getstate__(self):
        return {"model": self.model}

    def __setstate__(self, state):
        self.model = pickle.loads(state["model"])
