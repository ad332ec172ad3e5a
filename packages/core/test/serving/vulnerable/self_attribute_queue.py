# expect: SERVING-PICKLE-NETWORK@17
import pickle
import queue

import zmq


class Pump:
    def __init__(self):
        self.inbox = queue.Queue()
        self.sock = zmq.Context().socket(zmq.PULL)

    def read(self):
        self.inbox.put(self.sock.recv())

    def work(self):
        return pickle.loads(self.inbox.get())
