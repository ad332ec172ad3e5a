"""A gate as a container starts it: as process 1 of another user, without capabilities, on a root that is read-only but for the spool."""

import base64
import contextlib
import hashlib
import http.client
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

import yaml

from kit import SENTINEL, expect, node_of_image, run, skip
from manifests import Gate
from recipes import RECIPE

USER = 65532
PICKLE = b"cposix\nsystem\n(S'true'\ntR."
# Everything is mounted read-only, the folder of the spool aside; then the gate takes over as process 1.
CONTAINER = """
set -e
mount -t proc proc /proc
mount --bind "$1" "$1"
while read -r _ _ _ _ point _; do
  point=$(printf "$point") # a space is \\040
  case "$point" in "$1" | /proc | /proc/* | /sys/* | /dev/* ) ;; *) mount -o remount,bind,ro "$point" ;; esac
done < /proc/self/mountinfo
shift
cd /
exec setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
"""


class Upstream(http.server.BaseHTTPRequestHandler):
    """Remembers the digest of what arrives."""

    protocol_version = "HTTP/1.1"
    arrived: list[tuple[str, str]] = []
    delay = 0.0

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        Upstream.arrived.append((self.path, hashlib.sha256(body).hexdigest()))
        time.sleep(Upstream.delay)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def upstream():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def ask(port: int, method: str, path: str, body: bytes | None = None, content: str = "application/json") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Connection": "close", **({} if body is None else {"Content-Type": content})}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError as error:
        return 0, str(error).encode()
    finally:
        connection.close()


def request_of(dialect: str, payload: str) -> tuple[str, bytes]:
    """A request that the dialect takes, with a text in it."""
    if dialect == "vllm":
        message = {"role": "user", "content": payload}
        return "/v1/chat/completions", json.dumps({"model": "m", "messages": [message]}).encode()
    tensor = {"name": "x", "shape": [1], "datatype": "BYTES", "data": [payload]}
    return "/v2/models/m/infer", json.dumps({"inputs": [tensor]}).encode()


def can_confine() -> bool:
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "mount", "setpriv"))):
        return False
    return run("unshare", "--mount", "--pid", "--fork", "true")[0] == 0


@contextlib.contextmanager
def process(words: list[str], spool: pathlib.Path, confined: bool):
    """The gate, and what it writes."""
    env = {"PATH": os.environ["PATH"]}
    if confined:
        namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
        words = ["unshare", *namespaces, "sh", "-c", CONTAINER, "sh", str(spool), *words]
    with tempfile.TemporaryFile() as output:
        one = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT, env=env, cwd="/")
        try:
            yield one, output
        finally:
            one.kill()
            one.wait()


def init_of(one: subprocess.Popen, confined: bool) -> int:
    if not confined:
        return one.pid
    [child] = pathlib.Path(f"/proc/{one.pid}/task/{one.pid}/children").read_text().split()
    return int(child)


def is_ready(one: subprocess.Popen, admin: int) -> bool:
    end = time.monotonic() + 120
    while time.monotonic() < end and one.poll() is None:
        if ask(admin, "GET", "/readyz")[0] == 200:
            return True
        time.sleep(0.1)
    return False


def started(gate: Gate, healthchecks: list[list[str]], node: pathlib.Path, confined: bool) -> str:
    """Runs one gate with everything that is checked of it. Its metrics."""
    where = f"{gate.where}, started"
    with tempfile.TemporaryDirectory(prefix="sentinel deploy ") as name, upstream() as server:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        shutil.copytree(SENTINEL.parent, folder / "opt")
        spool = folder / "spool"
        spool.mkdir(mode=0o700)
        if confined:
            os.chown(spool, USER, USER)
        port, admin = free_port(), free_port()
        # The same configuration with other addresses, and a route whose bodies lie on disk.
        route = {"path": "/spooled", "methods": ["PUT"], "content_types": ["application/octet-stream"], "spool": {"above": "64KiB"}}
        config = {
            **gate.config,
            "upstream": f"http://127.0.0.1:{server}",
            "listen": f"127.0.0.1:{port}",
            "admin": f"127.0.0.1:{admin}",
            "routes": [*gate.config["routes"], route],
            "spool_folder": str(spool),
        }
        path = folder / "sentinel-gate.yml"
        path.write_text(yaml.safe_dump(config))
        for words in healthchecks:
            code, _ = run(*health(words, node, admin))
            expect(f"{where}: unhealthy while no gate is there", code == 1)
        words = [str(node), str(folder / "opt/sentinel.cjs"), "gate", "--config", str(path)]
        with process(words, spool, confined) as (one, output):
            if not expect(f"{where}: it becomes ready", is_ready(one, admin), shown(output)):
                return ""
            pid = init_of(one, confined)
            if confined:
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                expect(f"{where}: as user {USER}, process 1, no capabilities", isolated(status), status)
                expect(f"{where}: on a read-only root", writable(pid) == [str(spool)], writable(pid))
            for probe in gate.probes:
                expect(f"{where}: {probe} answers", ask(admin, "GET", probe)[0] == 200)
            for words in healthchecks:
                code, text = run(*health(words, node, admin))
                expect(f"{where}: its health check", code == 0, text)
            traffic(where, gate, port)
            metrics = ask(admin, "GET", "/metrics")[1].decode()
            ends(where, gate, one, pid, port)
            expect(f"{where}: it wrote no file", not any(path.is_file() for path in spool.rglob("*")))
        return metrics


