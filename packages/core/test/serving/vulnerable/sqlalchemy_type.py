# expect: SERVING-STORE-PICKLE@9
import pickle

from sqlalchemy.types import LargeBinary, TypeDecorator

class Pickled(TypeDecorator):
    impl = LargeBinary
    def process_result_value(self, value, dialect):
        return None if value is None else pickle.loads(value)
