# expect: SERVING-WORKER-HANDOFF@6
import torch.distributed as dist

def share(config, group):
    holder = [config]
    dist.broadcast_object_list(holder, src=0, group=group)
    return holder[0]
