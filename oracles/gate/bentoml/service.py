"""A service that tells what it got: text, numbers, a file."""

import pathlib

import bentoml


@bentoml.service(metrics={"enabled": False})
class Echo:
    @bentoml.api
    def text(self, text: str) -> str:
        return text

    @bentoml.api
    def total(self, numbers: list[float]) -> float:
        return sum(numbers)

    @bentoml.api
    def size(self, file: pathlib.Path, note: str = "") -> int:
        return file.stat().st_size
