import os
import pickle
from pathlib import Path

import joblib
import torch
from fastapi import FastAPI

app = FastAPI()
CACHE = Path("~/.cache/app").expanduser()


def cached(name):
    with open(CACHE / name, "rb") as f:
        return pickle.load(f)


def whole(name):
    return pickle.loads((CACHE / name).read_bytes())


@app.get("/m")
def m():
    with (CACHE / "a").open("rb") as stream:
        first = pickle.load(stream)
    return str(first) + str(torch.load("model.pt")) + str(joblib.load(os.path.join("a", "b.joblib")))
