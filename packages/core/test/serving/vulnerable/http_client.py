# expect: SERVING-PICKLE-NETWORK@9
import pickle

import requests


def fetch(url):
    response = requests.get(url, timeout=10)
    return pickle.loads(response.content)
