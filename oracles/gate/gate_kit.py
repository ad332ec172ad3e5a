"""What the runs of the gate before real servers share: checks that are counted, ports, the gate's process, its accounts."""

import dataclasses
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable

import httpx

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PICKLE = b"cposix\nsystem\n(S'true'\ntR."
PICKLE4 = b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R."

checks = 0


def check(name: str, condition: bool, told: object = "") -> None:
    global checks
    checks += 1
    if not condition:
        raise SystemExit(f"FAILED: {name} {told}")


def told(server: str) -> None:
    print(f"{checks} checks of the gate before {server} passed")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"{url} does not come up")


def start_gate(config: pathlib.Path) -> subprocess.Popen:
    return subprocess.Popen(
        ["node", str(ROOT / "packages/cli/dist/sentinel.cjs"), "gate", "--config", str(config)],
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )


@dataclasses.dataclass
class Server:
    """A model server, and what shows that it is up."""

    command: list[str]
    cwd: pathlib.Path
    ready: str
    environment: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Place:
    """Where the gate and the server behind it listen, all on loopback."""

    port: int
    upstream: str

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"


def show(config: str, server: Callable[[pathlib.Path, int], Server], honest: Callable[[Place], None], hostile: Callable[[Place], int]) -> list[dict]:
    """Starts a server and the gate before it. `honest` asks what passes without an event, `hostile` what is refused, and
    counts it; the events of these. `server` gets a folder of its own and its port; `config` lacks the upstream, the
    addresses and the file of the events."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sentinel-gate-"))
    upstream, port, admin = (free_port() for _ in range(3))
    events = folder / "events.ndjson"
    head = f"""
version: 1
upstream: http://127.0.0.1:{upstream}
listen: 127.0.0.1:{port}
admin: 127.0.0.1:{admin}
events: [{{to: "file:{events}"}}]
"""
    (folder / "sentinel-gate.yml").write_text(head + config)
    behind = server(folder, upstream)
    place = Place(port, f"http://127.0.0.1:{upstream}")
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            behind.command, cwd=behind.cwd, stdout=log, stderr=log, env={**os.environ, **behind.environment}
        )
    gate = start_gate(folder / "sentinel-gate.yml")
    try:
        wait_for(place.upstream + behind.ready)
        wait_for(f"http://127.0.0.1:{admin}/readyz")
        honest(place)
        check_quiet(events)
        lines = check_accounts(events, admin, hostile(place))
        stop(gate)
        return lines
    except SystemExit:
        print((folder / "server.log").read_text()[-3000:])
        raise
    finally:
        kill(gate, process)


def check_quiet(events: pathlib.Path) -> None:
    check("no event of an honest request", not events.exists() or events.read_text() == "", events)


def check_accounts(events: pathlib.Path, admin: int, refused: int) -> list[dict]:
    """The events, of which there is one for each refusal; the counters agree."""
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    check("an event for each", len(lines) == refused, (len(lines), refused))
    metrics = httpx.get(f"http://127.0.0.1:{admin}/metrics").text.splitlines()
    counted = sum(int(line.rsplit(" ", 1)[1]) for line in metrics if line.startswith("sentinel_gate_events_total{"))
    check("counters agree", counted == refused, (counted, refused))
    return lines


def stop(gate: subprocess.Popen) -> None:
    gate.terminate()
    check("it stops when told to", gate.wait(15) == 0)


def kill(*processes: subprocess.Popen) -> None:
    for process in processes:
        process.kill()
        process.wait()
