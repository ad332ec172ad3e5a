# expect: SERVING-PICKLE-NETWORK@11
import pickle

from fastapi import FastAPI, WebSocket

app = FastAPI()


@app.websocket("/stream")
async def stream(websocket: WebSocket):
    frame = pickle.loads(await websocket.receive_bytes())
    await websocket.send_text(str(frame))
