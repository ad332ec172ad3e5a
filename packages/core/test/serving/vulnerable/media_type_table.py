# expect: SERVING-MEDIA-TYPE@4
import json
import pickle
DECODERS = {"application/vnd.bentoml+pickle": pickle.loads, "application/json": json.loads}
