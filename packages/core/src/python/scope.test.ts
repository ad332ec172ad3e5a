import { describe, expect, test } from 'vitest';
import { PythonModule } from './module.js';

/** Expressions that are handed on, `text position`; when they run, where that is no import. */
function uses(text: string): string[] {
  const module = PythonModule.readText(text);
  return module.uses.map(
    ({ value, position, when }) => `${module.textOf(value)} ${position}${when === 'import' ? '' : ` ${when}`}`,
  );
}

test.each<readonly [string, readonly string[]]>([
  // What is called or looked into is a choice, and each side of it counts by itself.
  ['(a or t.x)[0]', ['t.x plain']],
  ['(a or t.x)(b)', ['b argument', 't.x plain']],
  ['(a if b else t.x).y', ['(a if b else t.x).y plain', 't.x plain']],
  ['(f := t.x)(y)', ['y argument', 't.x plain']],
  ['f(t.x, a, g(b))', ['t.x argument', 'a argument', 'g(b) argument', 'b argument']],
  ['f(a or b)', ['a argument', 'b argument']],
  ['f(a + b)', []],
  ['f(a.b + c.d)', ['a.b plain', 'c.d plain']],
  ['f(a if b.c else d)', ['b.c plain', 'a argument', 'd argument']],
  ['f(x := a)', ['a argument']],
  ['f(-a.b)', ['a.b plain']],
  ['x = a', []],
  ['x = a.b', ['a.b plain']],
  ['x: a.b = c', ['a.b plain']],
  ['x: a.b', ['a.b plain']],
  ['x[k] = a', ['a item']],
  ['x = y[k] = a', ['a item']],
  ['x.y = a', []],
  ['x, y = a, b.c', ['b.c plain']],
  ['x, y[k] = a', ['a item']],
  // A target is stored to, and what finds it is read.
  ['x, y.z, *w = a', ['a item']],
  ['(x, [y, z]) = a', ['a item']],
  ['x, y[a.b], f(c.d).e = g', ['g item', 'a.b plain', 'c.d argument']],
  ['for x, y.z in a: pass', []],
  ['with a as (x, y): pass', []],
  ['[1 for x, y in z]', []],
  ['x = [a, [b]]', ['a item', 'b item']],
  ['{a.b: c, **d}', ['a.b plain', 'c item', 'd item']],
  ['lambda: a', ['a result call']],
  ['lambda x=a.b: 1', ['a.b plain']],
  ['yield a', ['a result']],
  ['await a', []],
  ['def f():\n  return a', ['a result call']],
  ['@d\ndef f(x: t.u = v.w) -> r.s: pass', ['d decorator', 'r.s plain', 't.u plain', 'v.w plain']],
  ['@d\nclass A(b.c, m=n.o): pass', ['d decorator', 'b.c plain', 'n.o plain']],
  ['[a for i in b.c if d.e]', ['b.c plain', 'd.e plain', 'a item']],
  ['f"{a.b:{c.d}}"', ['a.b plain', 'c.d plain']],
  ['a[b.c:d.e]', ['b.c plain', 'd.e plain']],
  ['a.b += c.d', ['c.d plain', 'a.b plain']],
  ['del a.b', ['a.b plain']],
])('what %j hands on', (text, expected) => expect(uses(text)).toEqual(expected));

describe('when code runs', () => {
  const when = (condition: string): string | undefined =>
    PythonModule.readText(`if ${condition}:\n  f()`).calls.find(({ call }) => call.args.length === 0)?.when;
  test.each([
    ['__name__ == "__main__"', 'main'],
    ["'__main__' == __name__", 'main'],
    ['__name__ == "__main__" and a', 'main'],
    ['a and (b and __name__ == "__main__")', 'main'],
    ['__name__ == "__main__" or a', 'import'],
    ['__name__ != "__main__"', 'import'],
    ['not __name__ == "__main__"', 'import'],
    ['__name__ == "main"', 'import'],
    ['name == "__main__"', 'import'],
    ['__name__ == "__main__" == a', 'import'],
    ['__name__ == b"__main__"', 'import'],
    ['__name__ == "__main" "__"', 'import'],
    ['"__main__"', 'import'],
  ])('%s: %s', (condition, expected) => expect(when(condition)).toBe(expected));

  test('the other branches of it run at an import', () => {
    const text = 'if __name__ == "__main__":\n  a()\nelse:\n  b()\nwhile __name__ == "__main__":\n  c()';
    expect(PythonModule.readText(text).calls.map((site) => site.when)).toEqual(['main', 'import', 'import']);
  });

  test('in a function it runs with the function, in a class with the import', () => {
    const text = 'def f():\n  if __name__ == "__main__":\n    a()\nclass A:\n  b()\n  def m(self, x=c()):\n    d()';
    expect(PythonModule.readText(text).calls.map((site) => site.when)).toEqual(['call', 'import', 'import', 'call']);
  });
});

describe('where a name is bound', () => {
  const paths = (text: string): string[] => {
    const module = PythonModule.readText(text);
    const last = module.calls.at(-1);
    return (last === undefined ? [] : module.targets(last)).map((of) => (of.kind === 'path' ? of.path : of.kind));
  };
  test.each<readonly [string, readonly string[]]>([
    ['import a.b\na.b.c()', ['a.b.c']],
    ['import a.b as c\nc.d()', ['a.b.d']],
    ['from . import a\na()', ['.a']],
    ['from .a import b\nb()', ['.a.b']],
    ['[(y := a.b) for x in z]\ny()', ['builtins.a.b']],
    ['[[(y := a.b) for x in z] for w in v]\ny()', ['builtins.a.b']],
    ['[x for x in a]\nx()', ['builtins.x']],
    ['def f():\n  import a\n  def g():\n    nonlocal a\n    import b as a\n  a()', ['a', 'b']],
    ['import a\ndef f():\n  def g():\n    global a\n    import b as a\n  g\na()', ['a', 'b']],
    ['class A:\n  import a as x\n  def f(self):\n    self.x()', ['a']],
    ['class A:\n  import a as x\n  @staticmethod\n  def f(self):\n    self.x()', ['unknown']],
    ['class A:\n  import a as x\n  @other\n  def f(self):\n    self.x()', ['a']],
    ['class A:\n  import a as x\n  @other.staticmethod\n  def f(self):\n    self.x()', ['a']],
    ['class A:\n  import a as x\n  def f(*self):\n    self.x()', ['unknown']],
    ['class A:\n  import a as x\n  def f(self, other):\n    other.x()', ['unknown']],
    ['class A:\n  import a as x\n  def f(self):\n    x()', ['builtins.x']],
    ['import a\nx, (y, z) = 1, (2, a)\nz()', ['a']],
    ['import a\nx, y = a, *b\nx()', ['a']],
    ['import a\nx, y = b, *a\ny()', ['unknown']],
    ['import a\nx, *y = b, a\ny()', ['unknown']],
    ['import a\nx, y = a, a, a\ny()', ['unknown']],
    ['import a\nfor x in (a, b):\n  x()', ['a', 'builtins.b']],
    ['import a\nfor x, y in (a, b):\n  x()', ['unknown']],
  ])('%j', (text, expected) => expect(paths(text)).toEqual(expected));
});
