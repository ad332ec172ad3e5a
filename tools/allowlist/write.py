"""The second step of generate.py: merges what the environments collected and writes the tables of the catalogue."""

import json
import re
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "catalogue"))
from table import DATA, block, plain, write_table

from judged import EMPTY_BY_HAND, JUDGED, REJECTED

#: family -> (file, justification)
FAMILIES = {
    "numpy-scalar": ("numpy", "A scalar type of numpy: calling it converts a value."),
    "numpy-dtype": ("numpy", "A dtype class of numpy: calling it builds a description of data."),
    "numpy-ufunc": ("numpy-stored", "A universal function of numpy, which estimators keep as a parameter."),
    "numpy-array": ("numpy", "A polynomial: it keeps coefficients, domain and window."),
    "scipy-sparse": ("scipy", "A sparse matrix: its constructor converts the given arrays."),
    "scipy-interpolate": ("scipy", "A fitted interpolator: its constructor computes on the given arrays and keeps them."),
    "scipy-spatial": ("scipy", "A spatial index or rotation: it keeps the given arrays."),
    "scipy-result": ("scipy", "A result or constraint of an optimiser: it keeps the given values."),
    "interp1d-member": ("scipy-stored", "A method that an interpolator keeps as its evaluator."),
    "torch-member": ("torch-stored", "A function of a scheduler that it keeps."),
    "pandas-offset": ("pandas", "A date offset: it keeps numbers, a calendar and a weekday mask."),
    "pandas-data": ("pandas", "A frame, series, index, array or dtype of pandas: its constructor converts the given values, and its state is its parts. A dtype text only picks among the registered dtypes."),
    "pandas-older": ("pandas", "A class under the name that an older pandas wrote, as pandas' own table of moved classes has it; the class is of the kinds above."),
    "sklearn-estimator": ("sklearn", "An estimator of scikit-learn: its constructor stores its parameters, and BaseEstimator.__setstate__ stores the state and compares versions."),
    "sklearn-part": ("sklearn", "A part of a fitted estimator (tree, kernel, loss, splitter, index, encoder): it keeps the given values and checks the arrays of its state."),
    "sklearn-function": ("sklearn-stored", "A metric or score function of scikit-learn, which searches and selectors keep as a parameter."),
    "cython-unpickle": ("sklearn", "The rebuild function that Cython writes for a compiled class: it calls __new__ of the class and sets its fields."),
    "booster-model": ("booster", "A scikit-learn estimator of xgboost or lightgbm: its constructor stores its parameters; the booster inside is judged by itself."),
    "torch-layer": ("torch", "A layer of torch: its constructor makes parameters and sub-layers, and Module.__setstate__ stores the state."),
    "torch-optim": ("torch", "An optimiser or scheduler of torch: it keeps parameter groups and numbers."),
    "torch-storage": ("torch", "A storage class of torch: in checkpoints it names the type of raw data; calling it allocates memory."),
    "torch-tensor": ("torch", "A parameter or buffer class of torch: calling it wraps a tensor."),
    "torch-tensor-type": ("torch", "A tensor type of torch, by which older releases named a dtype and device: calling it allocates memory."),
    "torch-value": ("torch", "A constant of torch: a dtype, layout, memory format or quantisation scheme, which cannot be called."),
    "scipy-tuple": ("scipy", "A result of a statistical test: a tuple that keeps its fields."),
    "statsmodels-tuple": ("statistics", "A result of a statistical test: a tuple that keeps its fields."),
    "statsmodels-compiled": ("statistics", "A compiled state space model or filter: it checks the shapes of the arrays and numbers that it is given and keeps them; its parts must be of the compiled types."),
    "enumeration": ("trainer", "An enumeration of a trainer's arguments: calling it looks a member up by value."),
}
EMPTY = "an instance made without running its constructor, as pickle writes it"
#: Names that are judged by their calls (catalogue/judges): the fields of their block.
CONDITIONAL = {
    "distributions": {
        "judge": "distribution",
        "hazard": "execution",
        "why": "Its state holds text that scipy executes when the state is set.",
        "shape": "an unchanged distribution, as pickle writes it",
        "judges-states": "yes",
    },
    "frozen": {"judge": "emptyInstance", "hazard": "execution", "why": "Its constructor calls the class of the object that it is given.", "shape": EMPTY},
    "model-data": {
        "judge": "modelData",
        "hazard": "execution",
        "why": "Its state holds a formula that is evaluated as Python code when the state is set.",
        "shape": "an unchanged model's data with a formula of plain names or none",
    },
    "empty": {"judge": "emptyInstance", "hazard": "execution", "why": "Only its instances are allowed, not its constructor.", "shape": EMPTY, "otherwise": "unexpected"},
}
CONDITIONAL_FAMILIES = {"scipy-distribution": "distributions", "statsmodels-data": "model-data"}
#: Families of classes whose constructors nobody has judged: saves make their instances without one.
EMPTY_FAMILIES = "scipy-empty pandas-empty booster-empty torch-empty trainer-empty statsmodels-empty gensim-empty".split()

