# expect: SERVING-WORKER-HANDOFF@7 SERVING-BIND-ALL@4
from multiprocessing.connection import Listener

listener = Listener(("0.0.0.0", 6000))
while True:
    connection = listener.accept()
    job = connection.recv()
