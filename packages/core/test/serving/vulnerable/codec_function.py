# expect: SERVING-CODEC-EXPORT@8
import io

import torch


def deserialize_tensor(data: bytes):
    return torch.load(io.BytesIO(data))
