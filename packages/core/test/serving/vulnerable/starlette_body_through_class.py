# expect: SERVING-PICKLE-NETWORK@12
import pickle

from starlette.requests import Request


class Decoder:
    def __init__(self, raw):
        self.raw = raw

    def decode(self):
        return pickle.loads(self.raw)


async def endpoint(request: Request):
    decoder = Decoder(await request.body())
    return decoder.decode()
