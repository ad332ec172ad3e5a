"""huggingface_hub against the gate: what it downloads, and what it says of what is refused. Prints one JSON object."""

import hashlib
import json
import logging
import pathlib
import sys
import urllib.request

from huggingface_hub import HfApi, HfFileSystem, hf_hub_download, snapshot_download
from huggingface_hub.utils import logging as hub_logging

api = HfApi()
result: dict[str, object] = {}


class Warnings(logging.Handler):
    lines: list[str] = []

    def emit(self, record):
        self.lines.append(record.getMessage())


hub_logging.get_logger("huggingface_hub").addHandler(Warnings())


def digests(folder: str) -> dict[str, str]:
    root = pathlib.Path(folder)
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def error_of(call, *arguments, **options) -> list[str]:
    try:
        call(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - its name and text are the answer
        return [type(error).__name__, str(error)]
    return ["none", ""]


downloaded = {}
for name in ["good", "promoted", "xet", "etag"]:
    downloaded[name] = digests(snapshot_download(f"org/{name}"))
result["downloaded"] = downloaded
result["local"] = digests(snapshot_download("org/good", local_dir=sys.argv[1]))
commit = api.model_info("org/good").sha
result["commit"] = commit
result["one"] = pathlib.Path(hf_hub_download("org/good", "folder/ü b#1.txt", revision=commit)).read_text()
result["dataset"] = pathlib.Path(hf_hub_download("org/data", "data.csv", repo_type="dataset")).read_text()
result["files"] = sorted(api.list_repo_files("org/good"))
result["exists"] = [api.file_exists("org/good", name) for name in ["config.json", "none.json"]]
result["refs"] = [branch.name for branch in api.list_repo_refs("org/good").branches]
result["info"] = [entry.path for entry in api.get_paths_info("org/good", ["config.json", "none"])]
result["xet"] = [entry.xet_hash for entry in api.list_repo_tree("org/xet", recursive=True) if hasattr(entry, "size")]
system = HfFileSystem()
result["glob"] = sorted(system.glob("org/good/*.bin"))
# What vLLM asks (vllm/model_executor/model_loader/weight_utils.py, download_weights_from_hf).
listed = HfFileSystem().ls("org/good", detail=False, revision="main")
weights = snapshot_download("org/good", allow_patterns=["*.bin"], cache_dir=sys.argv[1] + "-vllm", revision="main")
result["vllm"] = [sorted(name for name in listed if name.endswith(".bin")), digests(weights)]
with system.open("org/good/large.bin", block_size=2**20) as file:
    file.seek(19_000_000)
    result["range"] = hashlib.sha256(file.read(1000)).hexdigest()
result["again"] = digests(snapshot_download("org/good", force_download=True)) == downloaded["good"]

refused = {}
for name in ["bad", "partial", "new"]:
    refused[name] = {
        "snapshot_download": error_of(snapshot_download, f"org/{name}"),
        "hf_hub_download": error_of(hf_hub_download, f"org/{name}", "config.json"),
        "model_info": error_of(api.model_info, f"org/{name}"),
        "file_exists": error_of(api.file_exists, f"org/{name}", "config.json"),
    }
for name in ["bad", "partial"]:
    # Of a repository that is new, they ask again for more than a minute, as Retry-After says.
    refused[name]["list_repo_files"] = error_of(api.list_repo_files, f"org/{name}")
# It says of all that it may not read that it is not there; why is a warning.
result["system"] = error_of(HfFileSystem().ls, "org/bad")
for name, path in [("swapped", "large.bin"), ("small", "config.json"), ("long", "large.bin"), ("short", "large.bin"), ("redirect", "large.bin"), ("slow", "large.bin")]:
    refused[name] = {
        "first": error_of(hf_hub_download, f"org/{name}", path),
        "then": error_of(hf_hub_download, f"org/{name}", "weights.pkl"),
    }
result["refused"] = refused
result["write"] = error_of(api.upload_file, path_or_fileobj=b"x", path_in_repo="x", repo_id="org/good")
result["create"] = error_of(api.create_repo, "org/other")
result["token"] = error_of(api.model_info, "org/good", token="hf_other")
result["warnings"] = Warnings.lines
cache = pathlib.Path(__import__("huggingface_hub").constants.HF_HUB_CACHE)
result["whole"] = sorted(str(path.relative_to(cache)) for path in cache.glob("models--org--*/snapshots/*/large.bin"))
result["version"] = __import__("huggingface_hub").__version__
print(json.dumps(result))
