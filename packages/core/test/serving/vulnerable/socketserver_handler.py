# expect: SERVING-PICKLE-NETWORK@9 SERVING-BIND-ALL@12
import pickle
import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        size = int.from_bytes(self.rfile.read(4), "big")
        self.server.records.append(pickle.loads(self.rfile.read(size)))


server = socketserver.ThreadingTCPServer(("0.0.0.0", 9020), Handler)
