"""
That the judgement of templates is sound: random hostile templates are rendered by Jinja2 without a sandbox, in an
environment that notes every attribute and item whose name begins with an underscore. Each template that reached one is
reported. The values are harmless, and what is reached is replaced by a text.

    .cache/venv/bin/python oracles/jinja/reach.py --templates 5000 --seed 1
"""

from __future__ import annotations

import argparse
import random
import sys

import jinja2

import trees

REACHED: list[str] = []


class Logging(jinja2.Environment):
    """Notes names that the sandbox would refuse, and gives a text instead of what they lead to."""

    def _noted(self, name: object) -> bool:
        if isinstance(name, str) and name.startswith("_"):
            REACHED.append(name)
            return True
        return False

    def getattr(self, obj, attribute):
        return "harmless" if self._noted(attribute) else super().getattr(obj, attribute)

    def getitem(self, obj, argument):
        return "harmless" if self._noted(argument) else super().getitem(obj, argument)


class Probe:
    """A value whose fields a format reads: the only reading that Jinja2 has no part in."""

    role = "user"

    def __getattribute__(self, name):
        if name in ("__format__", "__html__", "__str__", "__repr__", "role"):
            return object.__getattribute__(self, name)
        REACHED.append(name)
        return "harmless"


ENVIRONMENT = Logging(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
MESSAGES = [{"role": "user", "content": "hello there"}, {"role": "assistant", "content": "yes"}]


def filter_attr(environment, obj, name):
    return environment.getattr(obj, str(name))


ENVIRONMENT.filters["attr"] = jinja2.pass_environment(filter_attr)
TARGETS = ["__class__", "__init__", "__globals__", "_private", "__builtins__"]


def literal(text: str, rng: random.Random) -> str:
    """A text as a literal, with escapes."""
    kind = rng.randrange(4)
    if kind == 0:
        return repr(text)
    quote = rng.choice("'\"")
    if kind == 1:
        return quote + "".join(f"\\x{ord(char):02x}" if rng.random() < 0.5 else char for char in text) + quote
    if kind == 2:
        return quote + "".join(f"\\u{ord(char):04x}" if rng.random() < 0.5 else char for char in text) + quote
    cut = rng.randrange(len(text) + 1)
    return f"{text[:cut]!r} {text[cut:]!r}"


class Template:
    """Statements that come first, and an expression that is the name."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.before: list[str] = []
        self.count = 0

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def name(self, text: str, depth: int) -> str:
        rng = self.rng
        if depth <= 0 or text == "":
            return literal(text, rng)
        kind = rng.randrange(21)
        cut = rng.randrange(len(text) + 1)
        a, b = text[:cut], text[cut:]
        v = self.fresh()
        inner = lambda part: self.name(part, depth - 1)  # noqa: E731
        if kind == 0:
            return f"({inner(a)} + {inner(b)})"
        if kind == 1:
            return f"({inner(a)} ~ {inner(b)})"
        if kind == 2:
            return f"([{inner(a)}, {inner(b)}]|join)"
        if kind == 3:
            return f"(''.join([{inner(a)}, {inner(b)}]))"
        if kind == 4:
            return f"({inner(text.replace('_', '*'))}|replace('*', '_'))"
        if kind == 5:
            return f"({inner(text[::-1])}|reverse)"
        if kind == 6:
            return f"({inner('x' + text + 'yz')}[1:-2])"
        if kind == 7:
            return f"({inner(text[::-1])}[::-1])"
        if kind == 8:
            return f"('%s%s'|format({inner(a)}, {inner(b)}))"
        if kind == 9:
            return f"('%s%s' % ({inner(a)}, {inner(b)}))"
        if kind == 10:
            return f"('{{}}{{}}'.format({inner(a)}, {inner(b)}))"
        if kind == 11:
            self.before.append(f"{{% set {v} = {inner(text)} %}}")
            return v
        if kind == 12:
            self.before.append(f"{{% set {v} = namespace(a={inner(a)}) %}}{{% set {v}.a = {v}.a ~ {inner(b)} %}}")
            return f"{v}.a"
        if kind == 13:
            self.before.append(f"{{% set {v} %}}{{{{ {inner(text)} }}}}{{% endset %}}")
            return v
        if kind == 14:
            self.before.append(f"{{% macro {v}(x) %}}{{{{ x }}}}{{% endmacro %}}")
            return f"({v}({inner(text)}))"
        if kind == 15:
            self.before.append(f"{{% set {v} = {{'k': [{inner(text)}]}} %}}")
            return rng.choice([f"{v}.k[0]", f"{v}['k'][0]", f"({v}.k|first)", f"({v}.values()|list)[0][0]"])
        if kind == 16:
            self.before.append(f"{{% set {v} = [] %}}{{% do {v}.append({inner(text)}) %}}")
            return rng.choice([f"{v}[0]", f"({v}|last)", f"{v}.pop()"])
        if kind == 17:
            self.before.append(f"{{% set {v} = namespace(s='') %}}{{% for c in {inner(text)} %}}{{% set {v}.s = {v}.s + c %}}{{% endfor %}}")
            return f"{v}.s"
        if kind == 18:
            return rng.choice([f"({inner(text.upper())}|lower)", f"({inner('  ' + text)}|trim)", f"({inner(text)}|string)", f"(nothing|default({inner(text)}))"])
        if kind == 19:
            return f"({inner(text)} if messages else 'role')"
        return f"(({inner(text)},)|map('lower')|list)[0]" if text == text.lower() else f"({inner(a)} ~ {inner(b)})"

    def use(self, text: str) -> str:
        rng = self.rng
        depth = rng.randrange(4)
        kind = rng.randrange(13)
        x = rng.choice(["messages", "messages[0]", "''", "()", "x", "{}", "cycler", "loop_messages"])
        name = self.name(text, depth)
        if kind == 0:
            return f"{{{{ {x}.{text} }}}}"
        if kind <= 3:
            return f"{{{{ {x}[{name}] }}}}"
        if kind == 4:
            return f"{{{{ {x}|attr({name}) }}}}"
        if kind == 5:
            return f"{{{{ [{x}]|map(attribute={name})|list }}}}"
        if kind == 6:
            return f"{{{{ [{x}]|map('attr', {name})|list }}}}"
        if kind == 7:
            return f"{{{{ [{x}]|selectattr({name})|list }}}}"
        if kind == 8:
            return f"{{{{ [{x}]|sort(attribute={name}) }}}}"
        if kind == 9:
            return f"{{% for k in ['role', {name}] %}}{{{{ messages[0][k] }}}}{{% endfor %}}"
        if kind == 10:
            return f"{{% macro m(k) %}}{{{{ messages[0][k] }}}}{{% endmacro %}}{{{{ m({name}) }}}}"
        if kind == 11:
            return f"{{{{ ({self.name('{0.' + text + '}', depth)}).format(probe) }}}}"
        return f"{{% call(k) n() %}}{{{{ messages[0][k] }}}}{{% endcall %}}" if self.add_caller(name) else ""

    def add_caller(self, name: str) -> bool:
        self.before.append(f"{{% macro n() %}}{{{{ caller({name}) }}}}{{% endmacro %}}")
        return True

    def text(self) -> str:
        used = self.use(self.rng.choice(TARGETS))
        return "".join(self.before) + used


def reaches(template: str) -> list[str] | None:
    """Names that rendering reached; None where it failed before."""
    REACHED.clear()
    try:
        ENVIRONMENT.from_string(template).render(messages=MESSAGES, loop_messages=MESSAGES, x=3, probe=Probe())
    except (jinja2.TemplateError, TypeError, ValueError, AttributeError, KeyError, IndexError):
        return list(REACHED) or None
    return list(REACHED)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--templates", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    texts = [Template(rng).text() for _ in range(arguments.templates)]
    found = trees.ours(trees.build(), [(text, True) for text in texts])
    reached = missed = 0
    for _ in range(200):
        harmless = Template(rng)
        text = harmless.use("role")
        names = reaches("".join(harmless.before) + text)
        if names:
            sys.exit(f"the environment notes {names} where nothing is reached: {text}")
    for text, own in zip(texts, found):
        names = reaches(text)
        if not names:
            continue
        reached += 1
        if own["problem"] is None and not any(use["kind"] != "input-name" for use in own["uses"]):
            missed += 1
            if missed <= 10:
                print(f"not reported: {names[:3]} by {text}")
    print(f"{len(texts)} templates, {reached} reached a name with an underscore, {missed} of them are not reported")
    return int(missed > 0 or reached < len(texts) // 2)


if __name__ == "__main__":
    sys.exit(main())
