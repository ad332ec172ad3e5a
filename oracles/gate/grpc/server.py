"""A double of a KServe v2 server over gRPC: it gives every input back as an output, and unpickles nothing.

    python server.py PORT

It records what reached it: `seen` has each serialized request with its method and metadata, and a file of them is written
at `SEEN`, one JSON line each, so that the run can compare bytes.
"""

import base64
import concurrent.futures
import json
import os
import pathlib
import sys
import time

import grpc
from tritonclient.grpc import service_pb2 as pb
from tritonclient.grpc import service_pb2_grpc as rpc

SEEN = pathlib.Path(os.environ["SEEN"])


def echo(request: pb.ModelInferRequest) -> pb.ModelInferResponse:
    answer = pb.ModelInferResponse(model_name=request.model_name, id=request.id)
    for tensor in request.inputs:
        output = answer.outputs.add(name=tensor.name, datatype=tensor.datatype, shape=tensor.shape)
        output.contents.CopyFrom(tensor.contents)
    answer.raw_output_contents.extend(request.raw_input_contents)
    return answer


class Recorder(grpc.ServerInterceptor):
    """Every call that reaches the server, whether or not it has a method for it."""

    def intercept_service(self, continuation, details):
        metadata = [[key, value if isinstance(value, str) else base64.b64encode(value).decode()] for key, value in details.invocation_metadata]
        record({"method": details.method, "metadata": metadata})
        return continuation(details)


def record(line: dict) -> None:
    with SEEN.open("a") as file:
        file.write(json.dumps(line) + "\n")


class Service(rpc.GRPCInferenceServiceServicer):
    def ServerLive(self, request, context):
        return pb.ServerLiveResponse(live=True)

    def ServerReady(self, request, context):
        return pb.ServerReadyResponse(ready=True)

    def ModelReady(self, request, context):
        return pb.ModelReadyResponse(ready=request.name == "m")

    def ServerMetadata(self, request, context):
        return pb.ServerMetadataResponse(name="double", version="1", extensions=["x"])

    def ModelMetadata(self, request, context):
        return pb.ModelMetadataResponse(name=request.name, versions=["1"])

    def RepositoryIndex(self, request, context):
        return pb.RepositoryIndexResponse()

    def RepositoryModelLoad(self, request, context):
        return pb.RepositoryModelLoadResponse()

    def ModelInfer(self, request, context):
        record({"request": base64.b64encode(request.SerializeToString(deterministic=True)).decode()})
        if request.id == "fail":
            context.set_trailing_metadata([("x-why", "asked"), ("x-why-bin", b"\x00\x01")])
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "as asked: 100 % déjà vu")
        if request.id == "slow":
            for _ in range(100):
                if not context.is_active():
                    record({"cancelled": True})
                    return echo(request)
                time.sleep(0.05)
        context.send_initial_metadata([("x-initial", "yes")])
        context.set_trailing_metadata([("x-trailing", "yes")])
        return echo(request)

    def ModelStreamInfer(self, requests, context):
        for request in requests:
            record({"request": base64.b64encode(request.SerializeToString(deterministic=True)).decode()})
            for _ in range(2):
                yield pb.ModelStreamInferResponse(infer_response=echo(request))


if __name__ == "__main__":
    options = [("grpc.max_receive_message_length", 64 << 20), ("grpc.max_send_message_length", 64 << 20)]
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(16), interceptors=[Recorder()], options=options)
    rpc.add_GRPCInferenceServiceServicer_to_server(Service(), server)
    server.add_insecure_port(f"127.0.0.1:{sys.argv[1]}")
    server.start()
    print("ready", flush=True)
    server.wait_for_termination()
