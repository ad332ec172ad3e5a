import json


def decode(content_type, body):
    if content_type == "application/x-pickle":
        raise ValueError("415 Unsupported Media Type")
    return json.loads(body)


FORBIDDEN_TYPES = {"application/x-pickle", "application/python-pickle"}
