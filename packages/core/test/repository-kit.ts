import type {
  PythonEffect,
  RepoCodeFact,
  RepoDependencyFact,
  RepoProgramFact,
  RepoPythonFact,
  RepoShardFact,
  RepoTargetFact,
} from '../src/model/repository.js';
import type { ChatTemplateFact } from '../src/model/template.js';
import { at, identity } from './fact-kit.js';

/** Facts of a model repository, for tests of what comes behind them. */
const base = { at: at('repo/config.json', null), identity: identity('repository') };

export function code(parts: Partial<RepoCodeFact>): RepoCodeFact {
  return {
    ...base,
    kind: 'repo.code',
    via: 'auto-map',
    key: 'auto_map.AutoModel',
    names: 'modeling_mine.Model',
    repository: null,
    revision: null,
    file: 'modeling_mine.py',
    target: { module: 'modeling_mine', name: 'Model' },
    linked: 'present',
    ...parts,
  };
}

export function template(uses: ChatTemplateFact['report']['uses'], moreUses = 0): ChatTemplateFact {
  return { ...base, kind: 'template.chat', key: 'chat_template', report: { uses, moreUses, problem: null } };
}

export function shard(parts: Partial<RepoShardFact>): RepoShardFact {
  return { ...base, kind: 'repo.shard', problem: 'absolute', shard: '/etc/passwd', count: 1, ...parts };
}

export function effect(parts: Partial<PythonEffect>): PythonEffect {
  return {
    kind: 'process',
    name: 'os.system',
    detail: 'id',
    isCalled: true,
    when: 'import',
    route: [],
    line: 2,
    ...parts,
  };
}

export function python(parts: Partial<RepoPythonFact>): RepoPythonFact {
  return { ...base, kind: 'repo.python', role: 'module', effects: [], moreEffects: 0, gap: null, linked: [], ...parts };
}

export function program(name: string): RepoProgramFact {
  return { ...base, kind: 'repo.program', program: name };
}

export function dependency(parts: Partial<RepoDependencyFact>): RepoDependencyFact {
  return { ...base, kind: 'repo.dependency', problem: 'index', text: '-i https://x.example', pinned: false, ...parts };
}

export function target(name: string, key = '_target_'): RepoTargetFact {
  return { ...base, kind: 'repo.target', key, target: name, keyPath: `model.${key}`, count: 1 };
}
