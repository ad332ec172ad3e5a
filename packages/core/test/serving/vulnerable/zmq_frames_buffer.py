# expect: SERVING-PICKLE-NETWORK@9
import cloudpickle
import zmq


def receive(socket: zmq.Socket):
    frames = socket.recv_multipart(copy=False)
    head = frames[0].buffer
    return cloudpickle.loads(bytes(head))
