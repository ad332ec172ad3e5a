import pickle, pathlib, fastapi
app = fastapi.FastAPI()
CACHE = pathlib.Path("~/.cache/x").expanduser()
@app.get("/tokens")
def tokens(name: str):
    with (CACHE / "tokens.pkl").open("rb") as f:
        return len(pickle.load(f))
