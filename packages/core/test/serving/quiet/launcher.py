import base64
import os
import pickle
import sys

config = pickle.loads(base64.b64decode(sys.argv[1]))
other = pickle.loads(bytes.fromhex(os.environ["CONFIG"]))
third = pickle.loads(base64.b64decode(os.getenv("X")))
stdin = pickle.load(sys.stdin.buffer)
