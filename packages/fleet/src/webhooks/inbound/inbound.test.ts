import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testApi, type TestApi } from '../../../test/api.js';
import { describeFleet } from '../../../test/database.js';
import { signature } from '../signature.js';

/** As the Hub's documentation of webhooks has it, with the parts of several of its examples. */
const HUB_UPDATE = {
  event: { action: 'update', scope: 'repo.content' },
  repo: {
    type: 'model',
    name: 'some-user/some-repo',
    id: '6366c000a2abcdf2fd69a080',
    private: false,
    url: {
      web: 'https://huggingface.co/some-user/some-repo',
      api: 'https://huggingface.co/api/models/some-user/some-repo',
    },
    headSha: 'c379e821c9c95d613899e8c4343e4bfee2b0c600',
    tags: ['license:other', 'has_space'],
    owner: { id: '61d2000c3c2083e1c08af22d' },
  },
  updatedRefs: [
    {
      ref: 'refs/heads/main',
      oldSha: 'ce9a4674fa833a68d5a73ec355f0ea95eedd60b7',
      newSha: '575db8b7a51b6f85eb06eee540738584589f131c',
    },
    { ref: 'refs/tags/test', oldSha: null, newSha: '575db8b7a51b6f85eb06eee540738584589f131c' },
    { ref: 'refs/heads/gone', oldSha: 'ce9a4674fa833a68d5a73ec355f0ea95eedd60b7', newSha: null },
    { ref: 'refs/pr/3', oldSha: null, newSha: '1111111111111111111111111111111111111111' },
  ],
  webhook: { id: '6390e855e30d9209411de93b', version: 3 },
};

/** As MLflow writes it: entity, action, time, and the payload of the event. */
const MLFLOW_VERSION = (source: string) => ({
  entity: 'model_version',
  action: 'created',
  timestamp: '2026-07-31T08:27:32.080217+00:00',
  data: { name: 'example_model', version: '1', source, run_id: 'abcd1234abcd5678', tags: {}, description: null },
});

