# expect: SERVING-PICKLE-NETWORK@10
import pickle

import bentoml


@bentoml.service
class Service:
    @bentoml.api
    def classify(self, blob: bytes) -> str: return str(pickle.loads(blob))
