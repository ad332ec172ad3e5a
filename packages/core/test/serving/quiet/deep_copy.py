import pickle

from fastapi import FastAPI

app = FastAPI()


@app.get("/x")
def x(value: str):
    state = pickle.loads(pickle.dumps({"value": value}))
    return state
