"""The gate's reader of ModelInferRequest against protobuf's own in Python: what a server would read is what the gate has
inspected.

    python oracles/gate/grpc/differential.py --messages 20000 --seed 1

Requests of a generator are changed byte by byte and field by field. Where the gate refuses none of it, and protobuf reads it,
all texts and the bytes of all tensors have to be the same, and there is no field that protobuf does not know. Requests that are
not changed are never refused.
"""

import argparse
import base64
import collections
import json
import pathlib
import random
import subprocess

import numpy as np
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet
from tritonclient.grpc import service_pb2 as pb

HERE = pathlib.Path(__file__).resolve().parent
FIELDS = {
    "BOOL": ("bool_contents", np.bool_),
    "INT8": ("int_contents", np.int8),
    "INT16": ("int_contents", np.int16),
    "INT32": ("int_contents", np.int32),
    "INT64": ("int64_contents", np.int64),
    "UINT8": ("uint_contents", np.uint8),
    "UINT16": ("uint_contents", np.uint16),
    "UINT32": ("uint_contents", np.uint32),
    "UINT64": ("uint64_contents", np.uint64),
    "FP32": ("fp32_contents", np.float32),
    "FP64": ("fp64_contents", np.float64),
}


def words(rng: random.Random) -> str:
    return rng.choice(["", "x", "resnet50", "déjà vu", "a" * 130, "cos\nsystem\n.", "7"])


def parameters(rng: random.Random, owner) -> None:
    for _ in range(rng.randrange(3)):
        parameter = owner.parameters[f"{words(rng)}{rng.randrange(9)}"]
        kind = rng.randrange(6)
        if kind == 0:
            parameter.bool_param = rng.random() < 0.5
        elif kind == 1:
            parameter.int64_param = rng.randrange(-(2**63), 2**63)
        elif kind == 2:
            parameter.double_param = rng.random()
        elif kind == 3:
            parameter.uint64_param = rng.randrange(2**64)
        elif kind == 4:
            parameter.string_param = words(rng)


def request(rng: random.Random) -> pb.ModelInferRequest:
    made = pb.ModelInferRequest(model_name=words(rng), model_version=words(rng), id=words(rng))
    parameters(rng, made)
    is_raw = rng.random() < 0.5
    for _ in range(rng.randrange(4)):
        tensor = made.inputs.add(name=words(rng), datatype=rng.choice([*FIELDS, "BYTES"]))
        parameters(rng, tensor)
        count = rng.randrange(4)
        tensor.shape.extend([count, 1][: rng.randrange(1, 3)])
        if tensor.datatype == "BYTES":
            elements = [rng.randbytes(rng.randrange(20)) for _ in range(count)]
            if is_raw:
                made.raw_input_contents.append(with_lengths(elements))
            else:
                tensor.contents.bytes_contents.extend(elements)
            continue
        field, kind = FIELDS[tensor.datatype]
        array = np.frombuffer(rng.randbytes(count * np.dtype(kind).itemsize), dtype=kind)
        if kind is np.bool_:
            array = np.array([rng.random() < 0.5 for _ in range(count)], dtype=np.bool_)
        if is_raw:
            made.raw_input_contents.append(array.tobytes())
        else:
            getattr(tensor.contents, field).extend(array.tolist())
    for _ in range(rng.randrange(2)):
        parameters(rng, made.outputs.add(name=words(rng)))
    return made


def with_lengths(elements: list[bytes]) -> bytes:
    return b"".join(len(element).to_bytes(4, "little") + element for element in elements)


def changed(rng: random.Random, data: bytes, other: bytes) -> bytes:
    """One to three changes: bits, bytes, pieces of another message, a field of its own behind it."""
    for _ in range(rng.randrange(1, 4)):
        at, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        kind = rng.randrange(6)
        if kind == 0 and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + rng.randbytes(rng.randrange(1, 4)) + data[at:]
        elif kind == 2:
            data = data[:at] + data[end:]
        elif kind == 3:
            data = data + other
        elif kind == 4:
            data = data[:at] + data[at:end] + data[at:]
        else:
            number = rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 99])
            key = (number << 3) | rng.choice([0, 1, 2, 5])
            data = data + bytes([key & 0x7F | (0x80 if key > 0x7F else 0), *([key >> 7] if key > 0x7F else [])]) + rng.randbytes(9)
    return data


