import pickle
import sqlite3


class Cache:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def get(self, key):
        row = self.db.execute("select value from cache where key = ?", (key,)).fetchone()
        return None if row is None else pickle.loads(row[0])
