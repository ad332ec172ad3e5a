# expect: SERVING-PICKLE-NETWORK@9
import pickle

from mlserver import MLModel


class Runtime(MLModel):
    async def predict(self, payload):
        value = pickle.loads(payload.inputs[0].data[0])
        return value
