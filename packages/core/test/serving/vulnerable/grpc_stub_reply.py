# expect: SERVING-PICKLE-NETWORK@9
import grpc, pickle
import w_pb2, w_pb2_grpc
class Client:
    def __init__(self, target):
        self.stub = w_pb2_grpc.WorkerStub(grpc.insecure_channel(target))
    def call(self, fn):
        reply = self.stub.Run(w_pb2.Req(blob=pickle.dumps(fn)))
        return pickle.loads(reply.blob)
