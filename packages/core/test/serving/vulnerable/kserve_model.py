# expect: SERVING-PICKLE-NETWORK@11
import base64
import pickle

import kserve


class Model(kserve.Model):
    def predict(self, payload, headers=None):
        encoded = payload["instances"][0]["b64"]
        return {"predictions": [str(pickle.loads(base64.b64decode(encoded)))]}
