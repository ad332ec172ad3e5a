# expect: SERVING-PICKLE-NETWORK@7
import zmq
from multiprocessing.reduction import ForkingPickler


def take(socket: zmq.Socket):
    return ForkingPickler.loads(socket.recv())
