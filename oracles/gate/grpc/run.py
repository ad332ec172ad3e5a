"""The gate for gRPC with the real client: tritonclient through `sentinel gate` to a double of a KServe v2 server on grpcio; then
the same, and HTTP, through a real Envoy that asks the gate by external processing. Before that, the gate's reader of messages
against protobuf's (differential.py).

    python oracles/gate/grpc/run.py

Needs `npm run build` and the packages of oracles/gate/grpc/requirements.txt. Everything listens on loopback. The hostile
tensors name `posix.system` with the argument `true`; nothing loads them.
"""

import base64
import concurrent.futures
import gzip
import json
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import time
import zlib

import grpc
import httpx
import ml_dtypes
import numpy as np
import tritonclient.grpc as triton
from tritonclient.grpc import service_pb2 as pb
from tritonclient.grpc import service_pb2_grpc as rpc
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from gate_kit import PICKLE, PICKLE4, check, check_accounts, check_quiet, free_port, kill, start_gate, stop, told, wait_for  # noqa: E402

SERVICE = "/inference.GRPCInferenceService/"
CODINGS = (None, "gzip", "deflate")
LIMIT = [("grpc.max_receive_message_length", 64 << 20), ("grpc.max_send_message_length", 64 << 20)]


class Seen:
    """What reached the server, by the file that it writes."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        self.read = 0

    def lines(self) -> list[dict]:
        """Those since the last time."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        new, self.read = lines[self.read :], len(lines)
        return [json.loads(line) for line in new]

    def requests(self) -> list[bytes]:
        return [base64.b64decode(line["request"]) for line in self.lines() if "request" in line]


def tensors() -> list[tuple[str, np.ndarray]]:
    """One of every datatype, and some that have no elements or many dimensions."""
    kinds = [np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64, np.float16, np.float32, np.float64]
    random = np.random.default_rng(1)
    found = [(np_to_triton_dtype(np.dtype(kind)), (random.standard_normal((3, 5)) * 50).astype(kind)) for kind in kinds]
    found.append(("BF16", random.standard_normal((2, 4)).astype(ml_dtypes.bfloat16)))
    found.append(("BYTES", np.array([b"hello", "déjà vu\n".encode(), b"", bytes(range(256))], dtype=object)))
    found.append(("FP32", np.zeros((0, 7), dtype=np.float32)))
    found.append(("INT64", np.arange(24).reshape(2, 1, 3, 4)))
    return found


def infer_input(name: str, datatype: str, array: np.ndarray) -> triton.InferInput:
    tensor = triton.InferInput(name, list(array.shape), datatype)
    tensor.set_data_from_numpy(array)
    return tensor


TYPED = [
    ("BOOL", "bool_contents", [True, False]),
    ("INT8", "int_contents", [-128, 127]),
    ("INT16", "int_contents", [-(2**15), 2**15 - 1]),
    ("INT32", "int_contents", [-(2**31), 2**31 - 1]),
    ("INT64", "int64_contents", [-(2**63), 2**63 - 1]),
    ("UINT8", "uint_contents", [0, 255]),
    ("UINT16", "uint_contents", [0, 65535]),
    ("UINT32", "uint_contents", [0, 2**32 - 1]),
    ("UINT64", "uint64_contents", [0, 2**64 - 1]),
    ("FP32", "fp32_contents", [0.5, float("nan")]),
    ("FP64", "fp64_contents", [0.5, float("inf")]),
    ("BYTES", "bytes_contents", [b"hello", bytes(range(256))]),
]


def typed(datatype: str, field: str, values: list, **more) -> pb.ModelInferRequest:
    request = pb.ModelInferRequest(model_name="m", **more)
    tensor = request.inputs.add(name="x", datatype=datatype, shape=[len(values)])
    getattr(tensor.contents, field).extend(values)
    return request


