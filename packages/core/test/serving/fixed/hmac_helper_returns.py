import hashlib
import hmac
import pickle

from flask import Flask, abort, request

app = Flask(__name__)


def genuine(data, tag):
    return hmac.compare_digest(hmac.new(b"k", data, hashlib.sha256).hexdigest(), tag)


@app.post("/job")
def job():
    body = request.get_data()
    if genuine(body, request.headers["x-tag"]):
        return str(pickle.loads(body))
    return "forged", 403
