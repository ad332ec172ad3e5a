"""What other scanners say of files, without loading any. Each scanner has a Python with it installed:

    PYTHON corpus/peers.py NAME        a path as JSON on each line of the input, an answer as JSON on each of the output

`verdicts` starts that and asks it about many files. NAME is one of SCANNERS. An answer is `flagged`, `quiet` or
`failed` (the scanner says that it could not read the file, or says nothing about it), and why it failed.
"""

import json
import logging
import os
import resource
import select
import subprocess
import sys
import time
import zipfile
from importlib.metadata import version

#: For one file. A scanner that needs longer, or more memory, has not scanned it.
SECONDS = 30
MEMORY = 4 << 30
STARTING_SECONDS = 120
#: Why a file was not scanned, where the scanner itself has no answer.
TIME, ENDED = "time limit", "process ended"


def picklescan():
    from picklescan.scanner import scan_file_path

    unread = []

    class Unread(logging.Handler):
        """Of a file that is no pickle to it, such as a compressed one, it says so in its log alone."""

        def emit(self, record):
            if "could not parse" in record.getMessage():
                unread.append(record)

    logging.getLogger("picklescan").addHandler(Unread(logging.WARNING))

    def verdict(path):
        unread.clear()
        result = scan_file_path(path)
        if result.issues_count > 0:
            return "flagged", None
        return ("failed", "not read") if unread or result.scan_err or result.scanned_files == 0 else ("quiet", None)

    return verdict


def modelscan():
    from modelscan.modelscan import ModelScan

    scanner = ModelScan()

    def verdict(path):
        report = scanner.scan(path)
        if report["issues"]:
            return "flagged", None
        if report["errors"]:
            return "failed", "not read"
        return ("quiet", None) if report["summary"]["scanned"]["total_scanned"] else ("failed", "skipped")

    return verdict


def fickling():
    from fickling.loader import scan_file, scan_zip_archive

    def verdict(path):
        results = list(scan_zip_archive(path).values()) if zipfile.is_zipfile(path) else [scan_file(path)]
        if not results:
            return "failed", "skipped"
        return ("quiet" if all(result.is_safe for result in results) else "flagged"), None

    return verdict


def modelaudit_picklescan():
    from modelaudit_picklescan import ScanStatus, scan_file

    def verdict(path):
        report = scan_file(path)
        if report.findings:
            return "flagged", None
        return ("quiet", None) if report.status == ScanStatus.COMPLETE else ("failed", report.status.value)

    return verdict


def modelaudit():
    # It reports each scan to its makers otherwise.
    os.environ["PROMPTFOO_DISABLE_TELEMETRY"] = "1"
    from modelaudit.core import scan_model_directory_or_file
    from modelaudit.core_results import determine_exit_code, results_have_security_findings

    def verdict(path):
        results = scan_model_directory_or_file(path, cache_enabled=False)
        if results_have_security_findings(results):
            return "flagged", None
        return ("failed", "inconclusive") if determine_exit_code(results) else ("quiet", None)

    return verdict


SCANNERS = {"picklescan": picklescan, "modelscan": modelscan, "fickling": fickling, "modelaudit-picklescan": modelaudit_picklescan, "modelaudit": modelaudit}


def work(name):
    """Answers on what was the standard output; what the scanner prints goes elsewhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf8")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    verdict = SCANNERS[name]()

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    answer(version(name))
    for line in sys.stdin:
        try:
            answer(verdict(json.loads(line)))
        except Exception as problem:
            answer(("failed", type(problem).__name__))


class Worker:
    """A process that answers about one file at a time, and its version."""

    def __init__(self, name, python):
        self.process = subprocess.Popen([python, __file__, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.rest = b""
        self.version = self.line(STARTING_SECONDS)
        if self.version in (TIME, ENDED):
            raise SystemExit("%s does not start with %s: %s" % (name, python, self.version))

    def line(self, seconds):
        """The next answer, or why there is none."""
        until = time.monotonic() + seconds
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))
            read = os.read(self.process.stdout.fileno(), 1 << 16) if ready else None
            if not read:
                self.close()
                return TIME if read is None else ENDED
            self.rest += read
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line.decode("utf8"))

    def ask(self, path, seconds):
        try:
            self.process.stdin.write(json.dumps(str(path)).encode("utf8") + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.close()
            return "failed", ENDED
        answer = self.line(seconds)
        return ("failed", answer) if answer in (TIME, ENDED) else tuple(answer)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def verdicts(name, python, paths, seconds=SECONDS):
    """The scanner's version, and its answer for each path in turn."""
    worker = Worker(name, python)
    found, answers = worker.version, []
    for path in paths:
        if worker.process.returncode is not None:
            worker = Worker(name, python)
        answers.append(worker.ask(path, seconds))
    if worker.process.returncode is None:
        worker.close()
    return found, answers


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in SCANNERS:
        raise SystemExit(__doc__)
    work(sys.argv[1])
