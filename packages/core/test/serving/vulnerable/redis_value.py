# expect: SERVING-STORE-PICKLE@11
import pickle
import zlib

import redis

client = redis.Redis(host="cache")


def load(key):
    return pickle.loads(zlib.decompress(client.get(key)))
