"""Plain data by cloudpickle and dill. Last of all: dill changes how the other picklers of the process write types."""

from families.standard import values


def build(store, options):
    import datetime

    records = [{"row": i, "time": datetime.datetime(2020, 1, 1)} for i in range(20)]
    # Types, and what is pickled with them, are rebuilt by loaders of their own there, which stay dangerous.
    kept = "nested many arrays datetime numbers identity addresses paths regex random clock shared-and-recursive".split()
    plain_data = {name: values()[name] for name in kept}
    for module in ("cloudpickle", "dill"):
        store.attempt(module, lambda: store.bytes("picklers/records.%s" % module, __import__(module).dumps(records)))
        store.attempt(module, lambda: store.bytes("picklers/data.%s.pkl" % module, __import__(module).dumps(plain_data)))
