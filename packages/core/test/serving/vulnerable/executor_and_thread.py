# expect: SERVING-PICKLE-NETWORK@10
import asyncio
import pickle

from starlette.requests import Request


async def endpoint(request: Request):
    body = await request.body()
    job = await asyncio.to_thread(pickle.loads, body)
    return job
