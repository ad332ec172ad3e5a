# expect: SERVING-NUMPY-PICKLE@13
import io

import numpy as np
from starlette.requests import Request


class Reader:
    def __init__(self, allow_pickle=True):
        self.allow_pickle = allow_pickle

    async def read(self, request: Request):
        return np.load(io.BytesIO(await request.body()), allow_pickle=self.allow_pickle)
