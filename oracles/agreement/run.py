"""Compares the scanner with CPython's unpicklers on generated streams.

    python3 oracles/agreement/run.py --streams 20000 --seed 1

Exits with 1 when a reader looks something up that the scanner does not report, when a stream is
called clean although a reader does something that is not allowed, or when a call is not seen.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from compare import MISSES, Tally, compare_files, disassemble, find_extras  # noqa: E402
from generate import Corpus, streams  # noqa: E402

ROOT = HERE.parent.parent
CHUNK = 5000
CHUNK_SECONDS = 600


@dataclass(frozen=True)
class Job:
    """One chunk of streams."""

    seed: int
    chunk: int
    count: int
    pythons: tuple[str, ...]
    batch: Path
    keep: Path | None


_corpus: list[Corpus] = []


def corpus() -> Corpus:
    """The real pickles, read once for each process."""
    if not _corpus:
        _corpus.append(Corpus(ROOT / "fixtures"))
    return _corpus[0]


def command(arguments: list[str], out: Path) -> subprocess.Popen:
    """Start a program whose output goes to a file."""
    with out.open("wb") as stdout, out.with_suffix(".err").open("wb") as stderr:
        return subprocess.Popen(arguments, stdout=stdout, stderr=stderr)


def run_chunk(job: Job) -> Tally:
    """Generate, ask everybody, compare."""
    folder = Path(tempfile.mkdtemp(prefix="agreement-"))
    try:
        file = folder / "streams"
        with file.open("wb") as out:
            for data in streams(job.seed, job.chunk, job.count, corpus()):
                out.write(struct.pack("<I", len(data)) + data)
        answers: dict[Path, bool] = {}
        todo = [(["node", str(job.batch), str(file)], folder / "ours")]
        for number, python in enumerate(job.pythons):
            out = folder / f"python-{number}"
            answers[out] = is_python2(python)
            oracle = "oracle2.py" if answers[out] else "oracle.py"
            todo.append(([python, "-W", "ignore", str(HERE / oracle), str(file)], out))
        for arguments, out in todo:
            code = command(arguments, out).wait(CHUNK_SECONDS)
            if code != 0:
                error = out.with_suffix(".err").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{' '.join(arguments)} ended with {code} (seed {job.seed}, chunk {job.chunk}):\n{error}")
        return compare_files(file, answers, folder / "ours", ask_again(job, folder, find_extras(file, answers, folder / "ours")))
    finally:
        if job.keep is not None:
            shutil.copytree(folder, job.keep / f"{job.seed}-{job.chunk}", dirs_exist_ok=True)
        shutil.rmtree(folder)


def ask_again(job: Job, folder: Path, streams: dict[int, bytes]) -> dict[int, str]:
    """The answers for streams on which more is reported than was looked up, with values of all kinds."""
    file, out = folder / "again", folder / "again-python"
    file.write_bytes(b"".join(struct.pack("<I", len(data)) + data for data in streams.values()))
    python = next(python for python in job.pythons if not is_python2(python))
    code = command([python, "-W", "ignore", str(HERE / "oracle.py"), "--thorough", str(file)], out).wait(CHUNK_SECONDS)
    if code != 0:
        raise RuntimeError(f"{python} ended with {code} when asked again:\n{out.with_suffix('.err').read_text(errors='replace')[-2000:]}")
    return dict(zip(streams, out.read_text(encoding="ascii").splitlines(), strict=True))


def find_pythons() -> list[str]:
    """Every Python on the PATH and under pyenv: 2.7, and one for each 3.N from 8 on."""
    found: dict[tuple[int, int], str] = {}
    folders = os.environ.get("PATH", "").split(os.pathsep)
    folders += [str(path) for path in sorted((Path.home() / ".pyenv" / "versions").glob("*/bin"))]
    for folder in folders:
        if "shims" in folder or not os.path.isdir(folder):
            continue
        for name in os.listdir(folder):
            match = re.fullmatch(r"python([23])\.(\d+)", name)
            version = (int(match[1]), int(match[2])) if match else (0, 0)
            if version == (2, 7) or version >= (3, 8):
                found.setdefault(version, os.path.join(folder, name))
    return [found[version] for version in sorted(found)] or [sys.executable]


def is_python2(python: str) -> bool:
    """Told by the name that it was found under."""
    return Path(python).name.startswith("python2")


def version_of(python: str) -> str:
    """Its version in three numbers."""
    return subprocess.run([python, "-c", "import platform; print(platform.python_version())"], capture_output=True, text=True, check=True).stdout.strip()


def build_batch() -> Path:
    """Bundle the scanner's batch entry."""
    batch = ROOT / ".cache" / "agreement" / f"batch-{os.getpid()}.mjs"
    subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / "batch.ts"), str(batch)], check=True)
    return batch


