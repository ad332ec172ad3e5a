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

describe('a parameter of a macro', () => {
  const macro = (parameters: string, call: string): string[] =>
    uses(`{% macro m(${parameters}) %}{{ x[b] }}{% endmacro %}{{ m(${call}) }}`);

  test.each([
    ['a, b', "'role', '__class__'"],
    ['a, b', "'role', b='__class__'"],
    ['b', "*['__class__']"],
    ['b', "**{'b': '__class__'}"],
    ['a, b', "'role', *['__class__']"],
    ["a, b='__class__'", "'role'"],
  ])('m(%s) is given m(%s)', (parameters, call) => expect(macro(parameters, call)).toContain(CLASS));

  test.each([
    ['a, b', "'__class__', 'role'"],
    ['a, b', "'__class__', b='role'"],
    ['a, b', "b='role', a='__class__'"],
    ['b, a', "'role', '__class__'"],
  ])('m(%s) is not given what goes elsewhere in m(%s)', (parameters, call) =>
    expect(macro(parameters, call)).toEqual([]),
  );
});

describe('a text that is put together', () => {
  test.each([
    '{% set n %}__class__{% endset %}{{ x[n] }}',
    "{% set n %}__{{ 'class' }}__{% endset %}{{ x[n] }}",
    '{% set n | trim %} __class__ {% endset %}{{ x[n] }}',
    '{% set n | trim | lower %} __CLASS__ {% endset %}{{ x[n] }}',
    "{{ x[' __class__ '.strip()] }}",
    "{{ x['__CLASS__'|lower] }}",
    "{{ x['__ssalc__'[::-1]] }}",
    "{{ x['a__class__b'[1:-1]] }}",
    "{{ x['__class__b'[:-1]] }}",
    "{{ x['a__class__'[1:]] }}",
    "{{ x['__claXX__'.replace('XX', 'ss')] }}",
    "{{ x['__claXX__'|replace('XX', 'ss')] }}",
    "{{ x['_' * 2 ~ 'class' ~ 2 * '_'] }}",
    "{{ x['__'.join(['', 'class', ''])] }}",
    "{{ x[['__', 'class', '__']|join] }}",
    "{{ x[['', 'class', '']|join('__')] }}",
    "{{ x[('role', '__class__')[1]] }}",
    "{{ x[['__class__']|first] }}",
    "{{ x[{'a': '__class__'}.a] }}",
    "{{ x['role' if y else '__class__'] }}",
    "{{ x[y or '__class__'] }}",
    "{{ x[y|default('__class__')] }}",
    "{{ x[(['__CLASS__']|map('lower')|list)[0]] }}",
  ])('%s', (template) => expect(uses(template)).toContain(CLASS));

  test.each([
    '{% set n %}role{% endset %}{{ x[n] }}',
    "{{ x['role'|upper] }}",
    "{{ x['abc'[1]] }}",
    "{{ x['abc'[-1]] }}",
    "{{ x['a' * 3] }}",
    "{{ x['a' * -1] }}",
    '{{ x[1 + 2] }}',
    // Python refuses these.
    "{{ x[1 + 'a'] }}",
    "{{ x['a' + 1] }}",
    "{{ x['__class__' == y] }}",
    "{{ x[['__class__']|length] }}",
    "{{ x['__class__'.count('_')] }}",
  ])('%s is an ordinary one', (template) => expect(uses(template)).toEqual([]));

  test.each([
    "{{ x['__claXXX__'.replace('X', 's', 2)] }}",
    "{{ x[['__class__']|join('', 'a')] }}",
    "{{ x[['__class__']|join(attribute='a')] }}",
    "{{ x['abc'[1:y]] }}",
    "{{ x['abc'[::2]] }}",
    "{{ x['abc'[2:0:-1]] }}",
    "{{ x['a' * 65] }}",
    "{{ x['a' * -'b'] }}",
    "{{ x['a' * 1.5] }}",
    "{{ x['a'.replace('a', y)] }}",
    "{{ x['%s'|format('a')] }}",
  ])('%s is not known', (template) => expect(uses(template).join()).toMatch(/computed-attribute/));
});
