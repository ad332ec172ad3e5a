// WebDriver (https://www.w3.org/TR/webdriver2/) in the few commands that the tests take: to Firefox by Marionette, the protocol that its
// own geckodriver speaks to it, and to WebKit by WebKitWebDriver.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const START_MS = 30_000;

const sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

/** What both have in common. `send(name, parameters)` is one command. */
class Browser {
  #send;
  #end;

  constructor(name, send, end) {
    this.name = name;
    this.#send = send;
    this.#end = end;
  }

  open(url) {
    return this.#send('open', { url });
  }

  /** The value of the function in the page, whose arguments are plain data; a promise is waited for. */
  async evaluate(body, ...given) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${body}).apply(null, [...arguments].slice(0, -1))).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.#send('script', { script, args: given });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** As a person chooses files: their paths, one in each line. */
  async choose(selector, files) {
    const found = await this.#send('find', { using: 'css selector', value: selector });
    await this.#send('type', { id: found[ELEMENT], text: files.join('\n') });
  }

  async waitFor(body, ...given) {
    for (const started = Date.now(); Date.now() - started < 120_000; await sleep(50))
      if (await this.evaluate(body, ...given)) return;
    throw new Error(`${this.name}: ${body} did not come true`);
  }

  async screenshot(file) {
    writeFileSync(file, Buffer.from(await this.#send('picture', {}), 'base64'));
  }

  close() {
    return this.#end();
  }
}

/** Marionette: `LENGTH:JSON` over TCP, `[0, id, command, parameters]` and `[1, id, error, value]`. */
class Marionette {
  #socket;
  #buffer = Buffer.alloc(0);
  #waiting = new Map();
  #next = 1;
  #greeted;
  greeting;

  constructor(socket) {
    this.#socket = socket;
    this.greeting = new Promise((resolve) => {
      this.#greeted = resolve;
    });
    socket.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      for (;;) {
        const colon = this.#buffer.indexOf(':');
        if (colon < 0) return;
        const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString('ascii'));
        if (this.#buffer.length < end) return;
        const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString('utf8'));
        this.#buffer = this.#buffer.subarray(end);
        if (Array.isArray(message)) this.#answer(message);
        else this.#greeted(message);
      }
    });
  }

  #answer([, id, error, value]) {
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null)
      resolve(value !== null && 'value' in value && Object.keys(value).length === 1 ? value.value : value);
    else reject(new Error(`${error.error}: ${error.message}`));
  }

  command(name, parameters) {
    const id = this.#next;
    this.#next += 1;
    const text = Buffer.from(JSON.stringify([0, id, name, parameters]));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(Buffer.concat([Buffer.from(`${text.length}:`), text]));
    });
  }
}

const MARIONETTE = {
  open: ({ url }) => ['WebDriver:Navigate', { url }],
  script: ({ script, args }) => [
    'WebDriver:ExecuteAsyncScript',
    { script, args, newSandbox: false, sandbox: 'default' },
  ],
  find: (given) => ['WebDriver:FindElement', given],
  type: (given) => ['WebDriver:ElementSendKeys', given],
  picture: () => ['WebDriver:TakeScreenshot', { full: false }],
};

/** Debian's Firefox without a window. `proxy`: the port through which all of its requests go. */
export async function firefox(program, proxy) {
  const port = await freePort();
  const profile = mkdtempSync(join(tmpdir(), 'sentinel-firefox-'));
  const preferences = {
    'marionette.port': port,
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxy,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxy,
    'network.proxy.allow_hijacking_localhost': true,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.aboutConfig.showWarning': false,
    'browser.shell.checkDefaultBrowser': false,
    'app.normandy.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'dom.disable_open_during_load': false,
  };
  writeFileSync(
    join(profile, 'user.js'),
    Object.entries(preferences)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  );
  const child = spawn(program, ['--headless', '--no-remote', '--marionette', '--profile', profile], {
    stdio: 'ignore',
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
  });
  const end = async () => {
    child.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 30, retryDelay: 200 });
  };
  try {
    const socket = await connected(port);
    const marionette = new Marionette(socket);
    await marionette.greeting;
    const { capabilities } = await marionette.command('WebDriver:NewSession', { strictFileInteractability: false });
    await marionette.command('WebDriver:SetTimeouts', { script: 120_000 });
    return new Browser(
      `Firefox ${capabilities.browserVersion}`,
      (name, given) => marionette.command(...MARIONETTE[name](given)),
      end,
    );
  } catch (error) {
    await end();
    throw error;
  }
}

async function connected(port) {
  for (const started = Date.now(); ; await sleep(100)) {
    try {
      return await new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => resolve(socket));
        socket.on('error', reject);
      });
    } catch (error) {
      if (Date.now() - started > START_MS) throw error;
    }
  }
}

const HTTP = {
  open: (given) => ['/url', given],
  script: (given) => ['/execute/async', given],
  find: (given) => ['/element', given],
  type: ({ id, text }) => [`/element/${id}/value`, { text }],
  picture: () => ['/screenshot', null],
};

/** WebKitGTK's MiniBrowser by its driver; it wants a display. */
export async function webkit(driver, program) {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'sentinel-webkit-'));
  const child = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, MESA_SHADER_CACHE_DISABLE: 'true' },
  });
  const ended = new Promise((resolve) => {
    child.on('exit', resolve);
  });
  const ask = async (path, given, method = given === null ? 'GET' : 'POST') => {
    const answer = await fetch(`http://127.0.0.1:${port}/session${path}`, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(given) } : {}),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const end = async () => {
    child.kill();
    await ended;
    await rm(home, { recursive: true, force: true, maxRetries: 30, retryDelay: 200 });
  };
  try {
    (await connected(port)).end();
    const options = { 'webkitgtk:browserOptions': { binary: program, args: ['--automation'] } };
    const { sessionId, capabilities } = await ask('', {
      capabilities: { alwaysMatch: { ...options, strictFileInteractability: false } },
    });
    await ask(`/${sessionId}/timeouts`, { script: 120_000 });
    return new Browser(
      `WebKit ${capabilities.browserVersion}`,
      (name, given) => {
        const [path, body] = HTTP[name](given);
        return ask(`/${sessionId}${path}`, body);
      },
      async () => {
        await ask(`/${sessionId}`, null, 'DELETE');
        await end();
      },
    );
  } catch (error) {
    await end();
    throw error;
  }
}
