"""
Our parser of templates against Jinja2 itself: each template is taken by both or refused by both, with the same tree. On
templates that packages ship (downloaded, read, never imported), changed ones among them, and on random ones.

    .cache/venv/bin/python oracles/jinja/compare.py --random 20000 --changed 4 --seed 1

Needs Jinja2 and Node.js. Exits with 1 on any difference, and where an honest template is not quiet more often than --loud
allows. Templates that Jinja2 gives up on for its own recursion are left out; where a limit of ours ends the reading, that
is counted.
"""

from __future__ import annotations

import argparse
import collections
import random
import sys

import honest
import trees

WORDS = (
    "if else elif endif for in endfor set endset not and or is none true False loop x y.z a_b macro endmacro call endcall with endwith "
    "block endblock filter endfilter include import from as context without ignore missing extends raw endraw do break continue "
    "generation endgeneration trans pluralize endtrans trimmed autoescape endautoescape recursive scoped required print"
).split()
MARKS = "{{ }} {% %} {# #} {%- -%} {{- -}} {%+ +%} {#- -#} ( ) [ ] { } . , : | ~ + - * ** / // % == != < <= > >= = ; ! $".split()
TEXTS = ["'a'", '"b\\n"', "'\\x5f\\u005f'", "'\\N{LOW LINE}'", "'\\x5'", "'\\é'", "1", "0", "1_0", "1.5", "1e3", "0x1F", "012", "é", "\n", "\r\n", " ", "\t", "\xa0", "\x1c", "text"]


def expression(rng: random.Random, depth: int) -> str:
    def inner() -> str:
        return expression(rng, depth - 1)

    if depth <= 0:
        return rng.choice(["a", "b.c", "1", "2.5", "'t'", '"u\\x5fv"', "none", "true", "[]", "{}", "()"])
    kind = rng.randrange(17)
    return [
        lambda: f"{inner()} {rng.choice('+ - * / // % ** ~ and or == != < >= in'.split())} {inner()}",
        lambda: f"({inner()}, {inner()})",
        lambda: f"[{inner()}, {inner()},]",
        lambda: f"{{{inner()}: {inner()}}}",
        lambda: f"{inner()}|{rng.choice(['trim', 'join(a, b=1)', 'map(attribute=c)', 'a.b'])}",
        lambda: f"{inner()} is {rng.choice(['', 'not '])}{rng.choice(['defined', 'divisibleby 3', 'eq(a)', 'sameas b.c', 'in [1]'])}",
        lambda: f"{inner()} if {inner()} else {inner()}",
        lambda: f"{inner()} if {inner()}",
        lambda: f"not {inner()}",
        lambda: f"-{inner()}",
        lambda: f"{inner()}[{rng.choice(['', inner()])}:{rng.choice(['', inner()])}{rng.choice(['', ':', ':2'])}]",
        lambda: f"{inner()}[{inner()}]",
        lambda: f"{inner()}.{rng.choice(['d', '0', 'e.f'])}",
        lambda: f"{inner()}({inner()}, *{inner()}, k={inner()}, **{inner()})",
        lambda: f"({inner()})",
        lambda: f"{inner()} not in {inner()}",
        lambda: f"{inner()} < {inner()} > {inner()}",
    ][kind]()