def chunks(arguments: argparse.Namespace, pythons: list[str], batch: Path) -> list[Job]:
    """The jobs of a run. Pythons take turns where not each of them sees each stream."""
    jobs = []
    old = [python for python in pythons if is_python2(python)]
    pythons = [python for python in pythons if not is_python2(python)] or [sys.executable]
    each = arguments.pythons_each or len(pythons)
    for chunk in range(-(-arguments.streams // CHUNK)):
        count = min(CHUNK, arguments.streams - chunk * CHUNK)
        # All of them see the cases made by hand.
        turn = pythons if chunk == 0 else [pythons[(chunk * each + i) % len(pythons)] for i in range(min(each, len(pythons)))]
        # Python 2 comes on top, as often as any other.
        turn = [*turn, *(old if each == len(pythons) or chunk % len(pythons) == 0 else [])]
        jobs.append(Job(arguments.seed, chunk, count, tuple(turn), batch, arguments.keep))
    return jobs


def write_shown(tally: Tally, path: Path) -> None:
    """The streams that show something, the worst first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    order = {kind: rank for rank, kind in enumerate([*MISSES, "map-miss", "reader-miss"])}
    with path.open("w", encoding="utf-8", errors="backslashreplace") as out:
        for entry in sorted(tally.shown, key=lambda entry: (order.get(entry["kind"], 99), entry["kind"], len(entry["stream"]))):
            out.write(f"# {entry['kind']}: {entry['detail']!r}\n{entry['stream']}\n{disassemble(bytes.fromhex(entry['stream']))}\n\n")


def main() -> int:
    """Run and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--pythons", nargs="*", help="interpreters; by default every python3.N that is found")
    parser.add_argument("--pythons-each", type=int, default=0, help="how many of them see each stream, in turn; 0: all")
    parser.add_argument("--shown", type=Path, default=ROOT / ".cache" / "agreement" / "shown.txt", help="where the streams go that show something")
    parser.add_argument("--keep", type=Path, help="keep all files of the run in this folder")
    arguments = parser.parse_args()
    pythons = arguments.pythons or find_pythons()
    versions = [version_of(python) for python in pythons]
    batch = build_batch()
    started = time.monotonic()
    tally = Tally()
    jobs = chunks(arguments, pythons, batch)
    try:
        with ProcessPoolExecutor(arguments.jobs) as pool:
            for done, future in enumerate(as_completed([pool.submit(run_chunk, job) for job in jobs]), 1):
                tally.add(future.result())
                if sys.stderr.isatty():
                    bad = sum(tally.counts[kind] for kind in MISSES)
                    print(f"\r{done} of {len(jobs)} chunks, {bad} misses ", end="", file=sys.stderr)
    finally:
        batch.unlink(missing_ok=True)
    seconds = time.monotonic() - started
    write_shown(tally, arguments.shown)
    counts = tally.counts
    print(f"seed {arguments.seed}; Python {', '.join(versions)}; {arguments.pythons_each or len(pythons)} of them for each stream")
    print(f"{counts['streams']} streams in {seconds:.0f} s, {counts['streams'] / seconds:.0f} a second with {arguments.jobs} jobs")
    for kind in sorted(counts, key=lambda kind: (kind not in MISSES, kind)):
        print(f"{counts[kind]:10}  {kind}")
    for kind in MISSES:
        if counts[kind] == 0:
            print(f"{0:10}  {kind}")
    return 1 if any(counts[kind] for kind in MISSES) else 0


if __name__ == "__main__":
    sys.exit(main())
