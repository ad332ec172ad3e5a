# expect: SERVING-PICKLE-NETWORK@10
from ray import cloudpickle as pickle
from ray import serve


@serve.deployment
class Model:
    async def __call__(self, request):
        raw = await request.body()
        return str(pickle.loads(raw))
