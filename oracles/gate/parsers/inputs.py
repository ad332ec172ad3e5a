"""Inputs of a seed: forms, multipart bodies, JSON and base64 that hold payloads, and are changed at random.

The payloads name `posix.system` with the argument `true`; nothing loads them.
"""

import base64
import json
import random
import urllib.parse

TEXT = b"cposix\nsystem\n(S'true'\ntR."
BINARY = b"\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R."
PAYLOADS = [TEXT, BINARY, b"\x80\x04" + BINARY, b"\x80\x01" + BINARY, b"\x00\x07" + BINARY]
BOUNDARY = "x1y2"
CODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
CHARSETS = ["", "", "", "; charset=utf-8", "; charset=latin-1", "; charset=utf-16", "; charset=utf-7", "; charset=utf-16-le"]


def encoded(rng: random.Random) -> bytes:
    """A payload as a value may have it."""
    payload = rng.choice(PAYLOADS)
    how = rng.randrange(7)
    if how == 0:
        return payload
    if how == 6:
        return payload.decode("latin-1").encode()
    if how == 1:
        return payload.hex().encode()
    text = base64.urlsafe_b64encode(payload) if how == 2 else base64.b64encode(payload)
    return scattered(rng, text) if how > 3 else text


def scattered(rng: random.Random, text: bytes) -> bytes:
    """With bytes between that base64 does not have."""
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice([b";", b"\n", b"\x07", b" ", b"!", b"\x00", b"=", b"-", b"\xff", b"%", b"\r\n"]) + text[at:]
    return text


def mutated(rng: random.Random, body: bytes, parts: list[bytes]) -> bytes:
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(body) + 1)
        body = body[:at] + rng.choice(parts) + body[at + rng.randrange(3) :]
    return body


def a_form(rng: random.Random) -> tuple[str, bytes]:
    pairs = []
    for _ in range(rng.randrange(1, 4)):
        value = encoded(rng) if rng.random() < 0.5 else b"word"
        quoted = value if rng.random() < 0.4 else urllib.parse.quote_from_bytes(value, safe="+/;").encode()
        pairs.append(rng.choice([b"a=", b"b[]=", b"", b"=", b"a=1;b=", b"c=d="]) + quoted)
    body = rng.choice([b"&", b"&", b";", b"&;"]).join(pairs)
    return "application/x-www-form-urlencoded" + rng.choice(CHARSETS), mutated(rng, body, [b"&", b";", b"=", b"+", b"%26", b"%", b"\n"])


def a_part(rng: random.Random) -> bytes:
    value = encoded(rng) if rng.random() < 0.5 else b"word"
    name = rng.choice(["a", "b", "a", "b", base64.b64encode(rng.choice(PAYLOADS)).decode(), "_charset_"])
    file = rng.choice(
        ["", "", "", '; filename="x"', '; filename="%s"' % base64.b64encode(rng.choice(PAYLOADS)).decode(), "; filename*=utf-8''x%41"]
    )
    head = f'Content-Disposition: form-data; name="{name}"{file}\r\n'
    head += rng.choice(
        ["", "", "Content-Type: text/plain\r\n", "Content-Type: text/plain; charset=utf-16\r\n", "Content-Type: image/png\r\n", "Content-Type: application/json\r\n", "Content-Type: image/png; charset=utf-16\r\n"]
    )
    head += rng.choice(["", "", "", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n"])
    if "utf-16" in head:
        value = value.decode("latin-1").encode("utf-16-le")
    return head.encode() + b"\r\n" + value


def a_multipart(rng: random.Random) -> tuple[str, bytes]:
    mark = b"--" + BOUNDARY.encode()
    body = rng.choice([b"", b"", b"", b"preamble\r\n", base64.b64encode(PAYLOADS[2]) + b"\r\n"])
    for _ in range(rng.randrange(1, 4)):
        body += mark + b"\r\n" + a_part(rng) + b"\r\n"
    body += mark + b"--" + rng.choice([b"\r\n", b"", b"\r\nepilogue"])
    ends = [b"\r\n", b"\n", b"\r", mark, b"\n" + mark + b"\n", b"\r" + mark + b"\r", b" ", b"--", b"\r\n\r\n", b'"', b";"]
    boundary = rng.choice([BOUNDARY, BOUNDARY, BOUNDARY, f'"{BOUNDARY}"', f"{BOUNDARY} ", f"{BOUNDARY}; boundary=other"])
    return f"multipart/form-data; boundary={boundary}{rng.choice(CHARSETS)}", mutated(rng, body, ends)


def a_value(rng: random.Random, depth: int) -> object:
    kind = rng.randrange(7 if depth < 3 else 4)
    if kind < 2:
        return encoded(rng).decode("latin-1") if rng.random() < 0.6 else "word"
    if kind == 2:
        return rng.choice([1, -0.5, None, True, float("nan"), "word"])
    if kind == 3:
        return json.dumps(a_value(rng, 3)) if depth < 3 else "word"
    if kind == 4:
        return {rng.choice(["a", "b", "py/id"]): a_value(rng, depth + 1) for _ in range(2)}
    return [a_value(rng, depth + 1) for _ in range(rng.randrange(4))]


def a_json(rng: random.Random) -> tuple[str, bytes]:
    text = json.dumps(a_value(rng, 0), ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.3:
        text = mutated(rng, text.encode(), [b'"', b",", b"[", b"\n", b"NaN", b"\\"]).decode("utf-8", "replace")
    kind = rng.choice(["application/octet-stream", "text/plain", "application/json"])
    if rng.random() < 0.2:
        charset = rng.choice(["utf-16", "utf-16-le", "utf-7", "utf-32", "latin-1", "utf-8"])
        return f"{kind}; charset={charset}", text.encode(charset, "replace")
    return kind, text.encode(rng.choice(CODINGS))


def a_base64(rng: random.Random) -> tuple[str, bytes]:
    text = base64.b64encode(rng.choice(PAYLOADS) + rng.randbytes(rng.randrange(4)))
    if rng.random() < 0.5:
        text = text.replace(b"+", b"-").replace(b"/", b"_")
    if rng.random() < 0.2:
        text = base64.b64encode(rng.randbytes(rng.randrange(8, 48)))
    kind = rng.choice(["application/octet-stream", "text/plain"])
    return kind, mutated(rng, scattered(rng, text), [b"=", b"==", b"-", b"\n", b"\x80"])


MAKERS = [a_form, a_multipart, a_json, a_base64]
