# expect: SERVING-PICKLE-NETWORK@11
import pickle

import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def execute(self, requests):
        for request in requests:
            blob = pb_utils.get_input_tensor_by_name(request, "BLOB").as_numpy()
            item = pickle.loads(blob.tobytes())
        return []
