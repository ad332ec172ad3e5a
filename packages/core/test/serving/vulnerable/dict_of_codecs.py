# expect: SERVING-PICKLE-NETWORK@9 SERVING-MEDIA-TYPE@4
import pickle, json
from flask import Flask, request
CODECS = {"application/json": json.loads, "application/x-pickle": pickle.loads}
app = Flask(__name__)
@app.route("/predict", methods=["POST"])
def predict():
    decode = CODECS[request.content_type]
    return str(decode(request.get_data()))
