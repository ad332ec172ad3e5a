import { describe, expect, test } from 'vitest';
import { unitOf } from '../../test/flow-kit.js';
import { judgeFindClass } from './find-class.js';

/** The verdict on a `find_class` with this body. */
function judged(body: string, parameters = 'self, module, name'): string {
  const lines = body.split('\n').map((line) => `        ${line}\n`);
  const { module } = unitOf(`class U(pickle.Unpickler):\n    def find_class(${parameters}):\n${lines.join('')}`);
  const [owner] = module.scope.bindings.get('U') ?? [];
  const [method] = (owner?.kind === 'class' ? owner.definition.bindings.get('find_class') : undefined) ?? [];
  if (method?.kind !== 'function') throw new TypeError('no method');
  return judgeFindClass(module, method.definition);
}

const found = 'return super().find_class(module, name)';
const refused = 'raise ValueError(name)';

describe('an allowlist', () => {
  test.each([
    ['of pairs', `if (module, name) in ALLOWED:\n    ${found}\n${refused}`],
    ['of pairs that is asked the other way round', `if (module, name) not in ALLOWED:\n    ${refused}\n${found}`],
    ['with not', `if not (module, name) in ALLOWED:\n    ${refused}\n${found}`],
    ['of a text that is made of both', `full = f"{module}.{name}"\nif full in ALLOWED:\n    ${found}\n${refused}`],
    ['of a text in a pair', `full, x = module + name, 1\nif full in ALLOWED:\n    ${found}\n${refused}`],
    ['of two comparisons', `if module == "a" and name == "b":\n    ${found}\n${refused}`],
    ['of a comparison and a list', `if module in A and name in B:\n    ${found}\n${refused}`],
    ['of refused parts', `if module != "a" or name not in B:\n    ${refused}\n${found}`],
    ['of pairs, or of others', `if (module, name) in A or (module, name) in B:\n    ${found}\n${refused}`],
    [
      'with elif',
      `if (module, name) in A:\n    ${found}\nelif (module, name) in B:\n    ${found}\nelse:\n    ${refused}`,
    ],
    ['with else', `if (module, name) not in A:\n    ${refused}\nelse:\n    ${found}`],
    ['of which one branch goes on', `if (module, name) in A:\n    pass\nelse:\n    ${refused}\n${found}`],
    ['that is a table', `return TABLE[module, name]`],
    ['that ends in nothing', `raise ValueError`],
    [
      'whose look-up comes of a table',
      `full = TABLE.get((module, name))\nif full is None:\n    ${refused}\nreturn getattr(full, name)`,
    ],
    [
      'in every branch of try',
      `try:\n    if (module, name) not in A:\n        ${refused}\nexcept KeyError:\n    ${refused}\n${found}`,
    ],
  ])('%s', (_name, body) => expect(judged(body)).toBe('allowlist'));
});

describe('a weak one', () => {
  test.each([
    ['of modules', `if module in ALLOWED:\n    ${found}\n${refused}`],
    ['of names', `if name not in ALLOWED:\n    ${refused}\n${found}`],
    ['of beginnings', `if module.startswith("a."):\n    ${found}\n${refused}`],
    ['of what is forbidden', `if (module, name) in FORBIDDEN:\n    ${refused}\n${found}`],
    ['of one part or the other', `if module == "a" or name == "b":\n    ${found}\n${refused}`],
    ['of refused parts together', `if module != "a" and name != "b":\n    ${refused}\n${found}`],
    ['of pairs, or of modules', `if (module, name) in A or module in B:\n    ${found}\n${refused}`],
    ['in a loop', `for prefix in A:\n    if module.startswith(prefix):\n        ${found}\n${refused}`],
    ['whose check is left', `if (module, name) in A:\n    pass\n${found}`],
    ['by match', `match module:\n    case "a":\n        ${found}\n${refused}`],
    ['of a chained comparison', `if "a" <= module <= name:\n    ${found}\n${refused}`],
    ['of a deny list by its name', `if (module, name) not in DENYLIST:\n    ${found}\n${refused}`],
  ])('%s', (_name, body) => expect(judged(body)).toBe('weak'));
});

describe('none', () => {
  test.each([
    ['at all', found],
    ['that is about something else', `if self.debug:\n    print(1)\n${found}`],
    ['of an import', `__import__(module)\nreturn getattr(sys.modules[module], name)`],
    ['behind a look-up of another name', `x = y\nif x in ALLOWED:\n    ${refused}\n${found}`],
  ])('%s', (_name, body) => expect(judged(body)).toBe('none'));
});

test('the names of the parameters are those of the method', () => {
  expect(judged('if (mod, klass) in A:\n    return super().find_class(mod, klass)\nraise E', 'self, mod, klass')).toBe(
    'allowlist',
  );
  expect(judged('if (mod, other) in A:\n    return super().find_class(mod, klass)\nraise E', 'self, mod, klass')).toBe(
    'weak',
  );
});

test('what refuses within `suppress` refuses nothing behind it', () => {
  const refusal = `if (module, name) not in ALLOWED:\n        ${refused}`;
  expect(judged(`with suppress(ValueError):\n    ${refusal}\n${found}`)).toBe('weak');
  expect(judged(`with self.lock:\n    ${refusal}\n${found}`)).toBe('allowlist');
});

test('of a broken statement any branch may be taken', () => {
  const check = `if (module, name) not in A:\n    ${refused}`;
  expect(judged(`${check}\n${found}`)).toBe('allowlist');
  for (const begin of ['if a b:', 'elif x:', 'else:', 'except E:', 'else:\n    pass\nelif x:']) {
    // What refuses there refuses nothing behind it, and what is checked there was not.
    expect(judged(`${begin}\n    ${refused}\n${found}`)).not.toBe('allowlist');
    expect(judged(`${begin}\n    ${check.replaceAll('\n', '\n    ')}\n${found}`)).not.toBe('allowlist');
  }
  expect(judged(`finally:\n    ${check.replaceAll('\n', '\n    ')}\n${found}`)).toBe('allowlist');
});
