# expect: SERVING-PICKLE-NETWORK@19=HIGH
import io
import pickle

import zmq

FORBIDDEN = {"os", "subprocess", "sys"}


class Careful(pickle.Unpickler):
    def find_class(self, module, name):
        if module in FORBIDDEN:
            raise pickle.UnpicklingError(module)
        return super().find_class(module, name)


def take(address):
    sock = zmq.Context().socket(zmq.REP)
    return Careful(io.BytesIO(sock.recv())).load()
