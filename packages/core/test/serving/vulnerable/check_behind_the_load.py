# expect: SERVING-PICKLE-NETWORK@10
import hashlib
import hmac
import pickle
import zmq
KEY = b"k"

def take(sock: zmq.Socket):
    tag, body = sock.recv_multipart()
    job = pickle.loads(body)
    if not hmac.compare_digest(hmac.new(KEY, body, hashlib.sha256).digest(), tag):
        raise ValueError("forged")
    return job