def read(message: pb.ModelInferRequest) -> tuple[collections.Counter, list]:
    """Texts and tensors, as a server has them."""
    found: list[str] = [message.model_name, message.model_version, message.id]
    kinds = []

    def add(owner) -> str | None:
        for key, value in owner.parameters.items():
            found.extend([key, value.string_param])
        return owner.parameters["content_type"].string_param if "content_type" in owner.parameters else None

    rest = [add(message)]
    for index, tensor in enumerate(message.inputs):
        found.extend([tensor.name, tensor.datatype])
        content_type = add(tensor)
        kinds.append((tensor.datatype, bytes_of(message, index), content_type))
    for output in message.outputs:
        found.append(output.name)
        rest.append(add(output))
    kinds.extend(("BYTES", b"", one) for one in rest if one is not None)
    return collections.Counter(text for text in found if text != ""), kinds


def bytes_of(message: pb.ModelInferRequest, index: int) -> bytes:
    tensor = message.inputs[index]
    if len(message.raw_input_contents) > 0:
        return message.raw_input_contents[index]
    if tensor.datatype == "BYTES":
        return with_lengths(tensor.contents.bytes_contents)
    if tensor.datatype not in FIELDS:
        return b""
    field, kind = FIELDS[tensor.datatype]
    values = getattr(tensor.contents, field)
    width = np.dtype(kind).itemsize
    if field in ("int_contents", "uint_contents", "int64_contents", "uint64_contents"):
        # Cut to the width, as a cast in C does it.
        return b"".join((value & (2 ** (8 * width) - 1)).to_bytes(width, "little") for value in values)
    return np.array(values, dtype=kind).tobytes()


def unknown(message) -> bool:
    """Whether there is a field that protobuf does not know, at any depth."""
    if len(UnknownFieldSet(message)) > 0:
        return True
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        inner = value.values() if field.message_type.GetOptions().map_entry else value if field.is_repeated else [value]
        if any(hasattr(one, "ListFields") and unknown(one) for one in inner):
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    originals = [request(rng).SerializeToString() for _ in range(arguments.messages // 4)]
    cases = [(data, True) for data in originals]
    while len(cases) < arguments.messages:
        cases.append((changed(rng, rng.choice(originals), rng.choice(originals)), False))
    gate = subprocess.run(
        ["node", str(HERE / "opened.mjs")],
        input=b"".join(base64.b64encode(data) + b"\n" for data, _ in cases),
        stdout=subprocess.PIPE,
        check=True,
    )
    counts: collections.Counter = collections.Counter()
    for (data, is_honest), line in zip(cases, gate.stdout.decode().splitlines(), strict=True):
        seen = json.loads(line)
        if "refused" in seen:
            if is_honest:
                raise SystemExit(f"FAILED: an honest request is refused: {seen} {data.hex()}")
            counts[f"refused, {seen['refused']}"] += 1
            continue
        try:
            message = pb.ModelInferRequest.FromString(data)
        except DecodeError:
            counts["passed on, and protobuf refuses it"] += 1
            continue
        found, tensors = read(message)
        same = found == collections.Counter(seen["texts"]) and [list(one) for one in tensors] == [
            [one["datatype"], base64.b64decode(one["bytes"]), one["contentType"]] for one in seen["tensors"]
        ]
        if not same or unknown(message):
            raise SystemExit(f"FAILED: the gate saw something else: {seen} {found} {tensors} {data.hex()}")
        counts["the same, unchanged" if is_honest else "the same, changed"] += 1
    for what, count in sorted(counts.items()):
        print(f"{count:8} {what}")
    if counts["the same, changed"] < arguments.messages // 50:
        raise SystemExit("FAILED: too few changed messages were compared")


if __name__ == "__main__":
    main()
