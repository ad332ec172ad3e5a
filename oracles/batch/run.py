"""The recipes of integrations/batch with the real Ray Data and dask.distributed on this machine.

    python oracles/batch/run.py

Needs `npm run build` and the packages of oracles/batch/requirements.txt. Every line of a list of fixtures has to come back
once, with the verdict that one run of `sentinel batch` gives, although Sentinel is ended by force in the middle of each shard
when dask starts it first. The other recipes are not run: the manifests are
held to the schemas of Kubernetes and Argo, the programs for Spark and Airflow compiled.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "integrations" / "batch"
SENTINEL = f"node {ROOT / 'packages/cli/dist/sentinel.cjs'}"
FILES = 150

# Ends Sentinel by force when it is started for the first time for a shard, in the middle of its work.
ENDED_ONCE = """#!/usr/bin/env bash
mark="{folder}/started-$(printf '%s' "$*" | sha256sum | cut -c1-16)"
if [ -e "$mark" ]; then exec {sentinel} "$@"; fi
touch "$mark"
{sentinel} "$@" &
child=$!
for _ in $(seq 400); do
  grep -qs recordVersion {out}/.shard-*.run && break
  sleep 0.01
done
kill -9 "$child"
wait "$child"
"""


def sources():
    files = sorted(str(path) for path in (ROOT / "fixtures" / "samples").rglob("*") if path.is_file())
    files += sorted(str(path) for path in (ROOT / "fixtures" / "honest").rglob("*") if path.is_file())
    return files[:FILES]


def verdicts(records):
    found = [json.loads(record) for record in records]
    return sorted((record["id"], record["verdict"]) for record in found)


def shard_records(folder):
    return [line for file in sorted(Path(folder).glob("shard-*.ndjson")) for line in file.read_text().splitlines()]


def run(name, command, sentinel):
    started = time.time()
    done = subprocess.run(
        command,
        env={**os.environ, "SENTINEL": sentinel, "RAY_DATA_DISABLE_PROGRESS_BARS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    if done.returncode != 0:
        print(done.stdout[-2000:], done.stderr[-4000:])
        raise SystemExit(f"{name}: exit code {done.returncode}")
    return time.time() - started


def ray_records(folder):
    import pyarrow.parquet

    return pyarrow.parquet.read_table(folder).column("record").to_pylist()


def without(document, model):
    """Keys of a document that a model of it has not taken."""
    if isinstance(document, dict):
        taken = model if isinstance(model, dict) else {}
        return [f"{key}" for key in document if key not in taken] + [
            f"{key}.{left}" for key, value in document.items() if key in taken for left in without(value, taken[key])
        ]
    if isinstance(document, list) and isinstance(model, list):
        return [left for one, other in zip(document, model) for left in without(one, other)]
    return []


def manifests():
    import kubernetes_validate
    import yaml
    from hera.workflows.models import Workflow

    job = yaml.safe_load((RECIPES / "kubernetes-job.yaml").read_text())
    problems = []
    try:
        kubernetes_validate.validate(job, "1.33", strict=True)
        print("kubernetes-job.yaml: fits Kubernetes 1.33, not run")
    except kubernetes_validate.ValidationError as error:
        problems.append(f"kubernetes-job.yaml: {list(error.path)}: {error.message}")
    shell = job["spec"]["template"]["spec"]["containers"][0]["args"][0]
    if f"/{job['spec']['completions']}\"" not in shell:
        problems.append("kubernetes-job.yaml: completions and shards differ")
    workflow = yaml.safe_load((RECIPES / "argo-workflow.yaml").read_text())
    # Raises where a value does not fit; a key that is not known is left out silently.
    model = Workflow.model_validate(workflow).model_dump(by_alias=True, exclude_none=True)
    unknown = without(workflow, model)
    if unknown:
        problems.append(f"argo-workflow.yaml: not known to Argo: {unknown}")
    else:
        print("argo-workflow.yaml: fits the models of Argo's API, not run")
    return problems


def main():
    problems = []
    with tempfile.TemporaryDirectory(prefix="sentinel-batch-") as folder:
        items = [
            {"id": str(number), "source": source} if number % 2 else source for number, source in enumerate(sources())
        ]
        Path(folder, "list.ndjson").write_text("".join(f"{json.dumps(item)}\n" for item in items))
        alone = [*SENTINEL.split(), "batch", "--from", f"{folder}/list.ndjson", "--to", f"{folder}/alone"]
        seconds = run("sentinel batch", alone, SENTINEL)
        expected = verdicts(shard_records(f"{folder}/alone"))
        kinds = {verdict for _, verdict in expected}
        print(f"sentinel batch: {len(expected)} records in {seconds:.1f} s, verdicts {sorted(kinds)}")
        if len(expected) != len(items) or len(kinds) < 2:
            problems.append("the list is not what this run is about")

        program = Path(folder, "sentinel-ended-once")
        program.write_text(ENDED_ONCE.format(folder=folder, sentinel=SENTINEL, out=f"{folder}/dask"))
        program.chmod(0o755)
        recipe = [sys.executable, str(RECIPES / "dask_distributed.py")]
        seconds = run(
            "dask", [*recipe, f"{folder}/list.ndjson", f"{folder}/dask", "--shards", "4"], str(program)
        )
        ended = len(list(Path(folder).glob("started-*")))
        found = verdicts(shard_records(f"{folder}/dask"))
        print(f"dask.distributed: {len(found)} records in {seconds:.1f} s; Sentinel was ended {ended} times by force")
        if found != expected:
            problems.append("dask.distributed: other records than of one run")
        if ended != 4:
            problems.append(f"dask.distributed: Sentinel was ended {ended} times, not 4")
        left = [path.name for path in Path(folder, "dask").iterdir() if not path.name.startswith("shard-")]
        if left:
            problems.append(f"dask.distributed: left behind: {left}")

        recipe = [sys.executable, str(RECIPES / "ray_data.py")]
        seconds = run("ray", [*recipe, f"{folder}/list.ndjson", f"{folder}/ray", "--batch", "40"], SENTINEL)
        found = verdicts(ray_records(f"{folder}/ray"))
        print(f"Ray Data: {len(found)} records in {seconds:.1f} s")
        if found != expected:
            problems.append("Ray Data: other records than of one run")
    problems += manifests()
    for name in ("spark_map.py", "airflow_dag.py"):
        compile((RECIPES / name).read_text(), name, "exec")
        print(f"{name}: compiled, not run")
    for problem in problems:
        print(f"problem: {problem}")
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
