# expect: SERVING-PICKLE-NETWORK@12
import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.route("/predict", methods=["POST"])
def predict():
    model_input = pickle.loads(base64.b64decode(request.json["data"]))
    return str(model_input)
