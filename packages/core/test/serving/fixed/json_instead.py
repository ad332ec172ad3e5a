import json

import zmq


def take(sock: zmq.Socket):
    return json.loads(sock.recv())
