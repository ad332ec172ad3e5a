import json

import redis

client = redis.Redis()


def load(key):
    return json.loads(client.get(key))
