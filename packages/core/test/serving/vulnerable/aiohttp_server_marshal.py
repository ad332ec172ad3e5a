# expect: SERVING-YAML-NETWORK@9
import marshal

from aiohttp import web


async def handle(request):
    data = await request.read()
    code = marshal.loads(data)
    return web.Response(text=str(code))
