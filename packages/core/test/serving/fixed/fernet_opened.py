import pickle, socket
from cryptography.fernet import Fernet
def serve(key):
    c, _ = socket.create_server(("127.0.0.1", 7000)).accept()
    return pickle.loads(Fernet(key).decrypt(c.recv(65536)))
