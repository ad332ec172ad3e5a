# expect: SERVING-PICKLE-NETWORK@8
import pickle


def handle(data, context):
    results = []
    for row in data:
        item = pickle.loads(row.get("body"))
        results.append(str(item))
    return results
