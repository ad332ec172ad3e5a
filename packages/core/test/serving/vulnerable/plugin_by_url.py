# expect: SERVING-PICKLE-NETWORK@10
import pickle, urllib.request
class PluginLoader:
    def __init__(self, url):
        self.url = url
    def fetch(self):
        with urllib.request.urlopen(self.url) as r:
            return r.read()
    def load(self):
        return pickle.loads(self.fetch())