def honest(address: str, seen: Seen, server: str) -> None:
    """`server`: the address of the double itself."""
    client = triton.InferenceServerClient(address)
    direct = triton.InferenceServerClient(server)
    check("live", client.is_server_live() and client.is_server_ready() and client.is_model_ready("m"))
    check("metadata", client.get_server_metadata().name == "double" and client.get_model_metadata("m").name == "m")
    client.get_model_repository_index()
    seen.lines()

    for coding in CODINGS:
        for datatype, array in tensors():
            result = client.infer("m", [infer_input("x", datatype, array)], compression_algorithm=coding, headers={"x-tenant": "a"})
            got = result.as_numpy("x")
            check(f"{datatype} comes back", np.array_equal(got, array), (coding, got))
            (request,) = seen.requests()
            direct.infer("m", [infer_input("x", datatype, array)], compression_algorithm=coding)
            check(f"{datatype} arrives as without the gate", [request] == seen.requests(), coding)

    channel = grpc.insecure_channel(address, LIMIT)
    stub = rpc.GRPCInferenceServiceStub(channel)
    for datatype, field, values in TYPED:
        request = typed(datatype, field, values, id="7")
        request.parameters["sequence_id"].int64_param = 42
        request.parameters["priority"].double_param = 0.5
        request.parameters["note"].string_param = "What is (a)?\n."
        request.outputs.add(name="y").parameters["classification"].int64_param = 3
        answer, call = stub.ModelInfer.with_call(request, metadata=[("x-tenant", "a"), ("x-tenant", "b"), ("x-trace-bin", b"\x00\xff\x80")])
        # NaN is not equal to itself, and its bytes are.
        check(f"{field} of {datatype} comes back", answer.outputs[0].contents.SerializeToString() == request.inputs[0].contents.SerializeToString())
        check("initial metadata", ("x-initial", "yes") in list(call.initial_metadata()))
        check("trailing metadata", ("x-trailing", "yes") in list(call.trailing_metadata()))
        arrived, call = seen.lines()[:2]
        check("metadata arrive", [pair for pair in arrived["metadata"] if pair[0].startswith("x-t")] == [["x-tenant", "a"], ["x-tenant", "b"], ["x-trace-bin", "AP+A"]], arrived)
        check(f"{field} of {datatype} arrives", base64.b64decode(call["request"]) == request.SerializeToString(deterministic=True))

    request = typed("FP32", "fp32_contents", [1.0], id="fail")
    error = refused_by(lambda: stub.ModelInfer(request), grpc.StatusCode.FAILED_PRECONDITION)
    check("a status of the server", error.details() == "as asked: 100 % déjà vu", error.details())
    trailing = {key: value for key, value in error.trailing_metadata()}
    check("its metadata", trailing["x-why"] == "asked" and trailing["x-why-bin"] == b"\x00\x01", trailing)

    large = np.random.default_rng(2).standard_normal((4 << 20) // 8)
    wide = triton.InferenceServerClient(address, channel_args=LIMIT)
    check("4 MiB come back", np.array_equal(wide.infer("m", [infer_input("x", "FP64", large)]).as_numpy("x"), large))
    wide.close()
    channel.close()
    client.close()
    direct.close()


def refused_by(call, status: grpc.StatusCode) -> grpc.RpcError:
    try:
        call()
    except grpc.RpcError as error:
        check(f"the status is {status}", error.code() == status, error)
        return error
    raise SystemExit(f"FAILED: {status} was expected")


def streaming(address: str, seen: Seen) -> None:
    client = triton.InferenceServerClient(address)
    answers: queue.Queue = queue.Queue()
    seen.lines()
    client.start_stream(lambda result, error: answers.put((result, error)))
    for number in range(50):
        array = np.full((2, 3), number, dtype=np.int32)
        client.async_stream_infer("m", [infer_input("x", "INT32", array)], request_id=str(number))
        for _ in range(2):
            result, error = answers.get(timeout=10)
            check("an answer of the stream", error is None and np.array_equal(result.as_numpy("x"), array), error)
    client.stop_stream()
    check("all messages arrived", len(seen.requests()) == 50)
    client.close()


def deadline_and_cancel(address: str, seen: Seen) -> None:
    stub = rpc.GRPCInferenceServiceStub(grpc.insecure_channel(address))
    request = typed("FP32", "fp32_contents", [1.0], id="slow")
    refused_by(lambda: stub.ModelInfer(request, timeout=0.3), grpc.StatusCode.DEADLINE_EXCEEDED)
    call = stub.ModelInfer.future(request)
    time.sleep(0.3)
    call.cancel()
    for _ in range(100):
        if sum("cancelled" in line for line in (json.loads(text) for text in seen.path.read_text().splitlines())) == 2:
            break
        time.sleep(0.1)
    check("both reached the server as cancelled", sum("cancelled" in line for line in seen.lines()) == 2)


def load(address: str) -> None:
    """Sixteen clients at once, with large and small tensors, some in gzip."""

    def one(number: int) -> int:
        client = triton.InferenceServerClient(address, channel_args=LIMIT)
        random = np.random.default_rng(number)
        done = 0
        for size in (10, 1_000, 100_000):
            for coding in (None, "gzip"):
                array = random.standard_normal(size).astype(np.float32)
                words = np.array([f"word {i}".encode() for i in range(size // 10)], dtype=object)
                inputs = [infer_input("x", "FP32", array), infer_input("t", "BYTES", words)]
                result = client.infer("m", inputs, compression_algorithm=coding)
                done += np.array_equal(result.as_numpy("x"), array) and np.array_equal(result.as_numpy("t"), words)
        client.close()
        return done

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        check("all of the load came back", sum(pool.map(one, range(48))) == 48 * 6)


def hostile(address: str, seen: Seen) -> int:
    """Each is refused with a clear status, and the server sees nothing of it; how many there were."""
    seen.lines()
    refused = 0
    client = triton.InferenceServerClient(address)

    def expect(name: str, call, status: str, rule: str) -> None:
        nonlocal refused
        try:
            call()
        except (InferenceServerException, grpc.RpcError) as error:
            code = error.status() if isinstance(error, InferenceServerException) else str(error.code())
            text = error.message() if isinstance(error, InferenceServerException) else error.details()
            check(f"the status of {name}", code == f"StatusCode.{status}", error)
            check(f"the rule of {name}", f"urn:sentinel:gate:{rule}," in text, text)
            check("no echo", "posix" not in text and "cposix" not in text, text)
            refused += 1
        else:
            raise SystemExit(f"FAILED: {name} came through")

    payloads = (PICKLE, PICKLE4, gzip.compress(PICKLE4), zlib.compress(PICKLE4), base64.b64encode(PICKLE4), b"\x89PNG\r\n\x1a\n" + PICKLE4)
    for payload in payloads:
        for coding in CODINGS:
            words = np.array([b"hello", payload], dtype=object)
            expect("a BYTES element", lambda: client.infer("m", [infer_input("x", "BYTES", words)], compression_algorithm=coding), "INVALID_ARGUMENT", "GATE-PICKLE")
        numbers = np.frombuffer(payload, dtype=np.uint8)
        if payload in (PICKLE4,):
            expect("raw bytes", lambda: client.infer("m", [infer_input("x", "UINT8", numbers)]), "INVALID_ARGUMENT", "GATE-PICKLE")

    words = infer_input("x", "BYTES", np.array([b"hello"], dtype=object))
    text = base64.b64encode(PICKLE4).decode()
    expect("a parameter", lambda: client.infer("m", [words], parameters={"x": text}), "INVALID_ARGUMENT", "GATE-PICKLE")
    expect("a request id", lambda: client.infer("m", [words], request_id=text), "INVALID_ARGUMENT", "GATE-PICKLE")
    expect("a model's name", lambda: client.is_model_ready(PICKLE.decode()), "INVALID_ARGUMENT", "GATE-PICKLE")
    expect("metadata", lambda: client.infer("m", [words], headers={"x-a": text}), "INVALID_ARGUMENT", "GATE-PICKLE")
    expect("shared memory", lambda: shared(client), "INVALID_ARGUMENT", "GATE-TENSOR")
    expect("loading", lambda: client.load_model("m"), "PERMISSION_DENIED", "GATE-METHOD")
    expect("registering", lambda: client.register_system_shared_memory("a", "/a", 1), "PERMISSION_DENIED", "GATE-METHOD")
    expect("tracing", lambda: client.get_trace_settings(), "PERMISSION_DENIED", "GATE-METHOD")
    expect("logging", lambda: client.get_log_settings(), "PERMISSION_DENIED", "GATE-METHOD")

    channel = grpc.insecure_channel(address, LIMIT)
    stub = rpc.GRPCInferenceServiceStub(channel)
    expect("a typed element", lambda: stub.ModelInfer(typed("BYTES", "bytes_contents", [PICKLE4])), "INVALID_ARGUMENT", "GATE-PICKLE")
    expect("typed numbers", lambda: stub.ModelInfer(typed("UINT8", "uint_contents", list(PICKLE4))), "INVALID_ARGUMENT", "GATE-PICKLE")
    request = typed("FP32", "fp32_contents", [1.0])
    request.inputs[0].parameters["content_type"].string_param = "pickle"
    expect("a codec", lambda: stub.ModelInfer(request), "INVALID_ARGUMENT", "GATE-PICKLE-TYPE")
    binary = [("x-a-bin", PICKLE4)]
    expect("binary metadata", lambda: stub.ModelInfer(typed("FP32", "fp32_contents", [1.0]), metadata=binary), "INVALID_ARGUMENT", "GATE-PICKLE")
    expect("too large", lambda: stub.ModelInfer(typed("BYTES", "bytes_contents", [bytes(9 << 20)])), "RESOURCE_EXHAUSTED", "GATE-SIZE")
    bomb = typed("BYTES", "bytes_contents", [bytes(80 << 20)])
    wide = grpc.insecure_channel(address, [("grpc.max_send_message_length", 256 << 20)])
    expect("a bomb", lambda: rpc.GRPCInferenceServiceStub(wide).ModelInfer(bomb, compression=grpc.Compression.Gzip), "RESOURCE_EXHAUSTED", "GATE-BOMB")
    unknown = channel.unary_unary("/other.Service/Predict", request_serializer=bytes, response_deserializer=bytes)
    expect("an unknown service", lambda: unknown(PICKLE4), "UNIMPLEMENTED", "GATE-ROUTE")
    damaged = channel.unary_unary(SERVICE + "ModelInfer", request_serializer=bytes, response_deserializer=bytes)
    expect("no message", lambda: damaged(b"\xff" * 40), "INVALID_ARGUMENT", "GATE-MALFORMED")
    # Field 99 of ModelInferRequest, which it does not have.
    expect("an unknown field", lambda: damaged(b"\x9a\x06" + bytes([len(PICKLE4)]) + PICKLE4), "INVALID_ARGUMENT", "GATE-SCHEMA")
    check("the server saw none of them", seen.lines() == [])
    wide.close()
    channel.close()
    client.close()
    return refused


def shared(client: triton.InferenceServerClient) -> None:
    tensor = triton.InferInput("x", [1], "FP32")
    tensor.set_shared_memory("region", 4)
    client.infer("m", [tensor])


def hostile_stream(address: str, seen: Seen) -> int:
    client = triton.InferenceServerClient(address)
    answers: queue.Queue = queue.Queue()
    seen.lines()
    client.start_stream(lambda result, error: answers.put((result, error)))
    client.async_stream_infer("m", [infer_input("x", "BYTES", np.array([b"hello"], dtype=object))])
    for _ in range(2):
        check("an honest message of the stream", answers.get(timeout=10)[1] is None)
    client.async_stream_infer("m", [infer_input("x", "BYTES", np.array([PICKLE4], dtype=object))])
    _, error = answers.get(timeout=10)
    check("the stream ends with a status", error is not None and error.status() == "StatusCode.INVALID_ARGUMENT", error)
    client.stop_stream()
    check("the server saw the honest message only", len(seen.requests()) == 1)
    client.close()
    return 1


def wait_for_port(channel_address: str) -> None:
    channel = grpc.insecure_channel(channel_address)
    grpc.channel_ready_future(channel).result(timeout=30)
    channel.close()


class Rig:
    """The double, and the gate before it with this configuration; `PORT` and `UPSTREAM` stand for addresses."""

    def __init__(self, config: str):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sentinel-grpc-"))
        self.upstream, self.port, self.admin, self.http = (free_port() for _ in range(4))
        self.seen = Seen(self.folder / "seen.ndjson")
        self.events = self.folder / "events.ndjson"
        text = f"""
version: 1
upstream: http://127.0.0.1:{self.http}
listen: none
admin: 127.0.0.1:{self.admin}
events: [{{to: "file:{self.events}"}}]
routes: [{{dialect: triton}}]
{config}
"""
        text = text.replace("PORT", f'"127.0.0.1:{self.port}"').replace("UPSTREAM", f'"http://127.0.0.1:{self.upstream}"')
        (self.folder / "sentinel-gate.yml").write_text(text)
        with (self.folder / "server.log").open("w") as log:
            command = [sys.executable, str(HERE / "server.py"), str(self.upstream)]
            self.server = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "SEEN": str(self.seen.path)})
        self.gate = start_gate(self.folder / "sentinel-gate.yml")
        self.address = f"127.0.0.1:{self.port}"

    def ready(self) -> None:
        wait_for_port(f"127.0.0.1:{self.upstream}")
        wait_for(f"http://127.0.0.1:{self.admin}/readyz")


def proxied(isolation: str) -> None:
    rig = Rig(f"inspection: {{isolation: {isolation}}}\ngrpc: {{listen: PORT, upstream: UPSTREAM}}")
    try:
        rig.ready()
        honest(rig.address, rig.seen, f"127.0.0.1:{rig.upstream}")
        streaming(rig.address, rig.seen)
        deadline_and_cancel(rig.address, rig.seen)
        load(rig.address)
        check_quiet(rig.events)
        refused = hostile(rig.address, rig.seen) + hostile_stream(rig.address, rig.seen)
        lines = check_accounts(rig.events, rig.admin, refused)
        check("of the class", all(line["class_uid"] == 2004 and line["disposition_id"] == 2 for line in lines))
        stop(rig.gate)
    finally:
        kill(rig.gate, rig.server)


def behind_envoy() -> None:
    """Envoy in front, which asks the gate about each request; its configuration is the one of the documentation."""
    rig = Rig("grpc: {}\next_proc: {listen: PORT}")
    edge = free_port()
    text = (HERE.parent.parent.parent / "docs/gate/envoy.yaml").read_text()
    for documented, own in ((8000, rig.http), (8001, rig.upstream), (9002, rig.port), (8080, edge)):
        check("the documented port", f"port_value: {documented}" in text, documented)
        text = text.replace(f"port_value: {documented}", f"port_value: {own}")
    (rig.folder / "envoy.yaml").write_text(text.replace("0.0.0.0", "127.0.0.1"))
    http = subprocess.Popen([sys.executable, str(HERE / "echo.py"), str(rig.http)], stdout=subprocess.DEVNULL)
    with (rig.folder / "envoy.log").open("w") as log:
        command = [pathlib.Path(sys.executable).parent / "envoy", "-c", rig.folder / "envoy.yaml", "--concurrency", "1", "--base-id", str(os.getpid() % 30_000)]
        envoy = subprocess.Popen(command, stdout=log, stderr=log)
    address = f"127.0.0.1:{edge}"
    try:
        rig.ready()
        wait_for(f"http://{address}/v2/health/ready")
        honest(address, rig.seen, f"127.0.0.1:{rig.upstream}")
        load(address)
        refused = through_envoy(f"http://{address}")
        check_quiet_but(rig.events, refused)
        refused += hostile(address, rig.seen)
        check_accounts(rig.events, rig.admin, refused)
        # Envoy without the gate: nothing passes.
        kill(rig.gate)
        check("it fails closed", httpx.get(f"http://{address}/v2/health/ready").status_code == 500)
    except SystemExit:
        print((rig.folder / "envoy.log").read_text()[-3000:])
        raise
    finally:
        kill(rig.gate, rig.server, http, envoy)


def check_quiet_but(events: pathlib.Path, refused: int) -> None:
    check("no event of an honest request", len(events.read_text().splitlines()) == refused)


def through_envoy(url: str) -> int:
    """Requests of HTTP; how many were refused."""
    infer = f"{url}/v2/models/m/infer"

    def tensor(value: object, datatype: str) -> dict:
        return {"inputs": [{"name": "x", "shape": [1], "datatype": datatype, "data": [value]}]}

    body = tensor(1.5, "FP32")
    answer = httpx.post(infer, json=body)
    check("an honest request", answer.status_code == 200 and answer.json() == body, answer.text)
    large = json.dumps({"inputs": [{"name": "x", "shape": [90_000], "datatype": "FP32", "data": [0.123456] * 90_000}]})
    answer = httpx.post(infer, content=large, headers={"content-type": "application/json"})
    check("a large one", answer.status_code == 200 and answer.text == large, answer.status_code)
    chunked = httpx.post(infer, content=iter([large[:1000].encode(), large[1000:].encode()]), headers={"content-type": "application/json"})
    check("in chunks", chunked.text == large, chunked.status_code)
    refusals = [
        (400, "GATE-PICKLE", dict(json=tensor(base64.b64encode(PICKLE).decode(), "BYTES"))),
        (400, "GATE-PICKLE", dict(content=gzip.compress(json.dumps(tensor(base64.b64encode(PICKLE4).decode(), "BYTES")).encode()), headers={"content-type": "application/json", "content-encoding": "gzip"})),
        (415, "GATE-PICKLE-TYPE", dict(content=PICKLE4, headers={"content-type": "application/x-pickle"})),
        (422, "GATE-SCHEMA", dict(json={"inputs": 1})),
        (400, "GATE-PICKLE", dict(json=body, headers={"x-a": base64.b64encode(PICKLE4).decode()})),
    ]
    for status, rule, request in refusals:
        answer = httpx.post(infer, **request)
        check(f"{rule}", answer.status_code == status and answer.json()["type"] == f"urn:sentinel:gate:{rule}", answer.text)
        check("a problem document", answer.headers["content-type"] == "application/problem+json")
    answer = httpx.get(f"{url}/nowhere")
    check("no route", answer.status_code == 404, answer.text)
    return len(refusals) + 1


if __name__ == "__main__":
    subprocess.run([sys.executable, str(HERE / "differential.py"), "--messages", "60000", "--seed", os.environ.get("PROPERTY_SEED", "1")], check=True)
    for isolation in ("thread", "process"):
        proxied(isolation)
    behind_envoy()
    told("grpcio, and of Envoy before it")
