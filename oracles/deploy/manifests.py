"""The Kustomize folders: rendered by kubectl, held to the schemas of Kubernetes, and to what the gate needs of them."""

import dataclasses
import itertools
import pathlib
import tempfile

import kubernetes_validate
import yaml

from kit import ROOT, expect, run, size, skip, tool

FOLDER = ROOT / "deploy/kubernetes"
# The first with preStop.sleep, the one of kubectl, and the latest that the schemas know.
VERSIONS = ["1.30.0", "1.34.0", "1.37.0"]
# Of operators: kubernetes-validate has no schemas of them.
CUSTOM = {"InferenceService", "PodMonitor", "PrometheusRule"}
# What an InferenceService has beside the fields of a PodSpec (V1beta1PredictorSpec).
PREDICTOR_FIELDS = {"minReplicas", "maxReplicas", "labels", "annotations", "timeout"}
GATE_NAMES = {"gate", "transformer-container"}
PROXY_BYTES = 128 * 2**20
DECODED_BYTES = 64 * 2**20


@dataclasses.dataclass
class Gate:
    """A gate container with its configuration, and how long it may take to end."""

    where: str
    config: dict
    text: str
    probes: list[str]
    grace: float


def rendered(where: str, folder: pathlib.Path, kubectl: pathlib.Path) -> list[dict]:
    code, output = run(kubectl, "kustomize", folder)
    if not expect(f"{where}: renders", code == 0, output):
        return []
    expect(f"{where}: without a warning", "Warning" not in output, output)
    return list(yaml.safe_load_all(output))


