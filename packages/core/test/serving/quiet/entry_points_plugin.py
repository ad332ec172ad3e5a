import json, urllib.request, importlib.metadata
def load():
    for ep in importlib.metadata.entry_points(group="x"):
        ep.load()
    return json.loads(urllib.request.urlopen("https://a/b").read())
