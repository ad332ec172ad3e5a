# expect: SERVING-STORE-PICKLE@8
from kombu import Connection, Exchange, Queue
from kombu.mixins import ConsumerMixin
class Worker(ConsumerMixin):
    def __init__(self, connection):
        self.connection = connection
    def get_consumers(self, Consumer, channel):
        return [Consumer(queues=[Queue("q")], accept=["pickle", "json"], callbacks=[self.process])]
    def process(self, body, message):
        fun, args = body
        fun(*args)
