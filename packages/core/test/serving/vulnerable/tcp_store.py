# expect: SERVING-WORKER-HANDOFF@8
import pickle

from torch.distributed import TCPStore

store = TCPStore("10.0.0.1", 29500, 2, False)

value = pickle.loads(store.get("metadata"))
