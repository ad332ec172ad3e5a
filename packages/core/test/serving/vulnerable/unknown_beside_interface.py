# expect: SERVING-PICKLE-NETWORK@10=HIGH
import pickle

from fastapi import FastAPI

app = FastAPI()

@app.get("/next")
def following():
    return str(pickle.loads(BACKLOG.take()))
