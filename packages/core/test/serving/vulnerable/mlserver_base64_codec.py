# expect: SERVING-PICKLE-NETWORK@9=CRITICAL
import pickle
from mlserver import MLModel
from mlserver.types import InferenceRequest, InferenceResponse
from mlserver.codecs import Base64Codec
class R(MLModel):
    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        raw = Base64Codec.decode_input(payload.inputs[0])[0]
        obj = pickle.loads(raw)
        return InferenceResponse(model_name=self.name, outputs=[])
