"""
The calls of PyTorch's loaders that Sentinel finds, against an analysis of its own on Python's ast: every call of
torch.load, torch.hub's functions and the loaders of native libraries in the sources of installed packages has to be found
by both, and no other.

    python3 oracles/python-source/torch-calls.py --packages torch transformers accelerate lightning diffusers timm peft

Needs a Python from 3.9 on with the packages installed (they are read, not imported) and Node.js. A package that is not
there is said, and is an error under --require. Exits with 1 on any difference.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import json
import subprocess
import sys
import time
import warnings
from collections import Counter
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

SINKS = {
    "torch.load",
    "torch.hub.load",
    "torch.hub.list",
    "torch.hub.help",
    "torch.hub.load_state_dict_from_url",
    "torch.hub.download_url_to_file",
    "torch.ops.load_library",
    "torch.classes.load_library",
    "torch.utils.cpp_extension.load",
    "torch.utils.cpp_extension.load_inline",
}
SAME = {
    "torch.serialization.load": "torch.load",
    "torch.utils.model_zoo.load_url": "torch.hub.load_state_dict_from_url",
    "torch.utils.model_zoo.load_state_dict_from_url": "torch.hub.load_state_dict_from_url",
    "torchvision._internally_replaced_utils.load_state_dict_from_url": "torch.hub.load_state_dict_from_url",
    "torch._ops.ops.load_library": "torch.ops.load_library",
    "torch._classes.classes.load_library": "torch.classes.load_library",
}
DEPTH = 14
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


def location(path: Path) -> tuple[str, bool]:
    """The full name of the module in a file, and whether it is a package."""
    package = path.name == "__init__.py"
    parts = [] if package else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").exists():
        parts.insert(0, folder.name)
        folder = folder.parent
    return ".".join(parts), package


class Scope:
    def __init__(self, node: ast.AST, parent: Scope | None, name: str) -> None:
        self.node, self.parent, self.name = node, parent, name
        self.names: dict[str, list] = {}
        self.attributes: dict[str, list] = {}
        self.globals: set[str] = set()
        self.stars: list[str] = []

    @property
    def is_class(self) -> bool:
        return isinstance(self.node, ast.ClassDef)


class Module(ast.NodeVisitor):
    """Every binding of every name, and the calls with their scopes."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path = path
        self.name, self.package = location(path)
        self.top = self.scope = Scope(tree, None, "")
        self.calls: list[tuple[ast.expr, ast.AST, Scope]] = []
        self.visit(tree)

    def bind(self, name: str, binding: tuple) -> None:
        scope = self.top if name in self.scope.globals else self.scope
        scope.names.setdefault(name, []).append(binding)

    def assign(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self.bind(target.id, ("value", value, self.scope) if value is not None else ("unknown",))
        elif isinstance(target, (ast.Tuple, ast.List)):
            same = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
            for i, item in enumerate(target.elts):
                self.assign(item, value.elts[i] if same else None)
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            owner = self.scope
            while owner is not None and target.value.id not in owner.names:
                owner = owner.parent
            for kind, *rest in owner.names[target.value.id] if owner else []:
                if kind in ("instance", "definition") and rest[0] is not None and rest[0].is_class:
                    rest[0].attributes.setdefault(target.attr, []).append(("value", value, self.scope))

    def absolute(self, module: str | None, level: int) -> str:
        if level == 0:
            return module or ""
        parts = self.name.split(".")
        parts = parts[: len(parts) - level + (1 if self.package else 0)]
        return ".".join(parts + ([module] if module else []))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.bind(alias.asname or alias.name.split(".")[0], ("path", alias.name if alias.asname else alias.name.split(".")[0]))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = self.absolute(node.module, node.level)
        for alias in node.names:
            if alias.name == "*":
                self.scope.stars.append(module)
            else:
                self.bind(alias.asname or alias.name, ("path", f"{module}.{alias.name}"))

    def visit_Global(self, node: ast.Global) -> None:
        self.scope.globals.update(node.names)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            self.assign(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        if node.value is not None:
            self.assign(node.target, node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        self.assign(node.target, None)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.generic_visit(node)
        self.assign(node.target, node.value)

    def visit_For(self, node: ast.For) -> None:
        if isinstance(node.target, ast.Name):
            self.bind(node.target.id, ("item", node.iter, self.scope))
        else:
            self.assign(node.target, None)
        self.generic_visit(node)

    visit_AsyncFor = visit_For

    def visit_withitem(self, node: ast.withitem) -> None:
        if node.optional_vars is not None:
            self.assign(node.optional_vars, None)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.bind(node.name, ("unknown",))
        self.generic_visit(node)

    def inside(self, node: ast.AST, name: str, body: list) -> Scope:
        outer, self.scope = self.scope, Scope(node, self.scope, f"{self.scope.name}.{name}".lstrip("."))
        scope = self.scope
        for item in body:
            if callable(item):
                item()
            else:
                self.visit(item)
        self.scope = outer
        return scope

    def parameters(self, arguments: ast.arguments, method_of: Scope | None) -> None:
        outer = self.scope.parent
        plain = arguments.posonlyargs + arguments.args
        defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
        pairs = list(zip(plain, defaults)) + list(zip(arguments.kwonlyargs, arguments.kw_defaults))
        for i, (argument, default) in enumerate(pairs):
            if i == 0 and method_of is not None:
                self.bind(argument.arg, ("instance", method_of))
            else:
                self.bind(argument.arg, ("value", default, outer) if default is not None else ("unknown",))
        for argument in (arguments.vararg, arguments.kwarg):
            if argument is not None:
                self.bind(argument.arg, ("unknown",))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for decorator in node.decorator_list:
            self.visit(decorator)
            self.calls.append((decorator, decorator, self.scope))
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                self.visit(default)
        static = any(isinstance(item, ast.Name) and item.id == "staticmethod" for item in node.decorator_list)
        method_of = self.scope if self.scope.is_class and not static else None
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg) and argument.annotation:
                self.visit(argument.annotation)
        outer = self.scope
        holder: list = []
        self.bind(node.name, ("definition", None, holder))
        scope = self.inside(node, node.name, [lambda: self.parameters(node.args, method_of), *node.body])
        bindings = (self.top if node.name in outer.globals else outer).names[node.name]
        bindings[next(i for i, item in enumerate(bindings) if len(item) == 3 and item[2] is holder)] = ("definition", scope)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for item in [*node.decorator_list, *node.bases, *[keyword.value for keyword in node.keywords]]:
            self.visit(item)
        for decorator in node.decorator_list:
            self.calls.append((decorator, decorator, self.scope))
        scope = Scope(node, self.scope, f"{self.scope.name}.{node.name}".lstrip("."))
        self.bind(node.name, ("definition", scope))
        outer, self.scope = self.scope, scope
        for item in node.body:
            self.visit(item)
        self.scope = outer

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                self.visit(default)
        self.inside(node, "<lambda>", [lambda: self.parameters(node.args, None), node.body])

    def comprehension(self, node: ast.AST) -> None:
        self.visit(node.generators[0].iter)
        first = node.generators[0]
        outer = self.scope

        def targets() -> None:
            for i, generator in enumerate(node.generators):
                of = outer if i == 0 else self.scope
                if isinstance(generator.target, ast.Name):
                    self.bind(generator.target.id, ("item", generator.iter, of))
                else:
                    self.assign(generator.target, None)

        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        rest = [item for generator in node.generators for item in generator.ifs]
        rest += [generator.iter for generator in node.generators if generator is not first]
        self.inside(node, "<comprehension>", [targets, *parts, *rest])

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = comprehension

    def visit_Call(self, node: ast.Call) -> None:
        self.calls.append((node.func, node, self.scope))
        self.generic_visit(node)


@lru_cache(maxsize=4000)
def module_at(path: Path) -> Module | None:
    try:
        return Module(path, ast.parse(path.read_bytes()))
    except (SyntaxError, ValueError, RecursionError):
        return None


@lru_cache(maxsize=None)
def find(root: Path, name: str) -> Path | None:
    # Only the package itself is a tree; what is installed beside it is not.
    if name.split(".")[0] != root.name:
        return None
    place = root.parent.joinpath(*name.split("."))
    for path in (place / "__init__.py", place.with_name(place.name + ".py")):
        if path.is_file():
            return path
    return None


class Resolver:
    def __init__(self, module: Module, root: Path) -> None:
        self.module, self.root = module, root
        self.running: set[int] = set()
        #: What is known of bindings that were asked for by themselves, outside of any circle.
        self.known: dict[int, set] = {}

    def resolve(self, node: ast.AST | None, scope: Scope, depth: int = 0) -> set:
        """Full names as texts, definitions and instances as pairs with their scope."""
        if node is None or depth > DEPTH:
            return set()
        go = lambda other: self.resolve(other, scope, depth + 1)  # noqa: E731
        if isinstance(node, ast.Name):
            return self.name(node.id, scope, depth)
        if isinstance(node, ast.Attribute):
            return {found for of in go(node.value) for found in self.attribute(of, node.attr, depth)}
        if isinstance(node, ast.NamedExpr):
            return go(node.value)
        if isinstance(node, ast.BoolOp):
            return {found for value in node.values for found in go(value)}
        if isinstance(node, ast.IfExp):
            return go(node.body) | go(node.orelse)
        if isinstance(node, ast.Subscript):
            return self.items(node.value, scope, depth + 1)
        if isinstance(node, ast.Call):
            return self.call(node, scope, depth)
        return set()

    def name(self, name: str, scope: Scope, depth: int) -> set:
        at, own = scope, True
        found = None
        if name in scope.globals:
            at = self.module.top
        stars = set()
        while at is not None:
            if (not at.is_class or own) and name in at.names:
                found = at.names[name]
                break
            own = own and isinstance(at.node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp))
            at = at.parent
        at = scope
        while at is not None:
            if not name.startswith("_"):
                stars |= {f"{module}.{name}" for module in at.stars}
            at = at.parent
        if found is None:
            return stars | {name}
        if id(found) in self.known:
            return self.known[id(found)] | stars
        if id(found) in self.running:
            return set()
        alone = not self.running
        self.running.add(id(found))
        result = {one for binding in found for one in self.binding(binding, 1 if alone else depth + 1)}
        self.running.discard(id(found))
        if alone:
            self.known[id(found)] = result
        return result | stars

    def binding(self, binding: tuple, depth: int) -> set:
        kind, *rest = binding
        if kind == "path":
            return {rest[0]}
        if kind == "value":
            return self.resolve(rest[0], rest[1], depth)
        if kind == "item":
            return self.items(rest[0], rest[1], depth)
        return {(kind, rest[0])} if kind in ("definition", "instance") and rest[0] else set()

    def items(self, node: ast.AST, scope: Scope, depth: int) -> set:
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return {found for item in node.elts for found in self.resolve(item, scope, depth)}
        if isinstance(node, ast.Dict):
            return {found for item in node.values for found in self.resolve(item, scope, depth)}
        if not isinstance(node, ast.Name) or depth > DEPTH:
            return set()
        at, own = scope, True
        while at is not None and not ((not at.is_class or own) and node.id in at.names):
            own, at = False, at.parent
        found = at.names[node.id] if at else []
        return {one for kind, *rest in found if kind == "value" for one in self.items(rest[0], rest[1], depth + 1)}

    def attribute(self, of: object, name: str, depth: int) -> set:
        if isinstance(of, str):
            return {of} if name == "__call__" else {f"{of}.{name}"}
        kind, scope = of
        if not scope.is_class or depth > DEPTH:
            return set()
        bindings = scope.names.get(name, []) + scope.attributes.get(name, [])
        if bindings:
            if id(bindings[0]) in self.known:
                return self.known[id(bindings[0])]
            if id(bindings[0]) in self.running:
                return set()
            alone = not self.running
            self.running.add(id(bindings[0]))
            found = {one for binding in bindings for one in self.binding(binding, 1 if alone else depth + 1)}
            self.running.discard(id(bindings[0]))
            if alone:
                self.known[id(bindings[0])] = found
            return found
        return {
            found
            for base in scope.node.bases
            for owner in self.resolve(base, scope.parent, depth + 1)
            for found in self.attribute(owner, name, depth + 1)
        }

    def call(self, node: ast.Call, scope: Scope, depth: int) -> set:
        found = set()
        for callee in self.resolve(node.func, scope, depth + 1):
            if isinstance(callee, tuple):
                if callee[1].is_class:
                    found.add(("instance", callee[1]))
            elif callee in ("functools.partial", "functools.partialmethod", "staticmethod", "classmethod", "functools.cache"):
                found |= self.resolve(node.args[0] if node.args else None, scope, depth + 1)
            elif callee in ("typing.cast",) and len(node.args) > 1:
                found |= self.resolve(node.args[1], scope, depth + 1)
            elif callee == "getattr" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                for of in self.resolve(node.args[0], scope, depth + 1):
                    found |= self.attribute(of, str(node.args[1].value), depth + 1)
            elif callee in ("importlib.import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                name = str(node.args[0].value)
                found.add(name if callee == "importlib.import_module" else name.split(".")[0])
        return found

    def sinks(self, node: ast.AST, scope: Scope) -> set[str]:
        found = set()
        for one in self.resolve(node, scope):
            if isinstance(one, tuple):
                one = f"{self.module.name}.{one[1].name}" if one[0] == "definition" else ""
            found |= follow(self.root, one, 0)
        return found


def follow(root: Path, name: str, steps: int) -> set[str]:
    name = SAME.get(name, name)
    if name in SINKS:
        return {name}
    if steps > 12 or name.startswith("torch.") or "." not in name:
        return set()
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        path = find(root, ".".join(parts[:cut]))
        if path is None:
            continue
        module = module_at(path)
        if module is None:
            return set()
        expression: ast.expr = ast.Name(parts[cut])
        for part in parts[cut + 1 :]:
            expression = ast.Attribute(expression, part)
        resolver = Resolver(module, root)
        names = {one for one in resolver.resolve(expression, module.top) if isinstance(one, str) and one != name}
        return {sink for one in names for sink in follow(root, one, steps + 1)}
    return set()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", nargs="*", default=["torch", "numpy", "scipy", "pandas", "sklearn", "sympy"])
    parser.add_argument("--require", action="store_true", help="a missing package is an error")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)

    folders, missing = [], []
    for package in arguments.packages:
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            missing.append(package)
        else:
            folders.append(Path(next(iter(spec.submodule_search_locations))))
    for package in missing:
        print(f"not installed: {package}")
    if missing and arguments.require:
        return 2
    files = [file for folder in folders for file in sorted(folder.rglob("*.py")) if file.name != "hubconf.py"]
    batch = ROOT / ".cache" / "python-source" / "torch-calls.mjs"
    subprocess.run(["node", str(HERE.parent / "bundle.mjs"), str(HERE / "torch-calls.ts"), str(batch)], check=True, cwd=ROOT)
    started = time.monotonic()
    done = subprocess.run(
        ["node", str(batch), *map(str, folders)],
        input="\n".join(map(str, files)) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
    )
    elapsed = time.monotonic() - started

    both: Counter[str] = Counter()
    differing = refused = 0
    milliseconds = 0.0
    slowest = (0.0, "")
    for line in done.stdout.splitlines():
        found = json.loads(line)
        path = Path(found["path"])
        milliseconds += found["milliseconds"]
        slowest = max(slowest, (found["milliseconds"], found["path"]))
        ours = {(row, column, target) for row, column, target in found["calls"] if target in SINKS}
        data = path.read_bytes()
        module = module_at(path)
        if module is None:
            refused += 1
            continue
        root = path.parent
        while (root.parent / "__init__.py").exists():
            root = root.parent
        theirs = set()
        resolver = Resolver(module, root)
        for callee, node, scope in module.calls:
            resolver.running.clear()
            theirs |= {(node.lineno, node.col_offset, target) for target in resolver.sinks(callee, scope)}
        both.update(target for *_, target in ours & theirs)
        if ours == theirs and not found["notices"]:
            continue
        differing += 1
        print(path)
        for label, items in [("missed", sorted(theirs - ours)), ("extra", sorted(ours - theirs)), ("notices", found["notices"])]:
            if items:
                print(f"  {label}: {items[:5]}")
    size = sum(file.stat().st_size for file in files)
    for target, count in both.most_common():
        print(f"{count:6} {target}")
    print(
        f"{len(folders)} packages, {len(files)} files, {size / 1e6:.1f} MB, {sum(both.values())} calls found by both, "
        f"{refused} files that ast refuses, {differing} files that differ"
    )
    print(f"{milliseconds / (size / 1e6):.0f} ms for a megabyte, {elapsed:.0f} s in all, {slowest[0]:.0f} ms for {slowest[1]}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
