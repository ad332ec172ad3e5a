# expect: SERVING-STORE-PICKLE@7
import pickle

import pika

def on_request(ch, method, props, body):
    job = pickle.loads(body)
    ch.basic_ack(delivery_tag=method.delivery_tag)
