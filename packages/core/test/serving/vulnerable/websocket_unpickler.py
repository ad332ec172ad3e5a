# expect: SERVING-PICKLE-NETWORK@10=CRITICAL
import io, pickle
from fastapi import FastAPI, WebSocket
app = FastAPI()
@app.websocket("/ws")
async def ws(socket: WebSocket):
    await socket.accept()
    while True:
        data = await socket.receive_bytes()
        obj = pickle.Unpickler(io.BytesIO(data)).load()
        await socket.send_text(str(obj))
