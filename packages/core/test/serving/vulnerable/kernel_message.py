# expect: SERVING-PICKLE-NETWORK@9
import base64
import pickle

from jupyter_client import KernelManager

def result(client):
    message = client.get_iopub_msg(timeout=1)
    return pickle.loads(base64.b64decode(message["content"]["data"]["text/plain"]))
