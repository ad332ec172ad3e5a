# expect: SERVING-TORCH-NETWORK@13
import functools
import io

import torch
from flask import Flask, request

app = Flask(__name__)
load = functools.partial(torch.load, map_location="cpu")


@app.post("/t")
def tensor(): return str(load(io.BytesIO(request.data)))
