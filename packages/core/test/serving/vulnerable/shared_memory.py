# expect: SERVING-WORKER-HANDOFF@8
import pickle
from multiprocessing import shared_memory


def read(name, size):
    memory = shared_memory.SharedMemory(name=name)
    return pickle.loads(memory.buf[:size])
