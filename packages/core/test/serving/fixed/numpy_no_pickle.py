import io

import numpy as np
from flask import Flask, request

app = Flask(__name__)


@app.post("/a")
def a():
    return str(np.load(io.BytesIO(request.data), allow_pickle=False)) + str(np.load(io.BytesIO(request.data)))
