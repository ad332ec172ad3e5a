# expect: SERVING-PICKLE-NETWORK@16
import pickle

import zmq
import zmq.asyncio


class Router:
    def __init__(self):
        ctx = zmq.asyncio.Context()
        self.frontend = ctx.socket(zmq.ROUTER)
        self.frontend.bind("ipc:///tmp/router")

    async def step(self):
        identity, _, payload = await self.frontend.recv_multipart()
        job = pickle.loads(payload)
        return identity, job
