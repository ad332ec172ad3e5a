"""What servers hand to their applications of a body: Werkzeug and Flask, Starlette, aiohttp, Django, and Python's json and base64."""

import asyncio
import base64
import binascii
import io
import json
import urllib.parse

import django.conf
from aiohttp import MultipartReader, StreamReader
from aiohttp.base_protocol import BaseProtocol
from flask import Flask
from multidict import CIMultiDict, CIMultiDictProxy
from starlette.requests import Request

django.conf.settings.configure(DEFAULT_CHARSET="utf-8", SECRET_KEY="none", DATA_UPLOAD_MAX_NUMBER_FIELDS=None)

from django.core.files.uploadhandler import MemoryFileUploadHandler  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.http.multipartparser import MultiPartParser  # noqa: E402

from inputs import BOUNDARY  # noqa: E402

app = Flask("oracle")
ENVIRON = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/",
    "QUERY_STRING": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": io.StringIO(),
    "wsgi.multithread": False,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


def of_flask(kind: str, body: bytes) -> list:
    environ = {**ENVIRON, "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    request = app.request_class(environ)
    found = [item for pair in request.form.items(multi=True) for item in pair]
    for name, file in request.files.items(multi=True):
        found += [name, file.filename or "", file.read(), *(value for _, value in file.headers)]
    return found


async def of_starlette(kind: str, body: bytes) -> list:
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind.encode())], "query_string": b"", "path": "/"}
    form = await Request(scope, receive).form()
    found = []
    for name, value in form.multi_items():
        found.append(name)
        found += [value] if isinstance(value, str) else [value.filename or "", await value.read(), *value.headers.values()]
    return found


def charset_of(kind: str, default: str = "utf-8") -> str:
    return kind.partition("charset=")[2] or default


async def of_aiohttp(kind: str, body: bytes) -> list:
    if kind.startswith("application/"):
        charset = charset_of(kind)
        pairs = urllib.parse.parse_qsl(body.rstrip().decode(charset), keep_blank_values=True, encoding=charset)
        return [item for pair in pairs for item in pair]
    loop = asyncio.get_running_loop()
    stream = StreamReader(BaseProtocol(loop), 2**16, loop=loop)
    stream.feed_data(body)
    stream.feed_eof()
    found = []
    reader = MultipartReader(CIMultiDictProxy(CIMultiDict({"Content-Type": kind})), stream)
    while (part := await reader.next()) is not None:
        found += [part.name or "", part.filename or "", *part.headers.values()]
        raw = bytes(await part.read(decode=False))
        found += [raw, bytes(part.decode(raw))] if hasattr(part, "decode") else [raw]
        try:
            found.append(raw.decode(part.get_charset(default="utf-8")))
        except (LookupError, UnicodeError):
            pass
    return found


def of_django(kind: str, body: bytes) -> list:
    charset = charset_of(kind)
    if kind.startswith("application/"):
        return [item for name, values in QueryDict(body, encoding=charset).lists() for item in [name, *values]]
    handler = MemoryFileUploadHandler()
    meta = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
    handler.handle_raw_input(io.BytesIO(), meta, len(body), BOUNDARY)
    post, files = MultiPartParser(meta, io.BytesIO(body), [handler], charset).parse()
    found = [item for name, values in post.lists() for item in [name, *values]]
    for name, values in files.lists():
        for file in values:
            found += [name, file.name or "", file.read()]
    return found


def strings(value: object) -> list:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [item for pair in value.items() for part in pair for item in strings(part)]
    return [item for part in value for item in strings(part)] if isinstance(value, list) else []


def of_text(kind: str, body: bytes) -> list:
    """aiohttp's `request.text()` and `request.json()` go by the charset that the type names."""
    text = body.decode(charset_of(kind))
    return [text, *attempted(lambda: strings(json.loads(text)))]


def attempted(read, *given) -> list:
    """What a parser gives; nothing where it refuses the input, in whatever words."""
    try:
        found = read(*given)
        return found if isinstance(found, list) else [found]
    except Exception:  # noqa: BLE001 - each library has errors of its own, and a refusal is as good as another
        return []


async def awaited(read, *given) -> list:
    """The same of a parser that waits."""
    try:
        return await read(*given)
    except Exception:  # noqa: BLE001 - as above
        return []


async def values_of(kind: str, body: bytes) -> list[bytes]:
    if kind.startswith(("application/x-www", "multipart/")):
        found = [
            *attempted(of_flask, kind, body),
            *await awaited(of_starlette, kind, body),
            *await awaited(of_aiohttp, kind, body),
            *attempted(of_django, kind, body),
        ]
    else:
        found = attempted(lambda: strings(json.loads(body)))
        for decode in (base64.b64decode, base64.urlsafe_b64decode, binascii.a2b_base64):
            found += attempted(decode, body)
        if "charset=" in kind:
            found += attempted(of_text, kind, body)
    return list(dict.fromkeys(as_bytes(value) for value in found))


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, bytearray)) else str(value).encode("utf-8", "surrogatepass")
