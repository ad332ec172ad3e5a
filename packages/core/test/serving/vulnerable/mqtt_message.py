# expect: SERVING-STORE-PICKLE@8
import pickle

import paho.mqtt.client as mqtt


def on_message(client, userdata, msg):
    weights = pickle.loads(msg.payload)
