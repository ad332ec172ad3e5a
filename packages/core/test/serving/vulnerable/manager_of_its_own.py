# expect: SERVING-WORKER-HANDOFF@5=HIGH
from multiprocessing.managers import BaseManager
class QueueManager(BaseManager): pass
QueueManager.register("get_queue")
m = QueueManager(address=("", 50000), authkey=b"abracadabra")
s = m.get_server()
s.serve_forever()
