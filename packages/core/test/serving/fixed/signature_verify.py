import pickle

import zmq
from cryptography.exceptions import InvalidSignature


def take(sock: zmq.Socket, public_key):
    signature, body = sock.recv_multipart()
    try:
        public_key.verify(signature, body)
    except InvalidSignature:
        return None
    return pickle.loads(body)
