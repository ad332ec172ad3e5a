"""The files under deploy/ and the container recipe: rendered, linted, held to what the gate needs, and a gate started with each
configuration as a container would start it. What was not run is listed at the end.

    python oracles/deploy/run.py

Needs `npm run build` and the packages of oracles/deploy/requirements.txt.
"""

from alerts import alerts
from kit import end
from manifests import manifests
from recipes import compose, recipe
from started import gates

pods, rules = manifests()
projects, checks = compose()
health, _ = recipe()
metrics = gates([*pods, *projects], [health, *checks])
alerts(rules, metrics, pods)
raise SystemExit(end())
