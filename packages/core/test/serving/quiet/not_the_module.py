import json as pickle

from flask import Flask, request

app = Flask(__name__)


@app.post("/x")
def x():
    return str(pickle.loads(request.data))
