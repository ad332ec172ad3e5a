import { describe, expect, test } from 'vitest';
import { flowOf } from '../../test/flow-kit.js';
import { acceptedIn } from './media-types.js';

const PICKLE = 'application/x-pickle';

function accepted(text: string): string[] {
  const flow = flowOf(text);
  return acceptedIn(flow).map(({ node, scope, what, registers, detail }) => {
    const { line } = flow.module.position(node.from);
    return `${line}${scope.path === '' ? '' : ` ${scope.path}`} ${what}${registers ? ' registers' : ''}: ${detail}`;
  });
}

describe('a media type that is taken', () => {
  test.each([
    [`class C:\n    media_type = "${PICKLE}"`, [`2 C codec-class registers: class C has media_type = "${PICKLE}"`]],
    [`class C:\n    name = "${PICKLE}"`, []],
    [`media_type = "${PICKLE}"`, []],
    [`ACCEPTED = ["a/b", "${PICKLE}"]`, [`1 media-type: ACCEPTED lists ${PICKLE}`]],
    [`DENIED = ["${PICKLE}"]`, []],
    [`TABLE = {"${PICKLE}": load}`, [`1 media-type registers: ${PICKLE} is given to load`]],
    [`TABLE = {"${PICKLE}": lambda x: x}`, [`1 media-type registers: ${PICKLE} is given to lambda x: x`]],
    [`TABLE = {"${PICKLE}": m.load}`, [`1 media-type registers: ${PICKLE} is given to m.load`]],
    [`TABLE = {"${PICKLE}": "text", **other}`, []],
    [`register("${PICKLE}", load)`, [`1 media-type registers: register takes ${PICKLE}`]],
    [`app.add_codec(1, mime="${PICKLE}")`, [`1 media-type registers: add_codec takes ${PICKLE}`]],
    [`send("${PICKLE}")`, []],
    [
      `route(consumes=["a/b", "${PICKLE}"])`,
      [`1 media-type: consumes consumes ["a/b", "${PICKLE}"]`.replace('consumes consumes', 'consumes')],
    ],
    [`route(other=["${PICKLE}"])`, []],
    [`f(register("${PICKLE}"))`, [`1 media-type registers: register takes ${PICKLE}`]],
    [`x = [register("${PICKLE}")]`, [`1 media-type registers: register takes ${PICKLE}`]],
    [`async def f():\n    await register("${PICKLE}")`, [`2 f media-type registers: register takes ${PICKLE}`]],
    [`def f():\n    return register("${PICKLE}")`, [`2 f media-type registers: register takes ${PICKLE}`]],
    [`with register("${PICKLE}"):\n    pass`, [`1 media-type registers: register takes ${PICKLE}`]],
    [`P = "${PICKLE}"\nregister(P)`, [`2 media-type registers: register takes ${PICKLE}`]],
    ['enable_insecure_serializers("pickle")', ['1 setting registers: enable_insecure_serializers("pickle")']],
  ] as const)('%s', (text, expected) => expect(accepted(`${text}\n`)).toEqual(expected));
});

describe('a test for one', () => {
  const body = 'load()';
  const is = `content_type == "${PICKLE}"`;
  const isNot = `content_type != "${PICKLE}"`;
  const among = `kind in ("a/b", "${PICKLE}")`;
  const taken = (condition: string): string => `1 media-type: ${condition} takes ${PICKLE}`;
  test.each([
    [is, body, [taken(is)]],
    [isNot, body, []],
    [isNot, 'raise ValueError', [taken(isNot)]],
    [isNot, 'abort(415)', [taken(isNot)]],
    [isNot, 'return reply(415)', [taken(isNot)]],
    [is, 'raise ValueError', []],
    [is, 'log()\n    raise ValueError', []],
    [is, 'log()', [taken(is)]],
    [among, body, [taken(among)]],
    [`kind not in ("${PICKLE}",)`, 'raise ValueError', [taken(`kind not in ("${PICKLE}",)`)]],
    [`not (${is})`, 'load()', [taken(is)]],
    [`fast and ${is}`, body, [taken(is)]],
    [`${is} or kind in B`, body, [taken(is)]],
    [`content_type > "${PICKLE}"`, body, []],
    [`content_type in DENIED and unsafe == "${PICKLE}"`, body, []],
    [
      'request.headers["Content-Type"] == "pickle"',
      body,
      ['1 media-type: request.headers["Content-Type"] == "pickle"'],
    ],
    ['serializer in ("json", "dill")', body, ['1 media-type: serializer in ("json", "dill")']],
    ['color == "pickle"', body, []],
    ['mime == "json"', `x = "pickle"`, []],
  ])('%s: %s', (condition, branch, expected) => {
    expect(accepted(`if ${condition}:\n    ${branch}\n`)).toEqual(expected);
    expect(accepted(`if x:\n    pass\nelif ${condition}:\n    ${branch}\n`)).toEqual(
      expected.map((line) => line.replace(/^1/, '3')),
    );
  });

  test('in a loop it is an expression like others', () => {
    expect(accepted(`while content_type == "${PICKLE}":\n    load()\n`)).toEqual([]);
  });

  test('a long one is cut', () => {
    const condition = `content_type == "${PICKLE}"   or content_type    == "${PICKLE}${'x'.repeat(200)}"`;
    expect(accepted(`if ${condition}:\n    load()\n`)[0]).toBe(
      `1 media-type: content_type == "${PICKLE}" takes ${PICKLE}`,
    );
    const named = `content_type == "pickle" + f(${'"x", '.repeat(40)})`;
    const [long = ''] = accepted(`if ${named} and content_type ==    ["pickle", "${'y'.repeat(120)}"]:\n    load()\n`);
    expect(long).toBe(`1 media-type: content_type == ["pickle", "${'y'.repeat(69)}...`);
  });
});

describe('a setting of celery', () => {
  test.each([
    [
      'from celery import Celery\naccept_content = ["json", "pickle"]',
      ['2 setting: accept_content = ["json", "pickle"]'],
    ],
    ['import kombu\nCELERY_TASK_SERIALIZER = "pickle"', ['2 setting: CELERY_TASK_SERIALIZER = "pickle"']],
    ['import other\naccept_content = ["pickle"]', []],
    ['CELERY_RESULT_SERIALIZER = "pickle"', ['1 setting: CELERY_RESULT_SERIALIZER = "pickle"']],
    ['import celery\naccept_content = ["json"]\nx = "pickle"', []],
    ['import celery\napp.conf.update({"task_serializer": "pickle"})', ['2 setting: task_serializer: "pickle"']],
    ['import celery\napp.conf.update({"task_serializer": "json", "pickle": 1})', []],
    ['import celery\napp.conf.update(task_serializer="pickle")', ['2 setting: task_serializer="pickle"']],
    ['import other\napp.conf.update(task_serializer="pickle")', []],
    [
      'import celery\nConsumer(accept=["application/x-python-serialize"])',
      ['2 setting: accept=["application/x-python-serialize"]'],
    ],
  ])('%s', (text, expected) => expect(accepted(`${text}\n`)).toEqual(expected));
});

test('a source without any of the words has none', () => {
  expect(accepted('register("application/json")\n')).toEqual([]);
});