PLAIN = re.compile(r"^[A-Za-z_][\w.]*$")


SOURCE = "tools/allowlist/generate.py"


def entries_of(names):
    for module, name in names:
        if not PLAIN.match(module) or not PLAIN.match(name):
            raise SystemExit("not a plain name: %s %s" % (module, name))
    return plain("%s %s" % pair for pair in names)


def write(inputs):
    collected = [json.loads(Path(path).read_text()) for path in inputs]
    families = {}
    for data in collected:
        for family, names in data["names"].items():
            families.setdefault(family, set()).update((m, n) for m, n in names if "%s %s" % (m, n) not in REJECTED)
    groups = []  # (file, why, names)
    taken = set()
    for file, why, text in JUDGED:
        names = {(line.split(": ")[0], n) for line in text.strip().splitlines() for n in line.split(": ")[1].split()}
        groups.append((file, why, names - taken))
        taken |= names
    conditional = {}
    for family, kind in CONDITIONAL_FAMILIES.items():
        conditional[kind] = families.pop(family, set())
        taken |= conditional[kind]
    conditional["empty"] = set().union(*(families.pop(family, set()) for family in EMPTY_FAMILIES), EMPTY_BY_HAND) - taken.union(*families.values())
    taken |= conditional["empty"]
    member_names = families.pop("discrete-member", set()) | families.get("interp1d-member", set()) | families.get("torch-member", set())
    frozen = families.pop("scipy-frozen", set())
    conditional["frozen"] = frozen | {(module, "rv_frozen") for module, _ in frozen}
    standard = standard_names()
    for family, (file, why) in FAMILIES.items():
        names = {pair for pair in families.pop(family, set()) if pair not in taken and pair not in standard}
        taken |= names
        groups.append((file, why, names))
    if families:
        raise SystemExit("families without a justification: %s" % sorted(families))

    tables = {}
    for file, why, names in groups:
        # What the name of a file says behind its library: how the names of the group count.
        library, *marks = file.split("-")
        fields = {"role": "stored" if "stored" in marks else None, "inside-danger": "yes" if "carved" in marks else None, "why": why}
        if names:
            tables.setdefault(library, []).append(block("allow", fields, entries_of(names)))
    for library, blocks in tables.items():
        write_table("allow/%s.txt" % library, SOURCE, blocks)
    pairs = {tuple(pair) for data in collected for pair in data["getattr"] if pair[1] != "_reconstructor" and PLAIN.match(pair[0])}
    for module, name in member_names:
        pairs.add((module, *name.split(".")))
    members = plain("%s.%s %s" % pair for pair in pairs)
    blocks = [block("conditional", fields, entries_of(conditional[kind])) for kind, fields in CONDITIONAL.items()]
    write_table("conditional-names.txt", SOURCE, [*blocks, block("member", {}, members)])
    report(collected, groups, conditional, standard)


def standard_names():
    lines = (DATA / "allow/standard.txt").read_text().splitlines()
    return {tuple(line.split()) for line in lines if line.startswith("  ")}


def report(collected, groups, conditional, standard):
    """Says what real saves hold that nobody judged: the list that a person works through."""
    known = {pair for _, _, names in groups for pair in names} | standard | set().union(*conditional.values())
    print("entries:", len({pair for _, _, names in groups for pair in names}))
    for data in collected:
        for module, name, sources in data["recorded"]:
            if (module, name) not in known:
                print("not allowed: %s %s  %s" % (module, name, sources[:2]))
