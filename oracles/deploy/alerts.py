"""The alert rules: promtool reads and tries them, their metrics exist, and the page shows the same text."""

import pathlib
import re
import tempfile

import yaml

from kit import ROOT, expect, promtool, run, skip
from manifests import FOLDER, Gate

HERE = pathlib.Path(__file__).resolve().parent
RULES = FOLDER / "monitoring/rules.yaml"
PAGE = ROOT / "docs/gate/operating.md"


def alerts(specs: list[dict], metrics: str, gates: list[Gate]) -> None:
    text = RULES.read_text()
    expect("the page shows the file of the alerts", f"```yaml\n{text}```\n" in PAGE.read_text())
    if not specs:
        skip("alert rules", "nothing rendered them")
        return
    [spec] = specs
    expressions = [rule["expr"] for group in spec["groups"] for rule in group["rules"]]
    exported = set(re.findall(r"^# TYPE (\w+) ", metrics, re.M))
    used = {re.sub(r"_bucket$", "", name) for text in expressions for name in re.findall(r"sentinel_gate_\w+", text)}
    expect("the gate exports every metric of the alerts", used and used <= exported, used - exported)
    ids = re.findall(r"^  '(GATE-[A-Z-]+)':", (ROOT / "packages/gate/src/model/rules.ts").read_text(), re.M)
    for one in set(re.findall(r'rule=~?"([^"]+)"', " ".join(expressions))):
        expect(f"alerts: {one} is a rule of the gate", any(re.fullmatch(one, name) for name in ids), ids)
    near = next(text for text in expressions if "held_bytes" in text)
    base = gates[0].config["limits"]
    bounds = [int(number) for number in re.findall(r"> (\d+)", near)]
    sizes = [int(re.match(r"\d+", base[key]).group()) * unit for key, unit in (("held", 2**20), ("spooled", 2**30))]
    expect("alerts: 80 % of the limits of the configuration", bounds == [size * 8 // 10 for size in sizes], bounds)
    program = promtool()
    if program is None:
        skip("alert rules by promtool", "it is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "rules.yml").write_text(yaml.safe_dump(spec))
        code, output = run(program, "check", "rules", folder / "rules.yml")
        expect("alerts: promtool reads them", code == 0, output)
        (folder / "rules.test.yml").write_text((HERE / "rules.test.yml").read_text())
        code, output = run(program, "test", "rules", folder / "rules.test.yml")
        expect("alerts: they fire when they should, and not else", code == 0, output)
        tried = set(re.findall(r"alertname: (\w+)", (HERE / "rules.test.yml").read_text()))
        all_of_them = {rule["alert"] for group in spec["groups"] for rule in group["rules"]}
        expect("alerts: each is tried", tried == all_of_them, tried ^ all_of_them)
