import { describe, expect, test } from 'vitest';
import { factsOf } from '../../test/flow-kit.js';

/** What is loaded in a source: the line, the protocol or the function whose parameter it is, and the entry. */
function entries(text: string): string[] {
  return factsOf(`import pickle\n${text}\n`)
    .filter(({ what }) => what === 'flow' || what === 'codec')
    .map(
      ({ at, what, origin, entry }) => `${at.line} ${what === 'codec' ? 'codec' : (origin?.protocol ?? '')} ${entry}`,
    );
}

const load = 'pickle.loads(data)';

describe('a framework fills the parameters', () => {
  test.each([
    ['of a route', `@app.post("/a")\ndef f(data):\n    ${load}`, ['4 HTTP request POST /a']],
    ['of a route of any method', `@app.route("/a")\ndef f(data):\n    ${load}`, ['4 HTTP request route /a']],
    ['of a websocket route', `@app.websocket("/ws")\ndef f(data):\n    ${load}`, ['4 HTTP request route /ws']],
    ['of a route without path', `@router.get\ndef f(data):\n    ${load}`, ['4 HTTP request f']],
    ['of a route whose path is no constant', `@app.put(PATH)\ndef f(data):\n    ${load}`, ['4 HTTP request f']],
    [
      'of a method',
      `class A:\n    @app.delete("/a")\n    def f(self, data):\n        ${load}`,
      ['5 HTTP request DELETE /a'],
    ],
    ['none of another decorator', `@cache.get("/a")\ndef f(data):\n    ${load}`, ['4 codec f']],
    ['none by the shape of a method', `def Run(self, request, context):\n    pickle.loads(request)`, ['3 codec Run']],
    [
      'a request of gRPC',
      `class S:\n    def Run(self, request, context):\n        pickle.loads(request)`,
      ['4 gRPC S.Run'],
    ],
    [
      'a servicer',
      `class S(x.RunServicer):\n    def Run(self, stream):\n        pickle.loads(stream)`,
      ['4 gRPC S.Run'],
    ],
    [
      'a context of gRPC',
      `class S:\n    def Run(self, request, context):\n        pickle.loads(context)`,
      ['4 codec S.Run'],
    ],
    ['a callback of a queue', `def f(ch, method, properties, body):\n    pickle.loads(body)`, ['3 message queue f']],
    ['another parameter of it', `def f(ch, method, properties, body):\n    pickle.loads(method)`, ['3 codec f']],
    [
      'a handler of a message',
      `import paho.mqtt.client\ndef f(client, userdata, msg):\n    pickle.loads(msg.payload)`,
      ['4 MQTT f'],
    ],
    ['without the import', `def f(client, userdata, msg):\n    pickle.loads(msg.payload)`, []],
    [
      'a type of the database',
      `class T:\n    def process_result_value(self, value, dialect):\n        pickle.loads(value)`,
      ['4 database T.process_result_value'],
    ],
    ['an inference function', `def input_fn(data, content_type):\n    ${load}`, ['3 HTTP request input_fn']],
    ['its content type', `def input_fn(data, content_type):\n    pickle.loads(content_type)`, ['3 codec input_fn']],
    ['a lambda of the cloud', `def handler(event, context):\n    pickle.loads(event["b"])`, ['3 HTTP request handler']],
    [
      'a class of ray',
      `from ray import serve\n@serve.deployment\nclass D:\n    def __call__(self, data):\n        ${load}`,
      ['6 HTTP request D.__call__'],
    ],
    [
      'not its constructor',
      `from ray import serve\n@serve.deployment\nclass D:\n    def __init__(self, data):\n        ${load}`,
      [],
    ],
    [
      'a dependency of fastapi',
      `from fastapi import Depends\n@app.post("/a")\ndef f(data=Depends(get)):\n    ${load}`,
      ['5 codec f'],
    ],
    [
      'a parameter of a type that a framework makes',
      `from fastapi import BackgroundTasks\n@app.post("/a")\ndef f(data: BackgroundTasks):\n    ${load}`,
      ['5 codec f'],
    ],
  ])('%s', (_name, text, expected) => expect(entries(text)).toEqual(expected));
});

describe('a parameter', () => {
  test.each([
    ['of bytes of a public function', `def f(data: bytes):\n    ${load}`, ['3 codec f']],
    ['of a private function', `def _f(data):\n    ${load}`, []],
    ['of a function inside', `def f():\n    def g(data):\n        ${load}`, []],
    ['of a call of an instance', `class A:\n    def __call__(self, data):\n        ${load}`, ['4 codec A.__call__']],
    ['of a part of the pickle protocol', `class A:\n    def __setstate__(self, data):\n        ${load}`, []],
    ['that is the instance', `class A:\n    def f(data):\n        ${load}`, []],
    ['of a static method', `class A:\n    @staticmethod\n    def f(data):\n        ${load}`, ['5 codec A.f']],
    ['an attribute of it', `def f(data):\n    pickle.loads(data.x)`, []],
    ['that is a file', `def f(data):\n    pickle.load(data)`, []],
    ['that is made a file', `import io\ndef f(data):\n    pickle.load(io.BytesIO(data))`, ['4 codec f']],
    ['with the annotation of bytes as a file', `def f(data: bytes):\n    pickle.load(data)`, ['3 codec f']],
    ['with another annotation', `def f(data: str):\n    pickle.load(data)`, []],
  ])('%s', (_name, text, expected) => expect(entries(text)).toEqual(expected));
});

test('the steps begin at the head of the function, below its decorators', () => {
  const text =
    'import pickle\n@app.post("/a")\n@other(\n    1)\nasync def f(x, data):\n    return pickle.loads(data)\n';
  const [fact] = factsOf(text);
  expect(fact?.steps.map(({ at, text: step, code }) => [at.line, at.column, step, code])).toEqual([
    [5, 7, 'data of POST /a', 'def f(x, data):'],
    [6, 12, 'loaded by pickle.loads', 'pickle.loads(data)'],
  ]);
});
