// The API as the dashboard sees it, over generated data and in memory. Every question and every answer is checked against the shapes of
// the real one: what this takes and says, that does too.
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as shapes from '../../dist/model/api-shapes.js';
import { mayAct } from '../../dist/model/roles.js';
import {
  artifact as artifactShape,
  intake as intakeShape,
  verdictAnswer,
  waiver as waiverShape,
} from '../../dist/model/shapes.js';
import { fleetOf, idOf } from './fake-data.mjs';

const built = join(dirname(fileURLToPath(import.meta.url)), '../../dist-dashboard');
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
/** The strictest that the dashboard is to run under. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const hex = (text) => createHash('sha256').update(text).digest('hex');

/**
 * Starts it. `reports`: JSON reports of one artifact each, which artifacts get by whether they fail. `count`: artifacts. `tokens` are the
 * names of the roles: `admin` signs in an administrator.
 */
export async function fakeApi({ count = 10_000, reports = { bad: null, good: null }, oidc = false } = {}) {
  const now = Date.now();
  const { intakes, artifacts, findings } = fleetOf(count, now);
  const byId = new Map(artifacts.map((one) => [one.id, one]));
  const asked = [];
  const sessions = new Map();
  const waivers = [];
  const tokens = [
    {
      id: idOf('token'),
      name: 'first',
      role: 'admin',
      createdBy: 'start',
      createdAt: new Date(now - 9e8).toISOString(),
      expiresAt: null,
      lastUsedOn: '2026-11-20',
      revokedAt: null,
    },
  ];
  const webhooks = [];
  const inbound = [];
  const policies = [
    {
      text: 'version: 1\nfail_on: [CRITICAL, HIGH]\nticket_on: [MEDIUM]\n',
      setBy: 'dana',
      setAt: new Date(now - 8e8).toISOString(),
    },
  ];
  const audit = [];
  const write = (actor, action, subject, detail = {}) => {
    const number = audit.length + 1;
    audit.push({ number, at: new Date().toISOString(), actor, action, subject, detail, hash: hex(`${number}`) });
  };
  for (const one of artifacts.slice(0, 400).toReversed()) {
    write('worker', `artifact.${one.state === 'promoted' ? 'passed' : one.state}`, `artifact:${one.id}`, {
      sha256: one.sha256,
    });
    if (one.state === 'promoted') write('dana', 'artifact.promoted', `artifact:${one.id}`, { reason: 'released' });
  }
  for (const [index, days] of [3, 12, 60, -5].entries()) {
    waivers.push({
      id: idOf(`waiver ${index}`),
      fingerprint: `v2-${hex(`w${index}`).slice(0, 32)}`,
      sha256: index % 2 === 0 ? hex(`${index}`) : null,
      owner: index === 0 ? 'Model serving owner' : 'dana',
      reason: 'Read by hand; the call is never reached. \u202E<b>',
      expiresOn: new Date(now + days * 864e5).toISOString().slice(0, 10),
      createdBy: 'dana',
      createdAt: new Date(now - 2e8).toISOString(),
      revokedBy: null,
      revokedAt: null,
    });
  }

  const pageOf = (rows, { cursor, limit }) => {
    const from = cursor === undefined ? 0 : Number(cursor);
    const items = rows.slice(from, from + limit);
    return { items, next: from + limit < rows.length ? String(from + limit) : null };
  };
  const found = (one) => {
    if (one === undefined) throw new Refusal(404, 'not-found', 'there is no such thing');
    return one;
  };
  const artifactOf = (id) => found(byId.get(id));
  const stats = (days) => {
    const since = new Date(now - (days - 1) * 864e5).toISOString().slice(0, 10);
    const counted = (rows, key) => [...grouped(rows, key)].map(([name, of]) => [name, of.length]);
    const entered = counted(
      artifacts.filter(({ receivedAt }) => receivedAt.slice(0, 10) >= since),
      ({ receivedAt, state }) => `${receivedAt.slice(0, 10)} ${state}`,
    ).map(([name, n]) => ({ day: name.split(' ')[0], state: name.split(' ')[1], count: n }));
    const posture = [];
    for (let index = days - 1; index >= 0; index -= 1) {
      const day = new Date(now - index * 864e5).toISOString().slice(0, 10);
      for (const [state, n] of counted(
        artifacts.filter(({ receivedAt }) => receivedAt.slice(0, 10) <= day),
        ({ state: one }) => one,
      ))
        posture.push({ day, state, count: n });
    }
    const open = [...findings].filter(([id]) => byId.get(id)?.state !== 'rejected').flatMap(([, list]) => list);
    const groups = [...grouped(open, ({ rule, severity, owner }) => `${rule}|${severity}|${owner}`)].map(
      ([key, list]) => {
        const [rule, severity, owner] = key.split('|');
        return {
          rule,
          severity,
          owner,
          count: list.length,
          oldest: list.map(({ firstSeen }) => firstSeen).toSorted()[0],
        };
      },
    );
    const age = ({ firstSeen }) => {
      const passed = (now - Date.parse(firstSeen)) / 864e5;
      return passed < 7 ? 'week' : passed < 30 ? 'month' : passed < 90 ? 'quarter' : 'older';
    };
    return {
      entered,
      posture,
      states: counted(artifacts, ({ state }) => state).map(([state, n]) => ({ state, count: n })),
      findings: groups,
      ages: counted(open, age).map(([name, n]) => ({ age: name, count: n })),
      endingWaivers: waivers.filter(
        ({ revokedAt, expiresOn }) =>
          revokedAt === null && Date.parse(expiresOn) > now && Date.parse(expiresOn) < now + 30 * 864e5,
      ),
      intakes: { open: 1, failed: 0 },
    };
  };
  const decide =
    (state) =>
    ({ params: [id], body, caller }) => {
      const one = artifactOf(id);
      if (state === 'promoted' && one.state !== 'passed' && body.reason === null)
        throw new Refusal(409, 'reason', 'an artifact that did not pass is promoted with a reason');
      write(caller.name, `artifact.${state}`, `artifact:${id}`, { reason: body.reason });
      Object.assign(one, { state, reason: body.reason, changedAt: new Date().toISOString() });
      return one;
    };
  const take = (intake, path, size) => {
    const createdAt = new Date().toISOString();
    const one = {
      id: idOf(`taken ${intake} ${path}`),
      kind: path === null ? 'hf' : 'upload',
      address: intake,
      pinned: null,
      state: 'queued',
      reason: null,
      verdict: null,
      findings: [],
      files: path === null ? 0 : 1,
      pending: path === null ? 0 : 1,
      importance: 100,
      requestedBy: 'you',
      createdAt,
      doneAt: null,
    };
    intakes.unshift(one);
    if (path === null) return { intake: one, artifact: null };
    const artifact = {
      id: idOf(`uploaded ${path}`),
      intake: one.id,
      path,
      address: path,
      size,
      sha256: hex(path),
      isHashComputed: true,
      state: 'received',
      reason: null,
      counts: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 },
      receivedAt: createdAt,
      changedAt: createdAt,
    };
    artifacts.unshift(artifact);
    byId.set(artifact.id, artifact);
    return { intake: one, artifact: artifact.id };
  };
  const reportOf = (one) => (one.state === 'failed' || one.state === 'rejected' ? reports.bad : reports.good);
  const verdictOf = (one) => ({
    sha256: one.sha256,
    verdict:
      one.state === 'failed' || one.state === 'rejected' ? 'fail' : one.state === 'incomplete' ? 'incomplete' : 'pass',
    level: one.state === 'failed' ? 5 : 0,
    catalogue: '2026-11-20',
    analysis: 'a1b2c3d4e5f6',
    policy: hex('policy'),
    since: one.changedAt,
    readings: ['.pkl'],
    findings: (findings.get(one.id) ?? []).map(({ rule, severity, owner, fingerprint }) => ({
      rule,
      severity,
      owner,
      fingerprint,
      action: 'fail',
      title: `${rule} in words`,
      waived: null,
    })),
  });

  /** Method, path, role, query and body shapes, answer's shape, what is done. */
  const ROUTES = [
    ['GET', /^\/auth\/ways$/, null, { answer: shapes.signInWays }, () => ({ token: true, oidc })],
    [
      'GET',
      /^\/v1\/session$/,
      'client',
      { answer: shapes.session },
      ({ caller }) => ({
        name: caller.name,
        role: caller.role,
        via: 'session',
        csrf: caller.csrf,
        expiresAt: new Date(now + 1e7).toISOString(),
      }),
    ],
    [
      'POST',
      /^\/v1\/session\/end$/,
      'client',
      { answer: shapes.loggedOut },
      ({ secret }) => {
        sessions.delete(secret);
        return { url: null };
      },
    ],
    [
      'GET',
      /^\/v1\/artifacts$/,
      'viewer',
      { query: shapes.artifactQuery, answer: shapes.artifactPage },
      ({ query }) =>
        pageOf(
          artifacts.filter(
            (one) =>
              (query.state === undefined || one.state === query.state) &&
              (query.intake === undefined || one.intake === query.intake) &&
              (query.rule === undefined || findings.get(one.id)?.some(({ rule }) => rule === query.rule)) &&
              (query.owner === undefined || findings.get(one.id)?.some(({ owner }) => owner === query.owner)) &&
              (query.q === undefined || `${one.path} ${one.address}`.toLowerCase().includes(query.q.toLowerCase())),
          ),
          query,
        ),
    ],
    ['GET', /^\/v1\/artifacts\/([^/]+)$/, 'viewer', { answer: artifactShape }, ({ params: [id] }) => artifactOf(id)],
    [
      'GET',
      /^\/v1\/artifacts\/([^/]+)\/report$/,
      'viewer',
      { query: shapes.reportQuery },
      ({ params: [id] }) => {
        const one = artifactOf(id);
        if (one.state === 'received' || one.state === 'scanning')
          throw new Refusal(404, 'no-report', 'the artifact was not analysed yet');
        return reportOf(one);
      },
    ],
    [
      'POST',
      /^\/v1\/artifacts\/([^/]+)\/promote$/,
      'reviewer',
      { body: shapes.reasonBody, answer: artifactShape },
      decide('promoted'),
    ],
    [
      'POST',
      /^\/v1\/artifacts\/([^/]+)\/reject$/,
      'reviewer',
      { body: shapes.rejection, answer: artifactShape },
      decide('rejected'),
    ],
    [
      'POST',
      /^\/v1\/artifacts\/([^/]+)\/retest$/,
      'submitter',
      { answer: artifactShape },
      ({ params: [id], caller }) => {
        const one = artifactOf(id);
        write(caller.name, 'artifact.retest', `artifact:${id}`);
        return Object.assign(one, { state: 'received', changedAt: new Date().toISOString() });
      },
    ],
    [
      'GET',
      /^\/v1\/verdicts\/([0-9a-f]{64})$/,
      'client',
      { query: shapes.verdictQuery, answer: verdictAnswer },
      ({ params: [sha256], query }) =>
        verdictOf(found(artifacts.find((one) => one.sha256 === sha256 && one.path === query.path))),
    ],
    [
      'GET',
      /^\/v1\/intakes$/,
      'viewer',
      { query: shapes.intakeQuery, answer: shapes.intakePage },
      ({ query }) => pageOf(intakes, query),
    ],
    [
      'POST',
      /^\/v1\/intakes$/,
      'submitter',
      { body: shapes.newIntake, answer: intakeShape },
      ({ body: { address } }) => {
        if (!/^(hf|s3|oci|https):\/\//.test(address))
          throw new Refusal(
            400,
            'bad-address',
            `“${address}” is no address of a source: hf://, s3://, oci://, https://`,
          );
        return take(address, null, null).intake;
      },
    ],
    [
      'GET',
      /^\/v1\/intakes\/([^/]+)$/,
      'viewer',
      { answer: intakeShape },
      ({ params: [id] }) => found(intakes.find((one) => one.id === id)),
    ],
    [
      'GET',
      /^\/v1\/intakes\/([^/]+)\/findings$/,
      'viewer',
      { answer: shapes.intakeFindings },
      ({ params: [id] }) => ({
        items: artifacts
          .filter(({ intake }) => intake === id)
          .flatMap(({ id: artifact }) =>
            (findings.get(artifact) ?? []).map(({ rule, severity }) => ({ artifact, rule, severity, count: 1 })),
          ),
        isCut: false,
      }),
    ],
    [
      'GET',
      /^\/v1\/stats$/,
      'viewer',
      { query: shapes.statsQuery, answer: shapes.stats },
      ({ query }) => stats(query.days),
    ],
    [
      'GET',
      /^\/v1\/waivers$/,
      'viewer',
      { query: shapes.waiverQuery, answer: shapes.waivers },
      ({ query }) =>
        pageOf(
          waivers.filter(
            ({ revokedAt, expiresOn }) =>
              query.state === 'all' || (revokedAt === null && Date.parse(expiresOn) > now - 864e5),
          ),
          query,
        ),
    ],
    [
      'POST',
      /^\/v1\/waivers$/,
      'reviewer',
      { body: shapes.newWaiver, answer: waiverShape },
      ({ body, caller }) => {
        const one = {
          ...body,
          id: idOf(body.fingerprint + waivers.length),
          createdBy: caller.name,
          createdAt: new Date().toISOString(),
          revokedBy: null,
          revokedAt: null,
        };
        waivers.unshift(one);
        return one;
      },
    ],
    [
      'POST',
      /^\/v1\/waivers\/([^/]+)\/revoke$/,
      'reviewer',
      { answer: waiverShape },
      ({ params: [id], caller }) =>
        Object.assign(found(waivers.find((one) => one.id === id)), {
          revokedBy: caller.name,
          revokedAt: new Date().toISOString(),
        }),
    ],
    [
      'GET',
      /^\/v1\/policy$/,
      'viewer',
      { answer: shapes.policyAnswer },
      () => ({ ...policies[0], sha256: hex(policies[0].text) }),
    ],
    [
      'PUT',
      /^\/v1\/policy$/,
      'admin',
      { body: shapes.newPolicy, answer: shapes.policyAnswer },
      ({ body, caller }) => {
        if (body.text.includes('nonsense'))
          throw new Refusal(400, 'bad-policy', 'line 1: there is no setting “nonsense”');
        policies.unshift({ text: body.text, setBy: caller.name, setAt: new Date().toISOString() });
        return { ...policies[0], sha256: hex(body.text) };
      },
    ],
    [
      'GET',
      /^\/v1\/policy\/history$/,
      'viewer',
      { answer: shapes.policyHistory },
      () => ({
        items: policies.map(({ text, setBy, setAt }, index) => ({
          number: policies.length - index,
          sha256: hex(text),
          setBy,
          setAt,
        })),
      }),
    ],
    [
      'GET',
      /^\/v1\/policy\/history\/(\d+)$/,
      'viewer',
      { answer: shapes.policyText },
      ({ params: [number] }) => {
        const at = policies.length - Number(number);
        const held = policies[at];
        if (held === undefined) throw new Refusal(404, 'not-found', 'there is no such policy');
        return {
          ...held,
          number: Number(number),
          sha256: hex(held.text),
          before: policies[at + 1]?.text ?? '',
        };
      },
    ],
    [
      'GET',
      /^\/v1\/audit$/,
      'reviewer',
      { query: shapes.auditQuery, answer: shapes.auditPage },
      ({ query }) =>
        pageOf(
          audit
            .toReversed()
            .filter(
              (one) =>
                (query.actor === undefined || one.actor === query.actor) &&
                (query.subject === undefined || one.subject === query.subject),
            ),
          query,
        ),
    ],
    [
      'GET',
      /^\/v1\/audit\/verify$/,
      'reviewer',
      { answer: shapes.auditVerdict },
      () => ({ ok: true, entries: audit.length, brokenAt: null, head: hex('head') }),
    ],
    ['GET', /^\/v1\/tokens$/, 'admin', { answer: shapes.tokens }, () => ({ items: tokens })],
    [
      'POST',
      /^\/v1\/tokens$/,
      'admin',
      { body: shapes.newToken, answer: shapes.createdToken },
      ({ body: { name, role, days }, caller }) => {
        const one = {
          id: idOf(name),
          name,
          role,
          createdBy: caller.name,
          createdAt: new Date().toISOString(),
          expiresAt: days === null ? null : new Date(now + days * 864e5).toISOString(),
          lastUsedOn: null,
          revokedAt: null,
        };
        tokens.unshift(one);
        return { ...one, secret: `sentinel_${hex(name)}` };
      },
    ],
    [
      'DELETE',
      /^\/v1\/tokens\/([^/]+)$/,
      'admin',
      {},
      ({ params: [id] }) =>
        void Object.assign(found(tokens.find((one) => one.id === id)), { revokedAt: new Date().toISOString() }),
    ],
    ['GET', /^\/v1\/webhooks$/, 'admin', { answer: shapes.webhooks }, () => ({ items: webhooks })],
    [
      'POST',
      /^\/v1\/webhooks$/,
      'admin',
      { body: shapes.newWebhook, answer: shapes.createdWebhook },
      ({ body, caller }) => {
        const one = {
          ...body,
          id: idOf(body.url),
          createdBy: caller.name,
          createdAt: new Date().toISOString(),
          lastDelivery: null,
        };
        webhooks.unshift(one);
        return { ...one, secret: 'whsec_abc' };
      },
    ],
    [
      'DELETE',
      /^\/v1\/webhooks\/([^/]+)$/,
      'admin',
      {},
      ({ params: [id] }) =>
        void webhooks.splice(
          webhooks.findIndex((one) => one.id === id),
          1,
        ),
    ],
    ['GET', /^\/v1\/inbound-hooks$/, 'admin', { answer: shapes.inboundHooks }, () => ({ items: inbound })],
    [
      'POST',
      /^\/v1\/inbound-hooks$/,
      'admin',
      { body: shapes.newInboundHook, answer: shapes.createdInboundHook },
      ({ body, caller }) => {
        const id = idOf(`hook ${inbound.length}`);
        const one = {
          id,
          kind: body.kind,
          path: `/v1/hooks/${id}`,
          createdBy: caller.name,
          createdAt: new Date().toISOString(),
        };
        inbound.unshift(one);
        return { ...one, secret: 'abc' };
      },
    ],
  ];

  const secretOf = ({ headers }) => /sentinel=([0-9a-f]+)/.exec(headers.cookie ?? '')?.[1] ?? '';
  const bodyOf = async (request) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const parsed = (shape, value, what) => {
    const result = shape.safeParse(value);
    if (!result.success)
      throw new Refusal(
        400,
        'bad-request',
        `${what}: ${result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
      );
    return result.data;
  };

  async function answer(request, response) {
    const url = new URL(request.url, 'http://x');
    const { pathname } = url;
    const secret = secretOf(request);
    const caller = sessions.get(secret);
    asked.push({
      method: request.method,
      path: pathname,
      cursor: url.searchParams.get('cursor'),
      csrf: request.headers['x-csrf-token'] ?? null,
      authorization: request.headers.authorization ?? null,
    });
    const json = (status, value, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
        .end(JSON.stringify(value));
    if (pathname === '/v1/session' && request.method === 'POST') {
      const { token } = parsed(shapes.sessionByToken, JSON.parse((await bodyOf(request)).toString()), 'body');
      const role = ['client', 'viewer', 'submitter', 'reviewer', 'admin'].find((one) => one === token);
      if (role === undefined) throw new Refusal(401, 'bad-token', 'the token is unknown, revoked, or has run out');
      const fresh = randomBytes(16).toString('hex');
      sessions.set(fresh, { name: `a ${role}`, role, csrf: randomBytes(16).toString('hex') });
      response.writeHead(204, { 'set-cookie': `sentinel=${fresh}; Path=/; HttpOnly; SameSite=Lax` }).end();
      return;
    }
    const upload = /^\/v1\/uploads\/([^/]+)$/.exec(pathname);
    const route = ROUTES.find(([method, path]) => method === request.method && path.test(pathname));
    const role = upload === null ? route?.[2] : 'submitter';
    if (upload === null && route === undefined) {
      file(pathname, response);
      return;
    }
    if (role !== null) {
      if (caller === undefined) throw new Refusal(401, 'unauthorized', 'a token or a session is needed');
      if (!mayAct(caller.role, role)) throw new Refusal(403, 'forbidden', 'this needs another role');
      if (request.method !== 'GET' && request.headers['x-csrf-token'] !== caller.csrf)
        throw new Refusal(403, 'csrf', 'requests of a session that change something carry its x-csrf-token');
    }
    const bytes = request.method === 'GET' ? null : await bodyOf(request);
    if (upload !== null) {
      json(
        202,
        parsed(
          shapes.uploaded,
          take(decodeURIComponent(upload[1]), decodeURIComponent(upload[1]), bytes.length),
          'answer',
        ),
      );
      return;
    }
    const [, pattern, , shape, handle] = route;
    const query = shape.query === undefined ? {} : parsed(shape.query, Object.fromEntries(url.searchParams), 'query');
    const body = shape.body === undefined ? null : parsed(shape.body, JSON.parse(bytes.toString()), 'body');
    const value = await handle({ params: pattern.exec(pathname).slice(1), query, body, caller, secret });
    if (value === undefined) response.writeHead(204).end();
    else json(200, shape.answer === undefined ? value : parsed(shape.answer, value, `answer of ${pathname}`));
  }

  function file(pathname, response) {
    const name = pathname === '/' ? '/index.html' : pathname;
    const path = join(built, name);
    if (!/^\/[\w.-]+$/.test(name) || !existsSync(path)) throw new Refusal(404, 'not-found', 'there is no such route');
    response
      .writeHead(200, {
        'content-type': TYPES[extname(name)],
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
      })
      .end(readFileSync(path));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      const { status = 500, code = 'bug', message } = error;
      if (status === 500) console.error(error);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
    });
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    asked,
    artifacts,
    intakes,
    /** Sessions end, as after their hours. */
    endSessions: () => sessions.clear(),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
