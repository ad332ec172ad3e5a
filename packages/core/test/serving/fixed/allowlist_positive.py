import builtins
import io
import pickle
import socket

SAFE = {"range", "complex", "set"}


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "builtins" and name in SAFE:
            return getattr(builtins, name)
        raise pickle.UnpicklingError("forbidden")


def take(sock: socket.socket):
    return Restricted(io.BytesIO(sock.recv(4096))).load()
