"""The gate before BentoML, with BentoML's own client and httpx as clients.

    python oracles/gate/bentoml/run.py

Needs `npm run build` and the packages of oracles/gate/bentoml/requirements.txt. Everything listens on loopback. The
hostile bodies name `posix.system` with the argument `true`; nothing loads them.
"""

import base64
import gzip
import os
import pathlib
import sys

import bentoml
import httpx

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from gate_kit import PICKLE, PICKLE4, Place, Server, check, show, told  # noqa: E402

ROUTES = """
routes:
  - {path: /readyz, methods: [GET]}
  - {path: /schema.json, methods: [GET]}
  - path: /text
    schema: {type: object, properties: {text: {type: string, maxLength: 4000}}, required: [text]}
  - path: /total
    schema: {type: object, properties: {numbers: {type: array, items: {type: number}}}, required: [numbers]}
  - path: /size
    content_types: [multipart/form-data]
    body_limit: 64MiB
    stream: {above: 256KiB}
"""


def honest(place: Place) -> None:
    url = place.url
    with bentoml.SyncHTTPClient(url) as client:
        for text in ("hello", "What is (a)?\n.", "déjà vu"):
            check("text", client.text(text=text) == text)
        check("numbers", client.total(numbers=[1.5, 2, -0.25]) == 3.25)
    answer = httpx.post(f"{url}/size", files={"file": ("a.bin", os.urandom(9_000))}, data={"note": "small"})
    check("a small file", answer.text == "9000", answer.text)
    # Larger than what is held: it passes while it is looked at.
    answer = httpx.post(f"{url}/size", files={"file": ("a.bin", os.urandom(5_000_000))}, data={"note": "large"})
    check("a large file", answer.text == "5000000", answer.text)


def hostile(place: Place) -> int:
    """Each is refused; how many there were."""
    url = place.url
    refused = 0

    def no(expected: tuple[int, ...], path: str, **request: object) -> None:
        nonlocal refused
        answer = httpx.post(url + path, **request)
        check(path, answer.status_code in expected, (answer.status_code, answer.text))
        check("a problem document", answer.headers["content-type"] == "application/problem+json")
        check("no echo", "system" not in answer.text, answer.text)
        refused += 1

    # How BentoML's runners talk to each other, and what made its servers run what a client sent.
    for kind in ("application/vnd.bentoml+pickle", "application/vnd.bentoml.multiple-outputs+pickle", "application/pickle"):
        no((415,), "/text", content=PICKLE4, headers={"Content-Type": kind})
    headers = {"Payload-Container": "PickleContainer", "Payload-Meta": "{}", "Content-Type": "application/json"}
    no((415,), "/total", content=b'{"numbers": [1]}', headers=headers)
    for payload in (PICKLE, PICKLE4, gzip.compress(PICKLE4)):
        no((400,), "/text", json={"text": base64.b64encode(payload).decode()})
        no((400,), "/size", files={"file": ("a.bin", payload)})
    no((400, 422), "/total", json={"numbers": [base64.b64encode(PICKLE4).decode()]})
    no((404,), "/runner", content=b"")
    large = bytearray(os.urandom(2_000_000))
    large[1_500_000 : 1_500_000 + len(PICKLE4)] = PICKLE4
    try:
        status = httpx.post(f"{url}/size", files={"file": ("a.bin", bytes(large))}).status_code
    except httpx.TransportError:
        status = 400  # the connection ended within the upload
    check("a pickle in a file that passes", status == 400, status)
    return refused + 1


def server(folder: pathlib.Path, port: int) -> Server:
    command = [sys.executable, "-m", "bentoml", "serve", "service:Echo", "--host", "127.0.0.1", "--port", str(port)]
    return Server(command, HERE, "/readyz", {"BENTOML_DO_NOT_TRACK": "True", "BENTOML_HOME": str(folder)})


if __name__ == "__main__":
    show(ROUTES, server, honest, hostile)
    told("BentoML")
