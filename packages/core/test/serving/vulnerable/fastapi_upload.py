# expect: SERVING-TORCH-NETWORK@12
import io

import torch
from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/embed")
async def embed(file: UploadFile):
    tensor = torch.load(io.BytesIO(await file.read()))
    return {"shape": list(tensor.shape)}
