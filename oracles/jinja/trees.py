"""The real Jinja2 as renderers of chat templates set it up, and its trees in the form that batch.ts prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jinja2
import jinja2.ext
import jinja2.sandbox
from jinja2 import nodes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Marked:
    """What an extension made of a tag. Jinja2 takes no nodes of others: it is the value of a constant."""

    def __init__(self, name, parts):
        self.name = name
        self.parts = parts

    def output(self) -> nodes.Output:
        return nodes.Output([nodes.Const(self)])


class Trans(jinja2.ext.InternationalizationExtension):
    def _make_node(self, singular, plural, context, variables, plural_expr, vars_referenced, num_called_num):
        if not vars_referenced:
            singular = singular.replace("%%", "%")
            plural = plural and plural.replace("%%", "%")
        return Marked("Trans", (singular, plural, context, variables, plural_expr)).output()


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return Marked("Generation", (body,)).output().set_lineno(line)


EXTENSIONS = [Trans, Generation, jinja2.ext.loopcontrols, jinja2.ext.do]


def environment(chat: bool) -> jinja2.Environment:
    return jinja2.Environment(trim_blocks=chat, lstrip_blocks=chat, extensions=EXTENSIONS)


ENVIRONMENTS = {chat: environment(chat) for chat in (False, True)}


def number(value):
    if isinstance(value, int):
        return str(value)
    # JavaScript shows whole numbers without a point.
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def body(items) -> list:
    return [statement(item) for item in items]


def call(node) -> list:
    keywords = [[keyword.key, expression(keyword.value)] for keyword in node.kwargs]
    return [exprs(node.args), keywords, expression(node.dyn_args), expression(node.dyn_kwargs)]


def exprs(items) -> list:
    return [expression(item) for item in items]


def expression(node):
    if node is None:
        return None
    name = type(node).__name__
    if isinstance(node, nodes.TemplateData):
        return ["Data", node.data]
    if isinstance(node, nodes.Const):
        is_number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
        return ["Number", number(node.value)] if is_number else ["Const", node.value]
    if isinstance(node, nodes.Name):
        return ["Name", node.name]
    if isinstance(node, nodes.NSRef):
        return ["NSRef", node.name, node.attr]
    if isinstance(node, nodes.Call):
        return ["Call", expression(node.node), *call(node)]
    if isinstance(node, (nodes.Filter, nodes.Test)):
        return [name, expression(node.node), node.name, *call(node)]
    if isinstance(node, nodes.Getattr):
        return ["Getattr", expression(node.node), node.attr]
    if isinstance(node, nodes.Getitem):
        return ["Getitem", expression(node.node), expression(node.arg)]
    if isinstance(node, nodes.Slice):
        return ["Slice", expression(node.start), expression(node.stop), expression(node.step)]
    if isinstance(node, nodes.BinExpr):
        return [name, expression(node.left), expression(node.right)]
    if isinstance(node, nodes.UnaryExpr):
        return [name, expression(node.node)]
    if isinstance(node, nodes.Concat):
        return ["Concat", exprs(node.nodes)]
    if isinstance(node, nodes.Compare):
        return ["Compare", expression(node.expr), [[operand.op, expression(operand.expr)] for operand in node.ops]]
    if isinstance(node, nodes.CondExpr):
        return ["CondExpr", expression(node.test), expression(node.expr1), expression(node.expr2)]
    if isinstance(node, (nodes.Tuple, nodes.List)):
        return [name, exprs(node.items)]
    if isinstance(node, nodes.Dict):
        return ["Dict", [[expression(pair.key), expression(pair.value)] for pair in node.items]]
    raise AssertionError(name)


def signature(node) -> list:
    return [[argument.name for argument in node.args], exprs(node.defaults)]


def marked(node: Marked):
    if node.name == "Generation":
        return ["Generation", body(node.parts[0])]
    singular, plural, context, variables, count = node.parts
    given = [[name, expression(value)] for name, value in variables.items()]
    return ["Trans", singular, plural, context, sorted(given, key=compact), expression(count)]


def statement(node):
    name = type(node).__name__
    if isinstance(node, nodes.Output):
        if len(node.nodes) == 1 and isinstance(node.nodes[0], nodes.Const) and isinstance(node.nodes[0].value, Marked):
            return marked(node.nodes[0].value)
        return ["Output", exprs(node.nodes)]
    if isinstance(node, nodes.Assign):
        return ["Assign", expression(node.target), expression(node.node)]
    if isinstance(node, nodes.AssignBlock):
        return ["AssignBlock", expression(node.target), expression(node.filter), body(node.body)]
    if isinstance(node, nodes.For):
        parts = [body(node.body), body(node.else_), expression(node.test), node.recursive]
        return ["For", expression(node.target), expression(node.iter), *parts]
    if isinstance(node, nodes.If):
        others = [[expression(other.test), body(other.body)] for other in node.elif_]
        return ["If", [expression(node.test), body(node.body)], others, body(node.else_)]
    if isinstance(node, nodes.With):
        pairs = [[expression(a), expression(b)] for a, b in zip(node.targets, node.values)]
        return ["With", pairs, body(node.body)]
    if isinstance(node, nodes.Scope):
        (modifier,) = node.body
        return ["Autoescape", expression(modifier.options[0].value), body(modifier.body)]
    if isinstance(node, nodes.Block):
        return ["Block", node.name, node.scoped, node.required, body(node.body)]
    if isinstance(node, nodes.Extends):
        return ["Extends", expression(node.template)]
    if isinstance(node, nodes.Include):
        return ["Include", expression(node.template), node.ignore_missing, node.with_context]
    if isinstance(node, nodes.Import):
        return ["Import", expression(node.template), node.target, node.with_context]
    if isinstance(node, nodes.FromImport):
        names = [[own, None] if isinstance(own, str) else list(own) for own in node.names]
        return ["FromImport", expression(node.template), names, node.with_context]
    if isinstance(node, nodes.Macro):
        return ["Macro", node.name, *signature(node), body(node.body)]
    if isinstance(node, nodes.CallBlock):
        return ["CallBlock", *signature(node), expression(node.call), body(node.body)]
    if isinstance(node, nodes.FilterBlock):
        return ["FilterBlock", expression(node.filter), body(node.body)]
    if isinstance(node, nodes.ExprStmt):
        return ["ExprStmt", expression(node.node)]
    if isinstance(node, (nodes.Break, nodes.Continue)):
        return [name]
    raise AssertionError(name)


def compact(tree) -> str:
    return json.dumps(tree, separators=(",", ":"), ensure_ascii=False)


def tree_of(template: str, chat: bool):
    """The tree, None where Jinja2 refuses the template, or the name of another error."""
    try:
        return body(ENVIRONMENTS[chat].parse(template).body)
    except jinja2.TemplateSyntaxError:
        return None
    except (RecursionError, MemoryError, ValueError, SyntaxError, AssertionError) as error:
        return type(error).__name__


def build() -> Path:
    out = ROOT / ".cache" / "jinja" / "batch.mjs"
    out.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["node", str(ROOT / "oracles/bundle.mjs"), str(HERE / "batch.ts"), str(out)], check=True)
    return out


def ours(program: Path, templates: list[tuple[str, bool]]) -> list[dict]:
    """What our parser and judgement say of each template."""
    lines = "".join(json.dumps({"text": text, "chat": chat}) + "\n" for text, chat in templates)
    environment = {**os.environ, "NODE_OPTIONS": ""}
    done = subprocess.run(["node", str(program)], input=lines.encode(), capture_output=True, env=environment)
    if done.returncode != 0:
        sys.exit(done.stderr.decode()[-4000:])
    return [json.loads(line) for line in done.stdout.decode("utf-8", "surrogatepass").splitlines()]
