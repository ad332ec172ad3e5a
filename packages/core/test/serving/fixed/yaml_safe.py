import yaml
from flask import Flask, request

app = Flask(__name__)


class Own(yaml.SafeLoader):
    pass


@app.post("/a")
def a():
    first = yaml.safe_load(request.data)
    second = yaml.load(request.data, Loader=yaml.CSafeLoader)
    return str(yaml.load(request.data, Loader=Own))
