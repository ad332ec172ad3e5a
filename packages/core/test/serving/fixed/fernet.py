import pickle

import zmq
from cryptography.fernet import Fernet

box = Fernet(b"k")


def take(sock: zmq.Socket):
    return pickle.loads(box.decrypt(sock.recv()))
