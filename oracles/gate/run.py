"""The gate before a real server, with real clients: tritonclient, openai and httpx through `sentinel gate` to uvicorn.

    python oracles/gate/run.py

Needs `npm run build` and the packages of oracles/gate/requirements.txt. Everything listens on loopback. The hostile bodies
name `posix.system` with the argument `true`; nothing loads them.
"""

import base64
import gzip
import pathlib
import sys

import httpx
import numpy as np
import openai
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

from gate_kit import PICKLE, PICKLE4, Place, Server, check, show, told

HERE = pathlib.Path(__file__).resolve().parent
ROUTES = """
routes:
  - dialect: triton
  - dialect: openai-chat
  - dialect: openai-embeddings
  - path: /upload
    content_types: [multipart/form-data]
  - path: /seen
    methods: [GET]
"""


def honest(place: Place) -> None:
    client = triton.InferenceServerClient(place.address)
    check("ready", client.is_server_ready())
    for binary in (True, False):
        numbers = np.linspace(-1, 1, 1000, dtype=np.float32).reshape(10, 100)
        words = np.array(["hello", "What is (a)?\n.", "déjà vu"], dtype=object)
        inputs = [triton.InferInput("x", [10, 100], "FP32"), triton.InferInput("t", [3], "BYTES")]
        inputs[0].set_data_from_numpy(numbers, binary_data=binary)
        inputs[1].set_data_from_numpy(words, binary_data=binary)
        result = client.infer("m", inputs)
        check("numbers come back", np.allclose(result.as_numpy("x"), numbers), binary)
        told = [word.decode() if isinstance(word, bytes) else word for word in result.as_numpy("t")]
        check("words come back", told == list(words), told)
    client.close()

    api = openai.OpenAI(base_url=f"{place.url}/v1", api_key="none", max_retries=0)
    text = "What does `cos\nsystem` mean?"
    messages = [{"role": "user", "content": text}]
    answer = api.chat.completions.create(model="m", messages=messages, temperature=0.5)
    check("chat", answer.choices[0].message.content == f"you said: {text}")
    # The client hangs up at [DONE], with or without the last chunk: an answer that passed.
    stream = api.chat.completions.create(model="m", messages=messages, stream=True)
    pieces = [piece.choices[0].delta.content or "" for piece in stream]
    check("streamed chat", "".join(pieces).strip() == f"you said: {text}" and len(pieces) > 3, pieces)
    with api.chat.completions.with_streaming_response.create(model="m", messages=messages, stream=True) as answer:
        lines = [line.removeprefix("data: ") for line in answer.iter_lines() if line.startswith("data: ")]
    check("the stream ends", lines.pop() == "[DONE]", lines)
    vector = api.embeddings.create(model="m", input="The food was delicious", encoding_format="float")
    check("embeddings", vector.data[0].embedding == [0.5, 0.25])

    image = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    answer = httpx.post(f"{place.url}/upload", files={"file": ("a.png", image, "image/png")})
    check("upload", answer.json() == {"name": "a.png", "bytes": len(image)}, answer.text)


def hostile(place: Place) -> int:
    """Each is refused; how many there were."""
    refused = 0
    url = place.url
    client = triton.InferenceServerClient(place.address)
    for payload in (PICKLE, PICKLE4, gzip.compress(PICKLE4)):
        tensor = triton.InferInput("x", [1], "BYTES")
        tensor.set_data_from_numpy(np.array([payload], dtype=object), binary_data=True)
        try:
            client.infer("m", [tensor])
            raise SystemExit("FAILED: a pickle in a tensor came through")
        except InferenceServerException as error:
            check("a tensor", "400" in str(error.status()) or "executable" in str(error), error)
        refused += 1
        text = base64.b64encode(payload).decode()
        api = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
        for content in (text, [{"type": "image_url", "image_url": {"url": f"data:image/png;base64,{text}"}}]):
            try:
                api.chat.completions.create(model="m", messages=[{"role": "user", "content": content}])
                raise SystemExit("FAILED: a pickle in a chat came through")
            except openai.BadRequestError as error:
                check("a chat", error.status_code == 400, error)
            refused += 1
        for kind in ("image/png", "application/octet-stream"):
            answer = httpx.post(f"{url}/upload", files={"file": ("a.png", payload, kind)})
            check("an upload", answer.status_code == 400, answer.text)
            check("a problem document", answer.headers["content-type"] == "application/problem+json")
            check("no echo", "system" not in answer.text, answer.text)
            refused += 1
    try:
        api.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}], extra_body={"logits_processor": "y"})
        raise SystemExit("FAILED: an unknown field came through")
    except openai.UnprocessableEntityError:
        refused += 1
    client.close()
    return refused


def unseen(place: Place) -> int:
    """`hostile`, of which the server behind the gate sees nothing."""

    def seen() -> list:
        return httpx.get(f"{place.upstream}/seen").json()

    before = seen()
    refused = hostile(place)
    after = seen()
    check("the server saw none of them", len(after) == len(before) + 1, after[len(before) :])
    return refused


def server(_folder: pathlib.Path, port: int) -> Server:
    return Server([sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "warning"], HERE, "/seen")


if __name__ == "__main__":
    for isolation in ("thread", "process"):
        lines = show(f"inspection: {{isolation: {isolation}}}\n{ROUTES}", server, honest, unseen)
        check("of the class", all(line["class_uid"] == 2004 and line["disposition_id"] == 2 for line in lines))
    told("uvicorn")
