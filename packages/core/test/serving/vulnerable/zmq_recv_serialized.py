# expect: SERVING-ZMQ-PYOBJ@9
import pickle

import zmq


def take(context: zmq.Context):
    sock = context.socket(zmq.SUB)
    return sock.recv_serialized(lambda frames: pickle.loads(frames[0]))
