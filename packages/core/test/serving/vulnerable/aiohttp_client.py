# expect: SERVING-PICKLE-NETWORK@9
import pickle

import aiohttp


async def pull(url):
    async with aiohttp.ClientSession() as session, session.get(url) as resp:
        return pickle.loads(await resp.read())
