"""What our analysis says that honest Python files do at import. See README.md beside this file."""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
#: Names of files that a repository of a model has.
MODEL = ("modeling_", "modular_", "tokenization_", "configuration_", "processing_", "image_processing_", "feature_extraction_", "pipeline_")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true", help="every file, not only those of models")
    parser.add_argument("--most", type=int, default=5, help="files with effects at import that are accepted")
    arguments = parser.parse_args()
    files = [str(file) for folder in arguments.folder for file in sorted(folder.rglob("*.py")) if arguments.all or file.name.startswith(MODEL) or file.parent.name == "models"]
    program = ROOT / ".cache" / "import-effects" / "batch.mjs"
    program.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["node", str(ROOT / "oracles/bundle.mjs"), str(HERE / "batch.ts"), str(program)], check=True)
    lines = "".join(json.dumps({"path": file, "loaded": ["*"]}) + "\n" for file in files)
    done = subprocess.run(["node", str(program)], input=lines.encode(), capture_output=True)
    if done.returncode != 0:
        sys.exit(done.stderr.decode()[-4000:])
    counts: collections.Counter[str] = collections.Counter()
    at_import: set[str] = set()
    in_classes: set[str] = set()
    incomplete = 0
    for own in map(json.loads, done.stdout.decode().splitlines()):
        incomplete += bool(own["incomplete"])
        for effect in own["effects"]:
            shown = f"{effect['kind']} {effect['name']} {effect['certainty']}"
            if effect["when"]["kind"] == "import":
                at_import.add(own["path"])
                print(f"{own['path']}:{effect['line']}: {shown} {' '.join(effect['route'])}")
            else:
                in_classes.add(own["path"])
                counts[shown] += 1
    for shown, count in counts.most_common(40):
        print(f"{count} in classes: {shown}")
    print(f"{len(files)} files, {len(at_import)} with effects at import, {len(in_classes)} with effects in classes, {incomplete} incomplete")
    return int(len(at_import) > arguments.most)


if __name__ == "__main__":
    sys.exit(main())
