"""What huggingface-hub makes of the double: prints one JSON object."""

import hashlib
import json
import os
import pathlib
import sys

from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub import errors

api = HfApi()
result: dict[str, object] = {}


def error_of(call, *arguments, **options) -> str:
    try:
        call(*arguments, **options)
    except Exception as error:  # noqa: BLE001 - its name is the answer
        return type(error).__name__
    return "none"


info = api.model_info("org/model")
result["commit"] = info.sha
tree = api.list_repo_tree("org/model", recursive=True)
result["files"] = sorted(item.path for item in tree if hasattr(item, "size"))
folder = pathlib.Path(snapshot_download("org/model"))
result["contents"] = {
    str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
    for path in sorted(folder.rglob("*"))
    if path.is_file()
}
result["snapshot"] = folder.name
one = pathlib.Path(hf_hub_download("org/data", "data.pkl", repo_type="dataset"))
result["dataset"] = one.read_bytes().hex()
result["paths"] = [item.path for item in api.get_paths_info("org/model", ["large.bin", "none.bin"])]
result["lfs"] = api.get_paths_info("org/model", ["small-lfs.bin"])[0].lfs.sha256
result["renamed"] = api.model_info("org/old").sha
result["private"] = api.model_info("org/private", token=sys.argv[1]).id
result["errors"] = {
    "missing": error_of(api.model_info, "org/none"),
    "revision": error_of(api.model_info, "org/model", revision="nope"),
    "entry": error_of(hf_hub_download, "org/model", "none.bin"),
    "gated": error_of(hf_hub_download, "org/gated", "a.pkl"),
    "disabled": error_of(api.model_info, "org/disabled"),
    "private": error_of(api.model_info, "org/private"),
}
assert issubclass(errors.GatedRepoError, errors.RepositoryNotFoundError)
result["version"] = __import__("huggingface_hub").__version__
print(json.dumps(result))
