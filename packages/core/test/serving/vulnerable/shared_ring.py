# expect: SERVING-WORKER-HANDOFF@9
import pickle
from multiprocessing import shared_memory
class Ring:
    def __init__(self, name):
        self.shm = shared_memory.SharedMemory(name=name)
    def get(self):
        n = int.from_bytes(self.shm.buf[:4], "little")
        return pickle.loads(bytes(self.shm.buf[4:4 + n]))
