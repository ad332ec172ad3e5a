import pickle


def _decode(data):
    return pickle.loads(data)


def outer(path):
    def inner(data):
        return pickle.loads(data)

    with open(path, "rb") as f:
        return inner(f.read()), _decode(f.read())
