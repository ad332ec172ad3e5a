import hashlib
import hmac
import pickle

from starlette.requests import Request


class Endpoint:
    key = b"k"

    def verify(self, body, tag):
        expected = hmac.new(self.key, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, tag):
            raise PermissionError("forged")

    async def __call__(self, request: Request):
        body = await request.body()
        self.verify(body, request.headers["x-tag"])
        return pickle.loads(body)
