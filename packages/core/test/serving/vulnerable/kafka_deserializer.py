# expect: SERVING-STORE-PICKLE@6
import pickle

from kafka import KafkaConsumer

consumer = KafkaConsumer("jobs", value_deserializer=lambda m: pickle.loads(m))
