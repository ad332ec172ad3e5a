import { describe, expect, test } from 'vitest';
import { templateUses } from './template.js';

/** All uses in short, those of ordinary names of the input among them. */
function uses(template: string): string[] {
  const { uses: found, problem } = templateUses(template);
  expect(problem).toBeNull();
  return found.map(({ kind, name, certainty }) => `${kind} ${name ?? '?'} ${certainty}`);
}
const CLASS = 'internal-attribute __class__ derived';

describe('a variable called loop', () => {
  test('is the loop of Jinja2 where nobody sets it', () => {
    for (const name of ['index', 'index0', 'revindex', 'length', 'first', 'last', 'depth'])
      expect(uses(`{% for m in messages %}{{ x[loop.${name}] }}{% endfor %}`)).toEqual([]);
    expect(uses("{% for m in ['__class__'] %}{{ x[loop.previtem] }}{% endfor %}")).toContain(CLASS);
  });

  test('is any variable where somebody does', () => {
    expect(uses("{% set loop = namespace(index='__class__') %}{{ x[loop.index] }}")).toContain(CLASS);
  });
});

describe('what a macro is given besides its parameters', () => {
  test.each([
    "{% macro m() %}{{ x[varargs[0]] }}{% endmacro %}{{ m('__class__') }}",
    "{% macro m() %}{{ x[kwargs.a] }}{% endmacro %}{{ m(a='__class__') }}",
    "{% macro m() %}{{ x[kwargs['a']] }}{% endmacro %}{{ m(a='__class__') }}",
  ])('%s', (template) => expect(uses(template)).toContain(CLASS));
});

describe('names that come with the messages', () => {
  test.each([
    '{{ x[messages[0].role] }}',
    '{{ x[messages.a] }}',
    "{{ x[messages[0].content.split(':')[0]] }}",
    "{{ x[messages[0].content.partition(':')[0]] }}",
    '{{ x[messages[0].role|trim] }}',
    '{{ x[messages[0].content[1:]] }}',
    '{% for m in messages %}{{ x[m.role] }}{% endfor %}',
    "{{ x[messages[0]['role']] }}",
  ])('%s reads what the messages say, and puts no name together', (template) => {
    const found = uses(template);
    expect(found.filter((use) => use.startsWith('input-name'))).not.toEqual([]);
    expect(found.filter((use) => !use.startsWith('input-name'))).toEqual([]);
  });

  test.each([
    "{{ x[messages[0].content ~ 'a'] }}",
    "{{ x[messages[0].content.replace('a', 'b')] }}",
    '{{ x[bos_token] }}',
  ])('%s puts one together', (template) => {
    expect(uses(template).join()).toMatch(/computed-attribute/);
  });
});

describe('a namespace', () => {
  test('whose members are all known has no others', () => {
    expect(uses("{% set n = namespace(a='role') %}{{ x[n.a] }}")).toEqual([]);
    expect(uses("{% set n = namespace() %}{% set n.a = 'role' %}{{ x[n.a] }}")).toEqual([]);
  });

  test.each([
    "{% set n = namespace(**{'a': '__class__'}) %}{% set n.a = 'role' %}{{ x[n.a] }}",
    "{% set n = namespace({'a': '__class__'}) %}{% set n.a = 'role' %}{{ x[n.a] }}",
    "{% set n = {'a': '__class__'} %}{% set n = namespace() %}{% set n.a = 'role' %}{{ x[n.a] }}",
  ])('has what it is made of: %s', (template) => expect(uses(template)).toContain(CLASS));
});
