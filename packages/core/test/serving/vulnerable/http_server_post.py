# expect: SERVING-PICKLE-NETWORK@9
import pickle
from http.server import BaseHTTPRequestHandler


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        job = pickle.loads(body)
        self.send_response(200)
