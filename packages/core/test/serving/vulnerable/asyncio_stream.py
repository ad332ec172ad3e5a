# expect: SERVING-PICKLE-NETWORK@8 SERVING-BIND-ALL@13
import asyncio
import pickle


async def on_client(reader, writer):
    head = await reader.readexactly(4)
    job = pickle.loads(await reader.readexactly(int.from_bytes(head, "big")))
    writer.close()


async def main():
    server = await asyncio.start_server(on_client, "0.0.0.0", 8888)
