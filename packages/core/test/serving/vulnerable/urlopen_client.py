# expect: SERVING-TORCH-NETWORK@9
import io
from urllib.request import urlopen

import joblib


def fetch(url):
    return joblib.load(io.BytesIO(urlopen(url).read()))
