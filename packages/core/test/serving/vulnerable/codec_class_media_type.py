# expect: SERVING-CODEC-EXPORT@6 SERVING-CODEC-EXPORT@9
import pickle


class PickleSerializer:
    content_type = "application/x-pickle"

    def decode(self, payload):
        return pickle.loads(payload)