describeFleet('webhooks from outside', () => {
  let api: TestApi;
  beforeAll(async () => void (api = await testApi()));
  afterAll(() => api.close());
  beforeEach(async () => {
    api.asked.intakes.length = 0;
    await api.db.pool.query('DELETE FROM buckets');
  });

  const hook = async (kind: string) => {
    const made = await api.server.inject({
      method: 'POST',
      url: '/v1/inbound-hooks',
      headers: api.as('admin'),
      payload: { kind },
    });
    return made.json<{ path: string; secret: string }>();
  };
  const post = (url: string, headers: Record<string, string>, payload: string) =>
    api.server.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload });
  const addresses = () => api.asked.intakes.map(({ kind, address }) => `${kind} ${address}`);
  const now = (seconds = 0) => String(Math.floor(Date.now() / 1000) + seconds);

  test('the Hub: each new commit of a branch or a tag is taken in once', async () => {
    const { path, secret } = await hook('huggingface');
    const answer = await post(path, { 'x-webhook-secret': secret }, JSON.stringify(HUB_UPDATE));
    expect(answer.statusCode).toBe(202);
    expect(addresses()).toEqual(['hf hf://some-user/some-repo@575db8b7a51b6f85eb06eee540738584589f131c']);
  });

  test.each([
    ['datasets', { repo: { ...HUB_UPDATE.repo, type: 'dataset' } }, 'hf hf://datasets/some-user/some-repo@575d'],
    [
      'a scope of later versions',
      { event: { action: 'update', scope: 'repo.content.lfs' } },
      'hf hf://some-user/some-repo@575d',
    ],
    [
      'a new repository',
      { event: { action: 'create', scope: 'repo' }, updatedRefs: undefined },
      'hf hf://some-user/some-repo@c379',
    ],
  ])('the Hub: %s', async (_what, change, beginning) => {
    const { path, secret } = await hook('huggingface');
    await post(path, { 'x-webhook-secret': secret }, JSON.stringify({ ...HUB_UPDATE, ...change }));
    expect(addresses().map((one) => one.slice(0, beginning.length))).toEqual([beginning]);
  });

  test.each([
    ['comments', { event: { action: 'create', scope: 'discussion.comment' }, updatedRefs: undefined }],
    ['settings', { event: { action: 'update', scope: 'repo.config' }, updatedRefs: undefined }],
    ['a repository that is deleted', { event: { action: 'delete', scope: 'repo' }, updatedRefs: undefined }],
  ])('the Hub: %s begin nothing', async (_what, change) => {
    const { path, secret } = await hook('huggingface');
    const answer = await post(path, { 'x-webhook-secret': secret }, JSON.stringify({ ...HUB_UPDATE, ...change }));
    expect([answer.statusCode, addresses()]).toEqual([202, []]);
    expect(answer.json<{ ignored: string }>().ignored).not.toBeNull();
  });

  test.each([
    ['a name that leads elsewhere', { repo: { ...HUB_UPDATE.repo, name: '../../etc/passwd' } }],
    ['a name that is an address', { repo: { ...HUB_UPDATE.repo, name: 'x@evil/y' } }],
    ['a commit that is none', { updatedRefs: [{ ref: 'refs/heads/main', oldSha: null, newSha: 'main/../../x' }] }],
  ])('the Hub: %s is refused', async (_what, change) => {
    const { path, secret } = await hook('huggingface');
    const answer = await post(path, { 'x-webhook-secret': secret }, JSON.stringify({ ...HUB_UPDATE, ...change }));
    expect([answer.statusCode, addresses()]).toEqual([400, []]);
  });

  const signedByMlflow = (secret: string, body: string, timestamp = now(), delivery: string = randomUUID()) => ({
    'x-mlflow-delivery-id': delivery,
    'x-mlflow-timestamp': timestamp,
    'x-mlflow-signature': `v1,${createHmac('sha256', secret).update(`${delivery}.${timestamp}.${body}`).digest('base64')}`,
  });

  test('MLflow: a model version is taken in from where it lies', async () => {
    const { path, secret } = await hook('mlflow');
    const body = JSON.stringify(MLFLOW_VERSION('s3://bucket/1/models/m-1/artifacts'));
    expect((await post(path, signedByMlflow(secret, body), body)).statusCode).toBe(202);
    expect(addresses()).toEqual(['s3 s3://bucket/1/models/m-1/artifacts']);
  });

  test.each(['models:/m-1', 'runs:/1/model', 'file:///etc/passwd', '/etc/passwd', 'dbfs:/x', 'gopher://x/'])(
    'MLflow: a source of %s begins nothing',
    async (source) => {
      const { path, secret } = await hook('mlflow');
      const body = JSON.stringify(MLFLOW_VERSION(source));
      const answer = await post(path, signedByMlflow(secret, body), body);
      expect([answer.statusCode, addresses()]).toEqual([202, []]);
    },
  );

  test('MLflow: what is sent again does nothing, and what is old is refused', async () => {
    const { path, secret } = await hook('mlflow');
    const body = JSON.stringify(MLFLOW_VERSION('s3://bucket/key'));
    const headers = signedByMlflow(secret, body);
    await post(path, headers, body);
    const again = await post(path, headers, body);
    expect(again.json<{ ignored: string }>().ignored).toContain('taken before');
    expect(addresses()).toHaveLength(1);
    for (const seconds of [-301, 301]) {
      const old = await post(path, signedByMlflow(secret, body, now(seconds)), body);
      expect(old.statusCode).toBe(401);
    }
  });

  test('a program of ours: signed as our own deliveries are; another ID beside the same signature is the same delivery', async () => {
    const { path, secret } = await hook('generic');
    const body = JSON.stringify({ addresses: ['oci://registry.example/model:1', 'https://example.com/model.pkl'] });
    const timestamp = now();
    const headers = { 'x-sentinel-timestamp': timestamp, 'x-sentinel-signature': signature(secret, timestamp, body) };
    expect((await post(path, headers, body)).statusCode).toBe(202);
    expect(addresses()).toEqual(['oci oci://registry.example/model:1', 'https https://example.com/model.pkl']);
    await post(path, { ...headers, 'x-sentinel-delivery': 'other' }, body);
    await post(path, { ...headers, 'x-sentinel-signature': `v1=0 ${headers['x-sentinel-signature']}` }, body);
    expect(addresses()).toHaveLength(2);
  });

  test('a wrong secret, a changed body, a removed hook and one that never was are answered alike', async () => {
    const { path, secret } = await hook('generic');
    const body = '{"addresses":["s3://b/k"]}';
    const timestamp = now();
    const headers = { 'x-sentinel-timestamp': timestamp, 'x-sentinel-signature': signature(secret, timestamp, body) };
    const gone = await hook('huggingface');
    await api.server.inject({
      method: 'DELETE',
      url: gone.path.replace('hooks', 'inbound-hooks'),
      headers: api.as('admin'),
    });
    const answers = await Promise.all([
      post(path, headers, body.replace('b/k', 'evil/k')),
      post(path, { ...headers, 'x-sentinel-timestamp': now(1) }, body),
      post(path, {}, body),
      post(gone.path, { 'x-webhook-secret': gone.secret }, JSON.stringify(HUB_UPDATE)),
      post(gone.path, { 'x-webhook-secret': '' }, JSON.stringify(HUB_UPDATE)),
      post(`/v1/hooks/${randomUUID()}`, headers, body),
      post(`/v1/hooks/${randomUUID()}`, { 'x-webhook-secret': '' }, body),
    ]);
    expect(new Set(answers.map(({ statusCode, body: said }) => `${statusCode} ${said}`)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(401);
    expect(addresses()).toEqual([]);
  });

  test.each([
    '',
    'null',
    '[]',
    '{',
    '{"addresses":[]}',
    '{"addresses":["s3://b/k"],"more":1}',
    '\u0000',
    '{"__proto__":{"addresses":["s3://b/k"]}}',
  ])('a signed body that is none is refused: %j', async (body) => {
    const { path, secret } = await hook('generic');
    const timestamp = now();
    const answer = await post(
      path,
      { 'x-sentinel-timestamp': timestamp, 'x-sentinel-signature': signature(secret, timestamp, body) },
      body,
    );
    expect([answer.statusCode, addresses()]).toEqual([400, []]);
  });
});
