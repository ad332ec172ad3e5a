# expect: SERVING-TORCH-NETWORK@9
import io

import torch


class Transfer:
    async def SendTensor(self, request, context):
        return torch.load(io.BytesIO(request.tensor))
