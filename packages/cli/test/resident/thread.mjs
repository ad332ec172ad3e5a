// The thread that talks to process.mjs, while the thread of the test waits.
import { fork } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { bundle, folder, answered, answers } = workerData;
const files = ['stdout', 'stderr'].map((name) => join(folder, name));
const descriptors = files.map((file) => openSync(file, 'a'));
let child = null;

parentPort.on('message', (request) => void (request === null ? close() : serve(request)));

function close() {
  child?.kill();
  for (const descriptor of descriptors) closeSync(descriptor);
  parentPort.close();
}

async function serve(request) {
  for (const descriptor of descriptors) ftruncateSync(descriptor, 0);
  const { code } = await run(request);
  const [stdout, stderr] = files.map((file) => readFileSync(file, 'utf8'));
  answers.postMessage({ code, stdout, stderr }, []);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
}

/** A process that ends by itself has answered as well: the next run gets a new one. */
async function run(request) {
  child ??= await started();
  const process = child;
  return new Promise((resolve) => {
    const done = (answer) => {
      process.off('message', done);
      process.off('exit', ended);
      resolve(answer);
    };
    const ended = (code) => {
      child = null;
      done({ code });
    };
    process.on('message', done);
    process.on('exit', ended);
    process.send(request);
  });
}

async function started() {
  const process = fork(new URL('process.mjs', import.meta.url), [bundle], {
    execArgv: [],
    stdio: ['ignore', ...descriptors, 'ipc'],
  });
  await new Promise((resolve) => process.once('message', resolve));
  return process;
}
