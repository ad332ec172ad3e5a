import pickle

import requests


def send(url, value):
    return requests.post(url, data=pickle.dumps(value), headers={"Content-Type": "application/x-pickle"})
