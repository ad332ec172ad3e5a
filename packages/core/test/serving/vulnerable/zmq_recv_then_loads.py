# expect: SERVING-PICKLE-NETWORK@12
import pickle

import zmq


def loop(address):
    ctx = zmq.Context()
    sock = ctx.socket(zmq.REP)
    sock.connect(address)
    while True:
        request = pickle.loads(sock.recv())
        sock.send(b"ok")
