# expect: SERVING-ZMQ-PYOBJ@9 SERVING-BIND-ALL@8
import zmq


class Worker:
    def __init__(self, port):
        self.socket = zmq.Context.instance().socket(zmq.PULL)
        self.socket.bind(f"tcp://*:{port}")
        self.first = self.socket.recv_pyobj()
