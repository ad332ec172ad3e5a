# expect: SERVING-PICKLE-NETWORK@8
import pickle
import socket

def take(sock: socket.socket, size):
    buffer = bytearray(size)
    sock.recv_into(buffer)
    return pickle.loads(buffer)
