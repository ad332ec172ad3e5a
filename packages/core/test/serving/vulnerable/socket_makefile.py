# expect: SERVING-PICKLE-NETWORK@7
import pickle
import socket

sock = socket.create_connection(("10.0.0.1", 9000))
stream = sock.makefile("rb")
state = pickle.load(stream)
