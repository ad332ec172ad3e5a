"""A model server: FastAPI under uvicorn, with the protocols that the gate knows. It unpickles nothing."""

import json

import numpy as np
from fastapi import FastAPI, Request, Response, UploadFile
from fastapi.responses import StreamingResponse

app = FastAPI()
seen = []


@app.middleware("http")
async def remember(request: Request, call_next):
    seen.append(request.url.path)
    return await call_next(request)


@app.get("/seen")
async def get_seen():
    return seen


@app.get("/v2/health/ready")
async def ready():
    return {}


@app.post("/v2/models/{model}/infer")
async def infer(model: str, request: Request):
    """Gives every input back as an output of the same name, JSON or binary as it came."""
    body = await request.body()
    length = request.headers.get("inference-header-content-length")
    head = json.loads(body[: int(length)] if length else body)
    rest = body[int(length) :] if length else b""
    outputs, binary = [], b""
    for tensor in head["inputs"]:
        size = tensor.get("parameters", {}).get("binary_data_size")
        out = {key: tensor[key] for key in ("name", "shape", "datatype")}
        if size is None:
            out["data"] = np.ravel(np.array(tensor["data"])).tolist()
        else:
            out["parameters"] = {"binary_data_size": size}
            binary, rest = binary + rest[:size], rest[size:]
        outputs.append(out)
    answer = json.dumps({"model_name": model, "outputs": outputs}).encode()
    headers = {"inference-header-content-length": str(len(answer))} if binary else {}
    return Response(answer + binary, media_type="application/json", headers=headers)


@app.post("/v1/chat/completions")
async def chat(request: Request):
    asked = await request.json()
    text = f"you said: {asked['messages'][-1]['content']}"
    base = {"id": "c", "created": 1, "model": asked["model"]}
    if not asked.get("stream"):
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {**base, "object": "chat.completion", "choices": [choice]}

    async def events():
        for word in text.split(" "):
            choice = {"index": 0, "delta": {"content": word + " "}, "finish_reason": None}
            yield f"data: {json.dumps({**base, 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


@app.post("/v1/embeddings")
async def embeddings(request: Request):
    asked = await request.json()
    data = [{"object": "embedding", "index": 0, "embedding": [0.5, 0.25]}]
    return {"object": "list", "model": asked["model"], "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}


@app.post("/upload")
async def upload(file: UploadFile):
    return {"name": file.filename, "bytes": len(await file.read())}
