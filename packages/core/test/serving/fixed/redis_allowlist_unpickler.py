import redis, json, pickle, io
r = redis.Redis()
class Safe(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in {("builtins", "list"), ("collections", "OrderedDict")}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)
def get(k):
    return Safe(io.BytesIO(r.get(k))).load()
def get2(k):
    return json.loads(r.get(k))
