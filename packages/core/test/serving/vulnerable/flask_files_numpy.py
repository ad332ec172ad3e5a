# expect: SERVING-NUMPY-PICKLE@13
import io

import numpy as np
from flask import Flask, request

app = Flask(__name__)


@app.post("/array")
def array():
    upload = request.files["array"]
    values = np.load(io.BytesIO(upload.read()), allow_pickle=True)
    return str(values.shape)
