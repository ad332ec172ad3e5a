# expect: SERVING-NUMPY-PICKLE@8
import io

import numpy


def input_fn(request_body, request_content_type):
    return numpy.load(io.BytesIO(request_body), allow_pickle=True)