def health(words: list[str], node: pathlib.Path, admin: int) -> list[str]:
    """The health check with the Node of the image, at the port that was free here."""
    return [str(node), *(word.replace(":9090/", f":{admin}/") for word in words[1:])]


def shown(output) -> str:
    output.seek(0)
    return output.read().decode(errors="replace")


def isolated(status: str) -> bool:
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    return (
        fields["Uid"].split() == [str(USER)] * 4
        and fields["NSpid"].split()[-1] == "1"
        and all(int(fields[name], 16) == 0 for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
        and fields["NoNewPrivs"].strip() == "1"
    )


def writable(pid: int) -> list[str]:
    """Mounts that may be written to, but for those of the kernel."""
    lines = pathlib.Path(f"/proc/{pid}/mountinfo").read_text().splitlines()
    mounts = [line.split() for line in lines]
    points = [mount[4].replace("\\040", " ") for mount in mounts if mount[5].split(",")[0] == "rw"]
    return [point for point in points if not point.startswith(("/proc", "/sys/", "/dev/"))]


def traffic(where: str, gate: Gate, port: int) -> None:
    dialect = gate.config["routes"][0]["dialect"]
    Upstream.arrived.clear()
    path, body = request_of(dialect, "What does `cos\nsystem` do?")
    status, _ = ask(port, "POST", path, body)
    sent = (path, hashlib.sha256(body).hexdigest())
    expect(f"{where}: an honest request arrives", status == 200 and Upstream.arrived == [sent], (status, Upstream.arrived))
    path, body = request_of(dialect, base64.b64encode(PICKLE).decode())
    status, answer = ask(port, "POST", path, body)
    expect(f"{where}: a pickle does not", status == 400 and b"GATE-PICKLE" in answer, answer)
    expect(f"{where}: nor does another path", ask(port, "POST", "/v2/repository/index", b"{}")[0] == 404)
    # Noise begins no pickle at its first byte with this one.
    large = b"\x00" + os.urandom(2 * 2**20)
    status, answer = ask(port, "PUT", "/spooled", large, "application/octet-stream")
    sent = ("/spooled", hashlib.sha256(large).hexdigest())
    expect(f"{where}: a large body lies in the spool, and arrives", status == 200 and Upstream.arrived[1:] == [sent], answer)


def ends(where: str, gate: Gate, one: subprocess.Popen, pid: int, port: int) -> None:
    """SIGTERM while a request is in flight."""
    path, body = request_of(gate.config["routes"][0]["dialect"], "hello")
    answers: list[int] = []
    Upstream.arrived.clear()
    Upstream.delay = 1.0
    client = threading.Thread(target=lambda: answers.append(ask(port, "POST", path, body)[0]))
    client.start()
    while not Upstream.arrived and client.is_alive():
        time.sleep(0.02)
    os.kill(pid, signal.SIGTERM)
    try:
        code = one.wait(gate.grace)
    except subprocess.TimeoutExpired:
        code = None
    Upstream.delay = 0.0
    client.join()
    expect(f"{where}: SIGTERM ends it within the {gate.grace:.0f} s that it has", code == 0, code)
    expect(f"{where}: after the answer in flight", answers == [200], answers)


def gates(all_gates: list[Gate], healthchecks: list[list[str]]) -> str:
    confined = can_confine()
    if not confined:
        skip("gates on a read-only root, as process 1 of another user", "that needs root, unshare, mount and setpriv")
    metrics = ""
    with tempfile.TemporaryDirectory(prefix="sentinel node ") as name:
        # Where another user reaches it.
        node = pathlib.Path(name) / "node"
        node.parent.chmod(0o755)
        shutil.copy(node_of_image(RECIPE.read_text()), node)
        for gate in all_gates:
            checked(gate)
            metrics = started(gate, healthchecks, node, confined)
    skip("gates in a cluster, and by a container engine", "there is none; what starts them here is unshare and setpriv")
    return metrics


def checked(gate: Gate) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(gate.text)
        file.flush()
        code, output = run("node", SENTINEL, "gate", "--config", file.name, "--check")
    expect(f"{gate.where}: sentinel gate --check", code == 0 and gate.config["upstream"] in output, output)
