import { describe, expect, test } from 'vitest';
import { found, severities } from '../../../test/source-kit.js';

const RULE = 'SERVING-STORE-PICKLE';

describe('fires', () => {
  test.each([
    [
      'redis',
      `import pickle, redis
r = redis.Redis()
pickle.loads(r.get("a"))`,
      ['3 HIGH'],
    ],
    [
      'what may be a dict, and may be a client',
      `import pickle, redis
class Cache:
    def __init__(self, client=None):
        self.redis = client or {}
        self.redis_client = {}
    def connect(self, client):
        self.redis_client = client
    def get(self, key, redis={}):
        pickle.loads(self.redis.get(key))
        pickle.loads(self.redis_client.get(key))
        return pickle.loads(redis.get(key))`,
      ['9 HIGH', '10 HIGH', '11 HIGH'],
    ],
    [
      'celery',
      `from celery import Celery
app = Celery("a", accept_content=["pickle"])`,
      ['2 HIGH'],
    ],
    ['settings by name', `CELERY_TASK_SERIALIZER = "pickle"`, ['1 HIGH']],
    [
      'a shelf on a shared path',
      `import shelve
shelve.open("/mnt/x/y")`,
      ['2 HIGH'],
    ],
    [
      'torch from object storage',
      `import io, boto3, torch
s3 = boto3.client("s3")
torch.load(io.BytesIO(s3.get_object(Bucket="a", Key="b")["Body"].read()))`,
      ['3 HIGH'],
    ],
  ] as const)('%s', async (_name, source, expected) => {
    expect(await severities(RULE, source)).toEqual(expected);
  });
});

test.each([
  [
    'json',
    `import json, redis
r = redis.Redis()
json.loads(r.get("a"))`,
  ],
  [
    'a shelf of its own',
    `import shelve
shelve.open("own.db")`,
  ],
  [
    'celery with json',
    `from celery import Celery
app = Celery("a", accept_content=["json"])`,
  ],
  [
    'sqlite',
    `import pickle, sqlite3
db = sqlite3.connect("a")
pickle.loads(db.execute("select 1").fetchone()[0])`,
  ],
  [
    'dicts in memory, whatever they are called',
    `import collections, pickle, redis
class Cache:
    redis = None
    def __init__(self):
        self.redis = {}
        self.redis_client = collections.OrderedDict()
    def get(self, key):
        return pickle.loads(self.redis.get(key)), pickle.loads(self.redis_client.get(key))
redis_cache = dict()
def get(key):
    return pickle.loads(redis_cache.get(key))`,
  ],
] as const)('is quiet on %s', async (_name, source) => {
  // A loader of a file of its own: without one the source is not analysed.
  const text = `${source}\nimport pickle\npickle.load(open('own', 'rb'))\n`;
  expect(await found(RULE, text)).toEqual([]);
});
