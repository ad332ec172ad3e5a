# expect: SERVING-PICKLE-NETWORK@22 SERVING-BIND-ALL@27
import pickle
import socket
import struct


def read_exactly(conn, size):
    parts = []
    while size > 0:
        chunk = conn.recv(size)
        if not chunk:
            raise EOFError
        parts.append(chunk)
        size -= len(chunk)
    return b"".join(parts)


def receive_message(conn):
    header = read_exactly(conn, 4)
    (length,) = struct.unpack("!I", header)
    body = read_exactly(conn, length)
    return pickle.loads(body)


def serve(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.bind(("", port))
    server.listen()
    while True:
        conn, _ = server.accept()
        message = receive_message(conn)
