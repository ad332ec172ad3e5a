# expect: SERVING-MEDIA-TYPE@10 SERVING-PICKLE-NETWORK@11
import pickle

from flask import Flask, request

app = Flask(__name__)
@app.post("/call")
def call():
    body = request.get_data()
    if request.headers.get("serializer") == "pickle":
        return str(pickle.loads(body))
    return "no"
