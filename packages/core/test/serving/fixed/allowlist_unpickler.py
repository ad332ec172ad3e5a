import io
import pickle

import zmq

ALLOWED = {("builtins", "set"), ("collections", "OrderedDict")}


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is forbidden")
        return super().find_class(module, name)


def take(sock: zmq.Socket):
    return Restricted(io.BytesIO(sock.recv())).load()
