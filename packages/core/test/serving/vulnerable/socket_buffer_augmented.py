# expect: SERVING-PICKLE-NETWORK@14
import pickle
import socket


def run(host, port):
    s = socket.create_connection((host, port))
    data = b""
    while True:
        packet = s.recv(4096)
        if not packet:
            break
        data += packet
    return pickle.loads(data)
