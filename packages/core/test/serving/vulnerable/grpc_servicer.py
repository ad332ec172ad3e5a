# expect: SERVING-PICKLE-NETWORK@9
import pickle

import service_pb2_grpc


class Executor(service_pb2_grpc.ExecutorServicer):
    def Run(self, request, context):
        task = pickle.loads(request.payload)
        return task()
