# expect: SERVING-STORE-PICKLE@8
import pickle

from pymemcache.client.base import Client

cache = Client("cache:11211")

value = pickle.loads(cache.get("model"))
