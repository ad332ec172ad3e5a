"""What the runs of the gate before real servers share: checks that are counted, ports, the gate's process, its accounts."""

import json
import os
import pathlib
import socket
import subprocess
import time

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
