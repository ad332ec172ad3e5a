// The main script of the single executable, and of its worker threads: runs the parts of the built command line from the
// assets of the executable. build.mjs puts a call of `run` behind it. Nothing is read from disk.
'use strict';
process.exitCode = 2;
const posix = require('node:path/posix');
const { getAsset } = require('node:sea');
const { fileURLToPath } = require('node:url');
const { compileFunction } = require('node:vm');
const threads = require('node:worker_threads');

/** The folder that the parts think they lie in. No such folder is read. */
const FOLDER = '/sentinel-executable';
const modules = new Map();

/** A worker whose file is one of the parts gets it from the executable as well. */
class Worker extends threads.Worker {
  constructor(file, options) {
    const path = file instanceof URL ? fileURLToPath(file) : file;
    if (options?.eval === true || !path.startsWith(`${FOLDER}/`)) super(file, options);
    else super(`${getAsset('loader', 'utf8')}\nrun(${JSON.stringify(path)});`, { ...options, eval: true });
  }
}

function requireFrom(path, id) {
  if (id.startsWith('.')) return run(posix.join(posix.dirname(path), id));
  return id === 'node:worker_threads' ? { ...threads, Worker } : require(id);
}

/** The exports of a part. A part that threw is run again, as Node does it. */
function run(path) {
  const known = modules.get(path);
  if (known !== undefined) return known.exports;
  const source = getAsset(path.slice(FOLDER.length + 1), 'utf8').replace(/^#!.*/, '');
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const body = compileFunction(source, names, { filename: path });
  const module = { exports: {} };
  modules.set(path, module);
  try {
    body.call(module.exports, module.exports, (id) => requireFrom(path, id), module, path, posix.dirname(path));
  } catch (error) {
    modules.delete(path);
    throw error;
  }
  return module.exports;
}
