"""What a scan costs: our command line, bare Node, CPython's own load and other scanners, side by side in one run.

    python3 bench/run.py [--case TEXT] [--runs N] [--only TEXT] [--no-peers] [--no-curve] [--report]

Whole processes are timed, one after the other, contenders interleaved; inputs are in the page cache after the first
round, which is not counted where there are several. Results are kept in .cache/bench-results.json, so that cases can be
run one by one; --report prints the tables of bench/README.md from them. Build first: npm run build.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
INPUTS = CACHE / "bench"
VENVS = CACHE / "bench-venvs"
RESULTS = CACHE / "bench-results.json"
NODE = shutil.which("node")
LIBRARIES = CACHE / "venv/bin/python"

# A scanner that has not ended by then is stopped; nobody waits longer in a pipeline.
CAP_SECONDS = 120
# A contender that has cost this much is not run again, however many runs were asked for.
ENOUGH_SECONDS = 45

# Requirements of each peer, in an environment of its own.
PEERS = {
    "picklescan": ["picklescan", "numpy"],
    "modelscan": ["modelscan"],
    "fickling": ["fickling", "typing_extensions"],
    "modelaudit": ["modelaudit"],
    "modelaudit-picklescan": ["modelaudit-picklescan"],
}

CASES = {
    "checkpoint.pt": "torch zip checkpoint, 400 tensors",
    "legacy.pt": "the same, legacy format",
    "dense-4.pkl": "opcode-dense pickle, protocol 4",
    "dense-0.pkl": "opcode-dense pickle, protocol 0",
    "forest.pkl": "forest of 1,000 trees, pickle",
    "forest.joblib": "forest of 1,000 trees, joblib",
    "inline.joblib": "joblib, arrays inline",
    "compressed.joblib": "64 MB of joblib, zlib",
    "objects.npy": "object array of 300,000 dicts",
    "protocol-5.pkl": "protocol 5, bytes and arrays",
    "small": "5,000 small files",
}
CURVES = {
    "checkpoint-{}.pt": "torch zip checkpoint",
    "dense-4-{}.pkl": "opcode-dense, protocol 4",
    "dense-0-{}.pkl": "opcode-dense, protocol 0",
    "objects-{}.npy": "object array",
    "compressed-{}.joblib": "joblib, zlib",
    "small-{}": "small files",
}
STEPS = (1, 2, 4, 8, 16)

# The load alone goes to standard output, so that the imports of the libraries can be separated from it.
LOADERS = {
    ".pkl": "import pickle; load = lambda p: pickle.load(open(p, 'rb'))",
    ".joblib": "import joblib; load = joblib.load",
    ".npy": "import numpy; load = lambda p: numpy.load(p, allow_pickle=True)",
    ".npz": "import numpy; load = lambda p: dict(numpy.load(p))",
    ".pt": "import torch; load = lambda p: torch.load(p, weights_only=True)",
}
LOAD = """
import sys, time
from pathlib import Path
{loaders}
path = Path(sys.argv[1])
files = [path] if path.is_file() else sorted(f for f in path.rglob('*') if f.is_file())
started = time.perf_counter()
for file in files:
    LOAD[file.suffix](file)
print(time.perf_counter() - started)
"""
# Its limit of a million opcodes is lifted: it would stop after a fraction of the dense files.
RUST_ENGINE = """
import sys
from pathlib import Path
from modelaudit_picklescan import ScanOptions, scan_file
path = Path(sys.argv[1])
files = [path] if path.is_file() else sorted(f for f in path.rglob('*') if f.is_file())
said = {}
for file in files:
    report = scan_file(file, options=ScanOptions(max_opcodes=10**9))
    said[report.status.value] = said.get(report.status.value, 0) + 1
print(said)
"""
INFLATE = """
import fs from 'node:fs'; import zlib from 'node:zlib';
let size = 0;
fs.createReadStream(process.argv[1], { highWaterMark: 262144 }).pipe(zlib.createInflate({ chunkSize: 262144 }))
  .on('data', (bytes) => { size += bytes.length; });
"""
PYTHON_INFLATE = """
import sys, zlib
inflate = zlib.decompressobj()
with open(sys.argv[1], 'rb') as file:
    while block := file.read(262144):
        inflate.decompress(block)
