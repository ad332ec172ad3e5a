import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-MEDIA-TYPE';

describe('fires', () => {
  test.each([
    [
      'a comparison',
      `import pickle
def f(content_type, body):
    if content_type == "application/x-pickle":
        return body`,
      ['3 HIGH'],
    ],
    [
      'only pickles are taken',
      `import pickle
def f(content_type):
    if content_type != "application/x-pickle":
        raise ValueError(415)`,
      ['3 HIGH'],
    ],
    [
      'a list',
      `import pickle
ACCEPTED = ["application/json", "application/python-pickle"]`,
      ['2 HIGH'],
    ],
    [
      'a table',
      `import pickle
T = {"application/vnd.bentoml+pickle": pickle.loads}`,
      ['2 HIGH'],
    ],
    [
      'what is logged and taken',
      `import pickle
def f(content_type, body):
    if content_type == "application/x-pickle":
        logger.info("a pickle was sent")
        return pickle.loads(body)`,
      ['3 HIGH'],
    ],
    [
      'a loader that is called unsafe',
      `import pickle
T = {"application/x-pickle": unsafe_loads}`,
      ['2 HIGH'],
    ],
    [
      'a header',
      `import pickle
def f(headers):
    if headers["serializer"] == "pickle":
        return 1`,
      ['3 HIGH'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'a refusal',
    `def f(content_type):
    if content_type == "application/x-pickle":
        return "no", 415`,
  ],
  [
    'a refusal with a line of the log',
    `def f(content_type):
    if content_type == "application/x-pickle":
        logger.warning("a pickle was sent")
        raise ValueError(415)`,
  ],
  [
    'what is not valid in a configuration',
    `def f(config):
    if config.serializer == "pickle":
        return False
    for content_type in config.types:
        if content_type == "application/x-pickle":
            continue`,
  ],
  ['a list of what is unsupported', `UNSUPPORTED_TYPES = ["application/x-pickle"]`],
  ['a table of refusals', `HANDLERS = {"application/x-pickle": reject_pickle}`],
  [
    'settings of what is denied',
    `class DeniedTypes:
    media_type = "application/x-pickle"
    types = ["application/x-pickle"]`,
  ],
  ['a parser that is registered to refuse', `blocked.register("application/x-pickle")`],
  ['a list of what is denied', `DENIED = {"application/x-pickle"}`],
  ['what a client sends', `HEADERS = {"Content-Type": "application/x-pickle"}`],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
