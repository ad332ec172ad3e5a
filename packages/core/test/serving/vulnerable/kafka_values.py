# expect: SERVING-STORE-PICKLE@8
import pickle

from kafka import KafkaConsumer

consumer = KafkaConsumer("jobs")
for record in consumer:
    job = pickle.loads(record.value)
