# expect: SERVING-WORKER-HANDOFF@4 SERVING-BIND-ALL@4
from multiprocessing.managers import BaseManager

manager = BaseManager(address=("", 50000))
manager.start()