def component(name: str, kubectl: pathlib.Path) -> list[dict]:
    """A folder with the monitoring component, as an overlay of a user takes it."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        path = pathlib.Path(folder) / "kustomization.yaml"
        path.write_text(
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
            f"resources: [../{name}]\ncomponents: [../monitoring]\n"
        )
        return rendered(f"{name} with monitoring", path.parent, kubectl)


def validate(where: str, one: dict) -> None:
    name = f"{where}: {one['kind']} {one['metadata']['name']}"
    if one["kind"] in CUSTOM:
        skip(name, "no schema of its kind is in kubernetes-validate")
        if one["kind"] != "InferenceService":
            return
        spec = {key: value for key, value in one["spec"]["predictor"].items() if key not in PREDICTOR_FIELDS}
        one = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "predictor"}, "spec": spec}
        name += ", its pod"
    for version in VERSIONS:
        try:
            kubernetes_validate.validate(one, version, strict=True)
            expect(f"{name}: fits Kubernetes {version}", True)
        except kubernetes_validate.ValidationError as error:
            expect(f"{name}: fits Kubernetes {version}", False, f"{list(error.path)}: {error.message}")


def pod_of(objects: list[dict]) -> tuple[dict, dict]:
    """The labels and the spec of the pod that the gate is in."""
    for one in objects:
        if one["kind"] == "Deployment":
            template = one["spec"]["template"]
            return template["metadata"]["labels"], template["spec"]
        if one["kind"] == "InferenceService":
            predictor = one["spec"]["predictor"]
            # KServe adds this one.
            service = {"serving.kserve.io/inferenceservice": one["metadata"]["name"]}
            return {**predictor["labels"], **service}, predictor
    raise SystemExit("no pod is rendered")


def is_within(selector: dict, labels: dict) -> bool:
    return selector.get("matchLabels", selector).items() <= labels.items()


def check(where: str, objects: list[dict]) -> Gate | None:
    if not objects:
        return None
    for one in objects:
        validate(where, one)
    labels, pod = pod_of(objects)
    gate = next(one for one in pod["containers"] if one["name"] in GATE_NAMES)
    maps = {one["metadata"]["name"]: one["data"] for one in objects if one["kind"] == "ConfigMap"}
    names = [volume["configMap"]["name"] for volume in pod["volumes"] if "configMap" in volume]
    if not expect(f"{where}: the ConfigMap of the volume is rendered", len(names) == 1 and names[0] in maps, names):
        return None
    text = maps[names[0]]["sentinel-gate.yml"]
    config = yaml.safe_load(text)
    confined(where, pod, gate)
    connected(where, objects, labels, pod, gate, config)
    grace = stopping(where, pod, gate, config)
    sized(where, pod, gate, config)
    probes = [gate[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")]
    return Gate(where, config, text, probes, grace)


def confined(where: str, pod: dict, gate: dict) -> None:
    """The profile "restricted" of the Pod Security Standards, and a root file system that nobody writes to."""
    context = pod["securityContext"]
    expect(f"{where}: not root", context["runAsNonRoot"] is True and context["runAsUser"] >= 1000, context)
    expect(f"{where}: seccomp", context["seccompProfile"] == {"type": "RuntimeDefault"}, context)
    expect(f"{where}: no token", pod.get("automountServiceAccountToken") is False)
    expect(f"{where}: namespaces of its own", not any(pod.get(f"host{kind}") for kind in ("Network", "PID", "IPC")))
    kinds = {key for volume in pod["volumes"] for key in volume} - {"name"}
    expect(f"{where}: volumes", kinds <= {"configMap", "emptyDir", "persistentVolumeClaim"}, kinds)
    for one in [*pod["containers"], *pod.get("initContainers", [])]:
        its = one["securityContext"]
        name = f"{where}: {one['name']}"
        expect(f"{name} gains no privileges", its["allowPrivilegeEscalation"] is False and "privileged" not in its, its)
        expect(f"{name} has no capabilities", its["capabilities"] == {"drop": ["ALL"]}, its)
        expect(f"{name} has requests and a memory limit", one["resources"]["requests"] and one["resources"]["limits"]["memory"])
        tag = one["image"].rpartition("/")[2].partition(":")[2]
        expect(f"{name} has an image with a version", tag not in ("", "latest"), one["image"])
        if one is gate or one["name"] == "scan":
            expect(f"{name} has a read-only root", its["readOnlyRootFilesystem"] is True, its)
            writable = [mount["mountPath"] for mount in one["volumeMounts"] if not mount.get("readOnly")]
            expect(f"{name} writes nowhere but to /spool", writable == (["/spool"] if one is gate else []), writable)


def connected(where: str, objects: list[dict], labels: dict, pod: dict, gate: dict, config: dict) -> None:
    """Ports, labels and names: each leads to what it is meant for, and only the gate leads to the model server."""
    listen, admin = (int(config[key].rpartition(":")[2]) for key in ("listen", "admin"))
    ports = {port.get("name"): port["containerPort"] for port in gate["ports"]}
    number = lambda port: ports.get(port, port)
    expect(f"{where}: the pod has the label of gates", is_within({"app.kubernetes.io/name": "sentinel-gate"}, labels), labels)
    expect(f"{where}: the port of clients", listen in ports.values() and set(ports.values()) <= {listen, admin}, ports)
    for kind in ("startup", "readiness", "liveness"):
        probed = gate[f"{kind}Probe"]["httpGet"]
        expect(f"{where}: {kind}Probe is for the admin port", number(probed["port"]) == admin, probed)
    expect(f"{where}: the kubelet reaches both", all(config[key].startswith("0.0.0.0:") for key in ("listen", "admin")))
    policies = [one["spec"] for one in objects if one["kind"] == "NetworkPolicy"]
    mine = [policy for policy in policies if is_within(policy["podSelector"], labels)]
    expect(f"{where}: a policy for what comes and what goes", [p["policyTypes"] for p in mine] == [["Ingress", "Egress"]], mine)
    for policy in mine:
        for rule in policy["ingress"]:
            opened = {number(port["port"]) for port in rule["ports"]}
            expect(f"{where}: only the monitoring reaches the admin port", opened == ({admin} if "from" in rule else {listen}), rule)
    for one in objects:
        spec = one.get("spec", {})
        if one["kind"] == "Service":
            targets = [number(port["targetPort"]) for port in spec["ports"]]
            expect(f"{where}: the Service", is_within(spec["selector"], labels) and targets == [listen], spec)
        if one["kind"] in ("PodDisruptionBudget", "PodMonitor"):
            expect(f"{where}: {one['kind']} selects the gate", is_within(spec["selector"], labels), spec)
        if one["kind"] == "PodMonitor":
            [endpoint] = spec["podMetricsEndpoints"]
            expect(f"{where}: PodMonitor", number(endpoint["port"]) == admin and endpoint["path"] == "/metrics", endpoint)
    host, _, port = config["upstream"].removeprefix("http://").rpartition(":")
    servers = [one for one in pod["containers"] if one is not gate]
    if servers:
        [server] = servers
        words = [*server.get("args", []), *(f"{one['name']}={one['value']}" for one in server.get("env", []))]
        options = {*words, *(f"{option}={value}" for option, value in itertools.pairwise(words))}
        loopback = {"MLSERVER_HOST=127.0.0.1", "--host=127.0.0.1"} & options
        listens = {f"MLSERVER_HTTP_PORT={port}", f"--port={port}"} & options
        expect(f"{where}: the server is on loopback, where the gate looks", host == "127.0.0.1" and loopback and listens, words)
        expect(f"{where}: the server offers no port, and the pod calls nobody", "ports" not in server and mine[0].get("egress", []) == [])
        probes = [server[kind] for kind in server if kind.endswith("Probe")]
        expect(f"{where}: its probes run where loopback is", probes and all("exec" in probe for probe in probes), probes)
        return
    [behind] = [policy for policy in policies if policy not in mine]
    [rule] = behind["ingress"]
    [source] = rule["from"]
    expect(f"{where}: only the gate reaches the server", is_within(source["podSelector"], labels) and len(source) == 1, behind)
    expect(f"{where}: at the port of `upstream`", [str(one["port"]) for one in rule["ports"]] == [port], rule)
    way = [one for one in mine[0]["egress"] if any(to.get("podSelector") == behind["podSelector"] for to in one["to"])]
    expect(f"{where}: and the gate may call it there", [str(one["port"]) for rule in way for one in rule["ports"]] == [port], way)


def stopping(where: str, pod: dict, gate: dict, config: dict) -> float:
    """Seconds that the gate has from SIGTERM on."""
    wait = gate["lifecycle"]["preStop"]["sleep"]["seconds"]
    stop = config["timeouts"]["stop_ms"] / 1000
    grace = pod["terminationGracePeriodSeconds"]
    expect(f"{where}: the grace period is longer than preStop, stop_ms and the last events", grace > wait + stop + 2, grace)
    for one in pod["containers"]:
        if one is not gate:
            later = one["lifecycle"]["preStop"]["sleep"]["seconds"]
            expect(f"{where}: the server stops after the gate", wait + stop <= later < grace, later)
    return grace - wait


def needed(config: dict) -> int:
    """Bytes, as docs/gate/operating.md counts them."""
    inspection = config["inspection"]
    routes = config["routes"]
    inspectors = inspection["workers"] + any("spool" in route for route in routes)
    if any("stream" in route for route in routes):
        inspectors += inspection.get("streams", 4)
    each = inspection["memory_mb"] * 2**20 + size(inspection.get("decoded_limit", DECODED_BYTES))
    return PROXY_BYTES + size(config["limits"]["held"]) + inspectors * each


def sized(where: str, pod: dict, gate: dict, config: dict) -> None:
    limits = gate["resources"]["limits"]
    expect(f"{where}: memory for what the configuration allows", size(limits["memory"]) >= needed(config), needed(config))
    expect(f"{where}: no limit of processors", "cpu" not in limits, limits)
    [mount] = [one["name"] for one in gate["volumeMounts"] if one["mountPath"] == config["spool_folder"]]
    [spool] = [size(one["emptyDir"]["sizeLimit"]) for one in pod["volumes"] if one["name"] == mount]
    expect(f"{where}: the gate refuses before the pod is evicted", size(config["limits"]["spooled"]) < spool)
    expect(f"{where}: the storage of the volume", size(limits["ephemeral-storage"]) > spool, limits)


def manifests() -> tuple[list[Gate], list[dict]]:
    """The gates of all folders, and the groups of alert rules."""
    kubectl = tool("kubectl")
    if kubectl is None:
        return [], []
    gates = []
    for name in ("base", "vllm", "kserve"):
        objects = rendered(name, FOLDER / name, kubectl)
        gate = check(name, objects)
        gates += [] if gate is None else [gate]
    check("vllm with monitoring", component("vllm", kubectl))
    objects = component("base", kubectl)
    check("base with monitoring", objects)
    return gates, [one["spec"] for one in objects if one["kind"] == "PrometheusRule"]
