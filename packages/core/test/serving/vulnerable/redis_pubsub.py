# expect: SERVING-STORE-PICKLE@10
import pickle

import redis


def watch(channel):
    pubsub = redis.Redis().pubsub()
    pubsub.subscribe(channel)
    for message in pubsub.listen(): yield pickle.loads(message["data"])
