"""What loading a repository runs, with the real libraries and default settings, and what the verdict line of Sentinel says of it.

    python oracles/loaders/live.py

Needs the environment of the corpus with diffusers and PEFT beside it (corpus/repositories/requirements.txt), and the built command
line. Each repository of cases.py is loaded twice, without and with `trust_remote_code=True`, from folders of their own.
"""

import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COMMAND = ROOT / "packages/cli/dist/sentinel.cjs"
sys.path[:0] = [str(HERE), str(ROOT / "corpus/repositories")]

import cases  # noqa: E402


def child(root, library):
    """Loads the cases of one loader; prints for each what came of it."""
    import warnings

    warnings.filterwarnings("ignore")
    sys.path.insert(0, os.environ["INSTALLED"])
    opened = []
    sys.addaudithook(lambda event, arguments: opened.append(arguments[0]) if event == "open" and isinstance(arguments[0], str) else None)
    results = {}
    for kind, loader, _, _ in cases.CASES:
        if str(loader) != library:
            continue
        for word in ("default", "trusted"):
            folder = os.path.join(root, kind, word)
            del opened[:]
            try:
                cases.load(kind, folder, word == "trusted")
                outcome = "loads"
            except Exception as error:
                outcome = f"{type(error).__name__}: {error}"
            ran = os.path.exists(f"{os.environ['MARKER']}-{kind}/{word}")
            files = sorted({os.path.relpath(path, folder) for path in opened if path.startswith(folder + os.sep)})
            results[f"{kind}/{word}"] = {"ran": ran, "outcome": outcome, "files": files}
    Path(os.environ["RESULTS"]).write_text(json.dumps(results))


def verdicts(root):
    """By folder: what the verdict line says for each loader of today."""
    run = subprocess.run(["node", str(COMMAND), "artifact", str(root), "-f", "json"], stdout=subprocess.PIPE)
    report = json.loads(run.stdout)
    found = {}
    for repository in report["repositories"]:
        folder = os.path.relpath(repository["path"].rstrip("/"), root)
        found[folder] = {load["loader"]: load for load in repository["loads"] if load["reference"] is None}
    flagged = {os.path.relpath(finding["artifact"], root) for finding in report["findings"]}
    return found, flagged


def main():
    failures = []
    with tempfile.TemporaryDirectory(prefix="sentinel-loaders-") as name:
        work = Path(name).resolve()
        root, base, markers = work / "cases", work / "base", work / "markers"
        for kind, *_ in cases.CASES:
            (markers.parent / f"marker-{kind}").mkdir(parents=True)
        environment = {**os.environ, "MARKER": str(work / "marker"), "INSTALLED": str(work / "installed"), "HF_HUB_OFFLINE": "1", "HF_HOME": str(work / "hf"), "HF_MODULES_CACHE": str(work / "modules"), "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TQDM_DISABLE": "1", "TRANSFORMERS_VERBOSITY": "error"}
        os.environ.update(environment)
        import saved

        saved.bert(str(base / "bert"))
        saved.diffusers_saves(str(base / "diffusers"))
        saved.peft_saves(str(base / "peft"))
        saved.sentence_transformers_saves(str(base / "st"))
        for kind, *_ in cases.CASES:
            for word in ("default", "trusted"):
                (root / kind).mkdir(parents=True, exist_ok=True)
                cases.make(str(base), str(root / kind / word), f"{kind}/{word}")
        results = {}
        for library in sorted({str(loader) for _, loader, _, _ in cases.CASES}):
            own = {**environment, "RESULTS": str(work / f"results-{library}.json")}
            subprocess.run([sys.executable, "-W", "ignore", __file__, "--child", str(root), library], env=own, check=True, timeout=400, stdin=subprocess.DEVNULL)
            results.update(json.loads(Path(own["RESULTS"]).read_text()))
        found, flagged = verdicts(root)
    for kind, loader, by_default, trusted in cases.CASES:
        for word, wanted in (("default", by_default), ("trusted", trusted)):
            got = results[f"{kind}/{word}"]
            is_right = got["ran"] == (wanted == "runs") and (wanted not in ("loads", "refuses") or (got["outcome"] == "loads") == (wanted == "loads"))
            if not is_right:
                failures.append(f"{kind}/{word}: {wanted} was expected; ran {got['ran']}, {got['outcome'][:300]}")
            print(f"{kind}/{word}: {'runs' if got['ran'] else 'does not run'}; {got['outcome'].splitlines()[0][:120]}")
        # Pickled weights beside safetensors are not even opened; alone they are, which shows that it would be seen.
        if kind.endswith(("preferred", "pickled")):
            pickles = [file for file in results[f"{kind}/default"]["files"] if file.endswith(".bin")]
            if bool(pickles) != kind.endswith("pickled"):
                failures.append(f"{kind}: it opened {results[f'{kind}/default']['files']}")
        if loader is None:
            continue
        line = found.get(f"{kind}/default", {}).get(loader)
        observed = "at-once" if results[f"{kind}/default"]["ran"] else "needs-trust" if results[f"{kind}/trusted"]["ran"] else "nothing"
        said = None if line is None else line["runs"]
        if said != observed:
            failures.append(f"{kind}: the verdict line says {said} for {loader}, and {observed} was observed")
    for kind in ("pickled", "diffusers-pickled", "peft-pickled", "preferred", "template", "modules", "model"):
        if not any(file.startswith(f"{kind}/default/") for file in flagged):
            failures.append(f"{kind}: no finding")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("transformers", "sentence-transformers", "diffusers", "peft", "torch"))
    for failure in failures:
        print(f"FAILED: {failure}")
    print(f"{len(cases.CASES)} repositories, each loaded twice with {versions}: {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        sys.exit(main())
