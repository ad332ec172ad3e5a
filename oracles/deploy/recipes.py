"""The compose files, resolved by Docker Compose, and the container recipe, read by hadolint."""

import json
import pathlib
import re

import yaml

from kit import ROOT, expect, run, seconds, size, skip, tool
from manifests import Gate, needed

RECIPE = ROOT / "integrations/Containerfile"


def compose() -> tuple[list[Gate], list[list[str]]]:
    """The gates of all files, and their health checks."""
    program = tool("docker-compose")
    gates, checks = [], []
    for name in ("compose", "triton"):
        if program is None:
            break
        file = ROOT / f"deploy/compose/{name}.yml"
        env = {"MODELS": "/srv/models", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin"}
        code, output = run(program, "--file", file, "config", "--format", "json", env=env)
        if not expect(f"{name}: Docker Compose reads it", code == 0, output):
            continue
        code, _ = run(program, "--file", file, "config", "--quiet", env={**env, "MODELS": ""})
        expect(f"{name}: without a folder of models it ends", code != 0)
        gate = project(name, json.loads(output))
        gates.append(gate)
        checks.append(json.loads(output)["services"]["gate"]["healthcheck"]["test"][1:])
    return gates, checks


def project(where: str, parsed: dict) -> Gate:
    services = parsed["services"]
    gate = services["gate"]
    [source] = [one["source"] for one in gate["volumes"] if one["target"] == gate["command"][2]]
    text = pathlib.Path(source).read_text()
    config = yaml.safe_load(text)
    expect(f"{where}: the gate is confined", gate.get("read_only") and gate["cap_drop"] == ["ALL"] and gate["user"] == "65532:65532")
    expect(f"{where}: and gains no privileges", "no-new-privileges:true" in gate["security_opt"])
    expect(f"{where}: all mounts are read-only", all(one.get("read_only") for service in services.values() for one in service["volumes"]))
    published = [name for name, service in services.items() if service.get("ports")]
    expect(f"{where}: only the gate is published", published == ["gate"], published)
    listen = int(config["listen"].rpartition(":")[2])
    expect(f"{where}: at one port, which is not the admin's", [one["target"] for one in gate["ports"]] == [listen])
    expect(f"{where}: on loopback of the host", [one["host_ip"] for one in gate["ports"]] == ["127.0.0.1"])
    inside = [name for name, network in parsed["networks"].items() if network.get("internal")]
    [server] = [name for name in services if name not in ("gate", "scan")]
    expect(f"{where}: the server is on an internal network alone", list(services[server]["networks"]) == inside)
    host, _, port = config["upstream"].removeprefix("http://").rpartition(":")
    expect(f"{where}: it has the name of `upstream`", host in services[server]["networks"][inside[0]]["aliases"])
    expect(f"{where}: and its port", re.search(rf"port[= ]{port}\b", " ".join(services[server]["command"])))
    waits = services[server]["depends_on"]["scan"]["condition"]
    expect(f"{where}: it starts when the scan has passed", waits == "service_completed_successfully", waits)
    [tmpfs] = gate["tmpfs"]
    folder, options = tmpfs.split(":")
    spool = size(re.search(r"size=(\w+)", options).group(1))
    expect(f"{where}: the spool is a tmpfs of the gate alone", folder == config["spool_folder"] and "mode=0700" in options, tmpfs)
    expect(f"{where}: the gate refuses before it is full", size(config["limits"]["spooled"]) < spool, tmpfs)
    expect(f"{where}: memory for what the configuration allows", size(gate["mem_limit"]) >= needed(config) + spool, needed(config))
    stop, grace = config["timeouts"]["stop_ms"] / 1000, seconds(gate["stop_grace_period"])
    expect(f"{where}: the grace period is longer than stop_ms and the last events", grace > stop + 2, grace)
    expect(f"{where}: the server stops after the gate", seconds(services[server]["stop_grace_period"]) >= grace)
    for name, service in services.items():
        expect(f"{where}: {name} has an image with a version", service["image"].rpartition(":")[2] not in ("", "latest"))
    return Gate(where, config, text, ["/readyz", "/healthz"], grace)


def recipe() -> tuple[list[str], list[str]]:
    """The health check of the image and the command of the gate."""
    program = tool("hadolint")
    if program is not None:
        code, output = run(program, "--no-color", RECIPE)
        expect("Containerfile: hadolint has nothing to say", code == 0 and output.strip() == "", output)
    stages = {}
    text = re.sub(r"\\\n\s*", "", RECIPE.read_text())
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            parent, _, name = rest.partition(" AS ")
            stages[name] = stage = {**stages.get(parent, {"USER": "root"})}
        elif word.isupper() and stages:
            stage[word] = rest
    base = re.search(r"^ARG NODE=\S+:\S+@sha256:[0-9a-f]{64}$", RECIPE.read_text(), re.M)
    expect("Containerfile: the base is pinned by a digest", base and text.count("FROM ${NODE}") == 2)
    expect("Containerfile: the command line is the default", list(stages)[-1] == "command", list(stages))
    for name in ("gate", "command"):
        its = stages[name]
        expect(f"Containerfile: {name}: not root", its["USER"] == "65532:65532", its)
        expect(f"Containerfile: {name}: SIGTERM", its["STOPSIGNAL"] == "SIGTERM", its)
        expect(f"Containerfile: {name}: no shell", all(its[word].startswith("[") for word in ("ENTRYPOINT", "CMD")), its)
    health = json.loads(stages["gate"]["HEALTHCHECK"].partition("CMD ")[2])
    skip("the image", "it is not built here: no registry of images is reached")
    return health, json.loads(stages["gate"]["CMD"])