"""


def loader(path):
    suffixes = [path.suffix] if path.is_file() else [".pkl", ".joblib", ".npz", ".pt"]
    lines = [f"{LOADERS[suffix]}\nLOAD[{suffix!r}] = load" for suffix in suffixes]
    return LOAD.format(loaders="\n".join(["LOAD = {}", *lines]))


def contenders(path, peers):
    """The commands that take this input, by name."""
    python = lambda peer: str(VENVS / peer / "bin/python")
    tool = lambda peer: str(VENVS / peer / "bin" / peer)
    commands = {
        "bare Node": [NODE, "-e", "0"],
        "sentinel": [NODE, str(ROOT / "packages/cli/dist/sentinel.cjs"), "artifact", str(path)],
        "CPython load": [str(LIBRARIES), "-c", loader(path), str(path)],
    }
    if "compressed" in path.name:
        commands["bare zlib in Node"] = [NODE, "--input-type=module", "-e", INFLATE, str(path)]
        commands["bare zlib in Python"] = [sys.executable, "-c", PYTHON_INFLATE, str(path)]
    if not peers:
        return commands
    commands["picklescan"] = [tool("picklescan"), "-p", str(path)]
    commands["modelscan"] = [tool("modelscan"), "-p", str(path)]
    commands["modelaudit"] = [tool("modelaudit"), "scan", "--no-cache", str(path)]
    # fickling takes one pickle or one PyTorch zip; the engine in Rust takes pickles.
    if path.suffix in (".pkl", ".pt"):
        commands["fickling"] = [tool("fickling"), "--check-safety", str(path)]
    if path.suffix not in (".npy", ".pt"):
        commands["modelaudit-picklescan"] = [python("modelaudit-picklescan"), "-c", RUST_ENGINE, str(path)]
    return commands


def prepare(cases, peers):
    stamp = subprocess.run([LIBRARIES, "-c", "import torch, joblib, sklearn"], check=False)
    if stamp.returncode != 0:
        sys.exit("the libraries of fixtures/requirements.txt are needed in .cache/venv: .ci/run installs them")
    subprocess.run([LIBRARIES, ROOT / "bench/inputs.py", INPUTS, *cases], check=True)
    for peer, requirements in PEERS.items() if peers else ():
        if (VENVS / peer / "bin/python").exists():
            continue
        subprocess.run([sys.executable, "-m", "venv", VENVS / peer], check=True)
        subprocess.run([VENVS / peer / "bin/pip", "install", "--quiet", *requirements], check=True)


def version(peer):
    metadata = f"from importlib.metadata import version; print(version({peer!r}))"
    return subprocess.run([VENVS / peer / "bin/python", "-c", metadata], capture_output=True, text=True).stdout.strip()


def once(command, folder):
    """Runs one process; wall and processor seconds, peak memory, exit code (None: stopped at the cap)."""
    environment = {
        **os.environ, "NO_COLOR": "1", "HOME": folder, "CI": "1",
        "NO_ANALYTICS": "1", "PROMPTFOO_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1",
    }  # fmt: skip
    with open(os.path.join(folder, "out"), "w+b") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder, env=environment, start_new_session=True
        )
        late = threading.Event()

        def stop():
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(CAP_SECONDS, stop)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode(errors="replace")
    return {
        "seconds": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / 1024,
        "exit": None if late.is_set() else process.returncode,
        "out": text,
    }


def measure(commands, runs):
    """Contenders interleaved; the first round warms the page cache and counts only where there is no other."""
    found = {name: [] for name in commands}
    spent = dict.fromkeys(commands, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(runs + 1):
            for name, command in commands.items():
                if turn > 0 and (spent[name] > ENOUGH_SECONDS or found[name][0]["exit"] is None):
                    continue
                run = once(command, folder)
                if name == "sentinel" and run["exit"] != 0:
                    # What breaks off is fast: no figure of it may stand.
                    sys.exit(f"sentinel ended with {run['exit']} on an honest input: {run['out'].strip()[-300:]}")
                spent[name] += run["seconds"]
                found[name].append(run)
    rows = {}
    for name, all_runs in found.items():
        counted = all_runs[1:] or all_runs
        wall = sorted(run["seconds"] for run in counted)
        rows[name] = {
            "runs": len(counted),
            "min": wall[0],
            "median": statistics.median(wall),
            "max": wall[-1],
            "cpu": min(run["cpu"] for run in counted),
            "megabytes": max(run["megabytes"] for run in counted),
            "exit": counted[-1]["exit"],
            "said": counted[-1]["out"].strip()[-300:],
        }
        if name == "CPython load" and rows[name]["exit"] == 0:
            rows[name]["load"] = statistics.median(float(run["out"].split()[-1]) for run in counted)
    return rows


def size_of(path):
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def scanned(path):
    """What our own report says of the run: bytes read, verdict."""
    command = [NODE, ROOT / "packages/cli/dist/sentinel.cjs", "artifact", path, "--format", "json"]
    report = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    return {"read": report["summary"]["bytesRead"], "verdict": report["verdict"], "findings": len(report["findings"])}


def load_average():
    return round(os.getloadavg()[0], 1)


def run_case(case, runs, peers, only):
    path = INPUTS / case
    before = load_average()
    commands = {name: command for name, command in contenders(path, peers).items() if only in ("", name) or name == "bare Node"}
    rows = measure(commands, runs)
    return {
        "size": size_of(path),
        "load": [before, load_average()],
        "date": datetime.date.today().isoformat(),
        "ours": scanned(path),
        "rows": rows,
    }


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def mebibytes(value):
    return f"{value / 1e6:.0f} MB" if value > 1e7 else f"{value / 1e6:.1f} MB" if value > 1e6 else f"{value / 1e3:.0f} kB"


def table(head, rows):
    cells = [head, *rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    line = lambda row: "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
    return "\n".join([line(head), "| " + " | ".join("-" * width for width in widths) + " |", *map(line, rows)])


def report(results):
    ours, others, all_times = [], [], []
    for case, what in CASES.items():
        if "sentinel" not in results["cases"].get(case, {"rows": {}})["rows"]:
            continue
        found = results["cases"][case]
        rows = found["rows"]
        mine, bare = rows["sentinel"], rows["bare Node"]
        size, read = found["size"], found["ours"]["read"]
        ours.append([
            what, mebibytes(size), seconds(bare["median"]),
            f"{seconds(mine['min'])} / {seconds(mine['median'])} / {seconds(mine['max'])}",
            seconds(mine["median"] - bare["median"]), seconds(mine["cpu"] - bare["cpu"]),
            f"{mine['megabytes']:.0f} MB", f"{mebibytes(read)} ({100 * read / size:.3g} %)",
            f"{found['load'][0]} to {found['load'][1]}",
        ])  # fmt: skip
        for name, row in rows.items():
            if name in ("sentinel", "bare Node"):
                continue
            if name == "CPython load" and "load" in row:
                name, own = "CPython load alone", row["load"]
            else:
                own = row["median"]
            capped = row["exit"] is None
            shown = f"over {CAP_SECONDS} s" if capped else f"{seconds(row['min'])} / {seconds(row['median'])} / {seconds(row['max'])}"
            all_times.append([
                what, name, shown, seconds(row["load"]) if "load" in row else "",
                f"{'over ' if capped else ''}{own / mine['median']:.2g} ×",
                f"{row['megabytes']:.0f} MB", "stopped" if capped else str(row["exit"]),
            ])  # fmt: skip
    print(table(["input", "size", "bare Node", "sentinel: min / median / max", "beyond Node", "same, processor", "peak memory", "bytes read", "load average"], ours))
    print()
    print(table(["input", "contender", "min / median / max", "load alone", "times ours", "peak memory", "exit"], all_times))
    curves = []
    for pattern, what in CURVES.items():
        steps = [(n, results["cases"].get("curve/" + pattern.format(n))) for n in STEPS]
        if any(found is None for _, found in steps):
            continue
        beyond = [found["rows"]["sentinel"]["cpu"] - found["rows"]["bare Node"]["cpu"] for _, found in steps]
        curves.append([what, *(f"{mebibytes(found['size'])}: {seconds(cost)}" for (_, found), cost in zip(steps, beyond))])
    if curves:
        print()
        print(table(["processor time beyond bare Node", *(f"{n} ×" for n in STEPS)], curves))
    print()
    print("Peers:", ", ".join(f"{name} {number}" for name, number in results["peers"].items()))
    print(f"Machine: {os.cpu_count()} processors, Node {results['node']}, Python {platform.python_version()}")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--case", default="", help="only inputs whose name contains this")
    options.add_argument("--only", default="", help="only this contender, and bare Node")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--no-curve", action="store_true")
    options.add_argument("--report", action="store_true", help="print the tables of what was measured, measure nothing")
    given = options.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"cases": {}}
    if not given.report:
        curve = [] if given.no_curve else [f"curve/{pattern.format(n)}" for pattern in CURVES for n in STEPS]
        cases = [case for case in [*CASES, *curve] if given.case in case]
        prepare(cases, not given.no_peers)
        results["node"] = subprocess.run([NODE, "-v"], capture_output=True, text=True).stdout.strip()
        if not given.no_peers:
            results["peers"] = {peer: version(peer) for peer in PEERS}
        for case in cases:
            is_curve = case.startswith("curve/")
            fresh = run_case(case, given.runs, not given.no_peers and not is_curve, "sentinel" if is_curve else given.only)
            known = results["cases"].get(case)
            if known is not None and known["size"] == fresh["size"]:
                # A run of some contenders leaves the figures of the others.
                fresh["rows"] = {**known["rows"], **fresh["rows"]}
            results["cases"][case] = fresh
            RESULTS.write_text(json.dumps(results, indent=1))
            print(case, ", ".join(f"{name} {seconds(row['median'])}" for name, row in fresh["rows"].items()), flush=True)
    report(results)


if __name__ == "__main__":
    main()