def statements(rng: random.Random, depth: int) -> str:
    e = lambda: expression(rng, rng.randrange(3))  # noqa: E731
    b = lambda: statements(rng, depth - 1) if depth > 0 else "t"  # noqa: E731
    s = lambda: rng.choice(["", "", "-", "+"])  # noqa: E731

    def tag(text: str) -> str:
        return f"{{%{s()} {text} {rng.choice(['', '-', '+'])}%}}{rng.choice(['', chr(10), '  ', chr(10) + ' '])}"

    parts = []
    for _ in range(rng.randrange(1, 4)):
        kind = rng.randrange(16)
        parts.append(
            [
                lambda: f"{rng.choice(['text', ' ', chr(10), '  ' + chr(10) + '  '])}",
                lambda: f"{{{{{rng.choice(['', '-'])} {e()} {rng.choice(['', '-'])}}}}}",
                lambda: tag(f"if {e()}") + b() + tag(f"elif {e()}") + b() + tag("else") + b() + tag("endif"),
                lambda: tag(f"for {rng.choice(['a', 'a, b', '(a, b), c'])} in {e()}{rng.choice(['', ' if ' + e(), ' recursive'])}") + b() + tag("else") + b() + tag("endfor"),
                lambda: tag(f"set {rng.choice(['a', 'ns.b', 'a, b'])} = {e()}"),
                lambda: tag(f"set a{rng.choice(['', '|trim'])}") + b() + tag("endset"),
                lambda: tag(f"macro m(a, b={e()})") + b() + tag("endmacro"),
                lambda: tag(f"call{rng.choice(['', '(a)'])} m({e()})") + b() + tag("endcall"),
                lambda: tag("filter upper|trim") + b() + tag("endfilter"),
                lambda: tag(f"with a = {e()}, b = {e()}") + b() + tag("endwith"),
                lambda: tag(f"{rng.choice(['include', 'extends'])} {e()}") + tag(f"import {e()} as q with context") + tag(f"from {e()} import q as r, s"),
                lambda: tag("raw") + "{{ x }}" + tag("endraw"),
                lambda: "{#" + s() + " note {{ " + s() + "#}",
                lambda: tag(f"trans {rng.choice(['', 'a=' + e(), 'trimmed n=f(1)', 'notrimmed a'])}") + "50% {{ a }}" + rng.choice(["", tag("pluralize") + "many {{ a }}"]) + tag("endtrans"),
                lambda: tag(f"do {e()}") + tag("generation") + b() + tag("endgeneration") + tag(rng.choice(["break", "continue"])),
                lambda: tag("autoescape true") + b() + tag("endautoescape") + tag("block q scoped") + b() + tag("endblock q"),
            ][kind]()
        )
    return "".join(parts)


def changed(rng: random.Random, text: str) -> str:
    """A template with pieces of it taken out, doubled or replaced."""
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.randrange(6))
        text = text[:at] + rng.choice(["", text[at:end] * 2, rng.choice(WORDS), rng.choice(MARKS), rng.choice(TEXTS)]) + text[end:]
    return text


def generated(rng: random.Random) -> str:
    kind = rng.randrange(4)
    if kind == 0:
        return "".join(rng.choice(WORDS + MARKS + TEXTS) + rng.choice(["", " "]) for _ in range(rng.randrange(1, 16)))
    text = statements(rng, 2) if kind < 3 else "{{ " + expression(rng, 3) + " }}"
    return changed(rng, text) if rng.random() < 0.4 else text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=20000)
    parser.add_argument("--changed", type=int, default=4, help="variants of each honest template")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--loud", type=float, default=0.05, help="share of honest templates that may have uses")
    parser.add_argument("--no-packages", action="store_true")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    known = {} if arguments.no_packages else honest.templates(trees.ROOT / ".cache" / "jinja" / "packages")
    texts = [(text, chat) for text in known.values() for chat in (True, False)]
    real = len(texts)
    texts += [(changed(rng, text), rng.random() < 0.5) for text in known.values() for _ in range(arguments.changed)]
    texts += [(generated(rng), rng.random() < 0.5) for _ in range(arguments.random)]
    found = trees.ours(trees.build(), texts)
    counts: collections.Counter[str] = collections.Counter()
    differences = 0
    for (text, chat), own in zip(texts, found):
        expected = trees.tree_of(text, chat)
        if isinstance(expected, str) or own["limit"]:
            counts["left out: " + (expected if isinstance(expected, str) else "a limit of ours")] += 1
            continue
        same = (expected is None) == (own["tree"] is None) and (expected is None or trees.compact(expected) == trees.compact(own["tree"]))
        counts["taken by both" if expected is not None else "refused by both"] += same
        if not same:
            differences += 1
            if differences <= 5:
                print(f"difference, {chat=}: {text!r}\n  Jinja2 {trees.compact(expected)[:600]}\n  ours   {trees.compact(own['tree'])[:600]} {own['error']}")
    for name, count in sorted(counts.items()):
        print(f"{count} {name}")
    readable = [(where, own) for (where, own) in zip((name for name in known for _ in (0, 1)), found[:real]) if own["tree"] is not None][::2]
    loud = [(where, own) for where, own in readable if any(use["kind"] != "input-name" for use in own["uses"])]
    if readable:
        print(f"{len(readable) - len(loud)} of {len(readable)} honest templates are quiet")
        for where, own in loud:
            print(f"  {where}: " + ", ".join(sorted({f"{use['kind']} {use['name']} {use['certainty']}" for use in own["uses"] if use["kind"] != "input-name"})))
    if differences > 0:
        print(f"{differences} differences")
    return int(differences > 0 or len(loud) > arguments.loud * max(1, len(readable)))


if __name__ == "__main__":
    sys.exit(main())
