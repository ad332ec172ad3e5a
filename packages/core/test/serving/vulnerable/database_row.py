# expect: SERVING-STORE-PICKLE@10
import pickle

import psycopg2


def load(dsn, name):
    cursor = psycopg2.connect(dsn).cursor()
    cursor.execute("select blob from models where name = %s", (name,))
    return pickle.loads(cursor.fetchone()[0])
