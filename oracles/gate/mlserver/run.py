"""The gate before MLServer, with MLServer's own types and codecs and tritonclient as clients.

    python oracles/gate/mlserver/run.py

Needs `npm run build` and the packages of oracles/gate/mlserver/requirements.txt. Everything listens on loopback. The
hostile bodies name `posix.system` with the argument `true`; nothing loads them.
"""

import base64
import gzip
import json
import pathlib
import shutil
import sys

import httpx
import numpy as np
import pandas as pd
import tritonclient.http as triton
from mlserver.codecs import Base64Codec, NumpyCodec, NumpyRequestCodec, PandasCodec, StringCodec, StringRequestCodec
from mlserver.types import InferenceRequest, InferenceResponse, Parameters
from tritonclient.utils import InferenceServerException

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from gate_kit import PICKLE, PICKLE4, Place, Server, check, free_port, show, told  # noqa: E402

JSON_TYPE = {"Content-Type": "application/json"}


def ask(url: str, request: InferenceRequest) -> InferenceResponse:
    # As the clients of MLServer write it: null for what is not there.
    answer = httpx.post(f"{url}/v2/models/echo/infer", content=request.model_dump_json(), headers=JSON_TYPE)
    check("an answer", answer.status_code == 200, answer.text)
    return InferenceResponse.model_validate_json(answer.text)


def honest(place: Place) -> None:
    url, address = place.url, place.address
    for path in ("/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/echo", "/v2/models/echo/ready"):
        check(path, httpx.get(url + path).status_code == 200)
    numbers = np.linspace(-1, 1, 600, dtype=np.float64).reshape(20, 30)
    answer = ask(url, NumpyRequestCodec.encode_request(numbers))
    check("numbers", np.allclose(NumpyCodec.decode_output(answer.outputs[0]), numbers))
    words = ["hello", "What is (a)?\n.", "déjà vu", "UHl0aG9uIGlzIGZ1bg=="]
    answer = ask(url, StringRequestCodec.encode_request(words, use_bytes=False))
    check("words", StringCodec.decode_output(answer.outputs[0]) == words)
    frame = pd.DataFrame({"Age": [34, 22], "Height": [1.75, 1.8]})
    answer = ask(url, PandasCodec.encode_request(frame, use_bytes=False))
    check("columns", [one.name for one in answer.outputs] == list(frame.columns), answer)
    image = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    answer = ask(url, InferenceRequest(inputs=[Base64Codec.encode_input("image", [image], use_bytes=False)]))
    check("an image", Base64Codec.decode_output(answer.outputs[0]) == [image])
    request = StringRequestCodec.encode_request(["one two three"], use_bytes=False)
    with httpx.stream(
        "POST", f"{url}/v2/models/echo/generate_stream", content=request.model_dump_json(), headers=JSON_TYPE
    ) as answer:
        lines = [line for line in answer.iter_lines() if line.startswith("data:")]
    check("a stream", answer.status_code == 200 and len(lines) == 3, lines)

    client = triton.InferenceServerClient(address)
    tensor = triton.InferInput("x", [20, 30], "FP64")
    tensor.set_data_from_numpy(numbers, binary_data=False)
    output = triton.InferRequestedOutput("x", binary_data=False)
    check("tritonclient", np.allclose(client.infer("echo", [tensor], outputs=[output]).as_numpy("x"), numbers))
    client.close()


def hostile(place: Place) -> int:
    """Each is refused; how many there were."""
    url, address = place.url, place.address
    refused = 0
    bodies = []
    for payload in (PICKLE, PICKLE4, gzip.compress(PICKLE4)):
        bodies.append(InferenceRequest(inputs=[Base64Codec.encode_input("x", [payload], use_bytes=False)]))
        text = base64.b64encode(payload).decode()
        bodies.append(StringRequestCodec.encode_request([json.dumps({"model": text})], use_bytes=False))
        bodies.append(InferenceRequest(id=text, inputs=[NumpyCodec.encode_input("x", np.ones(3))]))
    typed = NumpyRequestCodec.encode_request(np.ones(3))
    typed.inputs[0].parameters = Parameters(content_type="pickle")
    bodies.append(typed)
    for request in bodies:
        answer = httpx.post(f"{url}/v2/models/echo/infer", content=request.model_dump_json(), headers=JSON_TYPE)
        check("refused", answer.status_code in (400, 415), (answer.status_code, answer.text))
        check("a problem document", answer.headers["content-type"] == "application/problem+json")
        check("no echo", "system" not in answer.text, answer.text)
        refused += 1
    client = triton.InferenceServerClient(address)
    tensor = triton.InferInput("x", [1], "BYTES")
    tensor.set_data_from_numpy(np.array([base64.b64encode(PICKLE4)], dtype=object), binary_data=False)
    try:
        client.infer("echo", [tensor])
        raise SystemExit("FAILED: a pickle of tritonclient came through")
    except InferenceServerException as error:
        check("tritonclient", "400" in str(error.status()) or "executable" in str(error), error)
    refused += 1
    client.close()
    for path in ("/v2/repository/index", "/v2/repository/models/echo/unload"):
        check(path, httpx.post(url + path, json={}).status_code == 404)
        refused += 1
    return refused


def server(folder: pathlib.Path, port: int) -> Server:
    model = folder / "model"
    model.mkdir()
    shutil.copy(HERE / "echo_model.py", model)
    settings = {"host": "127.0.0.1", "http_port": port, "grpc_port": free_port(), "metrics_port": free_port()}
    settings |= {"parallel_workers": 0, "gzip_enabled": False, "metrics_endpoint": None}
    (model / "settings.json").write_text(json.dumps(settings))
    (model / "model-settings.json").write_text(json.dumps({"name": "echo", "implementation": "echo_model.Echo"}))
    command = [sys.executable, "-c", "from mlserver.cli import main; main()", "start", str(model)]
    return Server(command, model, "/v2/models/echo/ready")


if __name__ == "__main__":
    show("routes:\n  - dialect: mlserver\n", server, honest, hostile)
    told("MLServer")
