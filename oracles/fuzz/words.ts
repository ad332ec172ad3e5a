/** Words of each format, which a change of single bytes would hardly hit upon. */

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const latin1 = (value: string): Uint8Array => Uint8Array.from(value, (char) => char.charCodeAt(0));

export const ZIP_WORDS = ['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', 'PK\x07\x08'].map(
  latin1,
);

/** Magics, skippable frames, padding between streams, an end of data. */
export const CODEC_WORDS = [
  '\x1f\x8b\x08',
  'BZh9',
  '1AY&SY',
  '\x17rE8P\x90',
  '\xfd7zXZ\0\0\x04',
  'YZ',
  '\x04"M\x18',
  '\x02!L\x18',
  '(\xb5/\xfd',
  '\x50*M\x18\x01\0\0\0\0',
  '\x5f*M\x18\0\0\0\0',
  '\0\0\0\0',
  ']\0\0\x80\0',
  '\xff\xff\xff\xff\xff\xff\xff\xff',
].map(latin1);

export const TAR_WORDS = [
  'ustar\0',
  '13 path=../a\n',
  '././@LongLink',
  '21 GNU.sparse.name=a\n',
  '9 size=1\n',
  '99999999999999999999 a=b\n',
  '\x80\x00\x00\x00',
  '\xff\xff\xff\xff',
].map(latin1);

export const NPY_WORDS = [
  "'descr'",
  "'shape'",
  "'|O'",
  '(',
  '[',
  ')',
  "('a', '<f8')",
  `1${'0'.repeat(20)}`,
  "{'descr': ",
].map(text);

export const NPY_HEADERS = [
  "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }   \n",
  "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }\n",
  "{'descr': [('a', '<f8'), (('title', 'b'), '|O', (2,)), ('c', [('d', '|S3')])], 'fortran_order': True, 'shape': (), }\n",
  "{'descr': ('<M8[ns]', (2, 3)), 'fortran_order': False, 'shape': (1L,), }\n",
].map(text);

export const POLICY = text(`category: PICKLE            # omitted: every category
ticket_on:
- MEDIUM
max_acceptable_severity: moderate
rules:
  PICKLE-EXEC: { owner: "release owner", fail_on: ["CRITICAL", "HIGH"] }
allow:
  - entry: mylib.model.Net
    why: "reviewed"
    expires: 2027-06-30
accept:
  - fingerprint: 0123456789abcdef0123456789abcdef
    owner: "release board"
    why: "sandboxed"
    expires: 2027-01-31
---
category: ARCHIVE
fail_on: []
`);

export const POLICIES = [
  POLICY,
  'fail_on: [HIGH]\n',
  'rules:\n  PICKLE-STRUCT:\n    owner: me\n',
  'allow:\n- entry: a.b.C\n  why: &a x\n- {entry: b.c, why: *a}\n',
  '---\n---\ncategory: PICKLE\nticket_on: []\n',
].map((one) => (typeof one === 'string' ? text(one) : one));

export const POLICY_WORDS = [
  '&a',
  '*a',
  '<<: *a',
  '? ',
  '- ',
  ': ',
  '!!',
  '|',
  '>',
  '"\\x',
  '\n---\n',
  '\n  ',
  '\t',
  '[',
  '[]: ',
  '{',
  '#',
  '1e999',
  'null',
  '~',
  '%YAML 1.2',
  '__proto__: 1\n',
  '\u0000',
  '\ud800',
].map(text);

export const BASE64_WORDS = ['gASV', 'eJw', 'H4sI', '\\n', '\n', '\r\n  ', '=', '"', 'A'].map(text);

export const TEXTS = [
  "'os'",
  '"a\\x41\\101\\n\\q"',
  '\\u0041\\U0001f600\\\\u12',
  '0x1f',
  '1_000',
  ' -12L',
  '1.5e10',
  'nan',
  '\u00e9\u{1f600}',
].map(text);
export const TEXT_WORDS = ['\\', '\\x', '\\u', '\\U', '_', '0x', '0o', '0b', 'e+', 'L', '\0', '\r', ' '].map(text);

export const NAMES = [
  'a/b/c.pkl',
  '../../etc/passwd',
  'C:\\windows\\x',
  '\\\\host\\share',
  './a/../b//c',
  'os.system',
  'mylib.model.Net',
  'numpy.core.multiarray._reconstruct',
  'torch._utils._rebuild_tensor_v2',
].map(text);
export const NAME_WORDS = ['..', '/', '\\', '.', ':', '\0', '*', '\u202e', '\ud800', '\u00e9', 'os', 'builtins'].map(
  text,
);

/** Pieces of Python, each with what another one lacks; 2 and 3. */
export const PYTHON = [
  'import torch\nfrom torch import load as l\nmodel = l("m.pt", weights_only=False)\n',
  'from functools import partial\nclass A(B, metaclass=M):\n    x: int = 1\n    @p.q(1)\n    async def f(self, a, /, b=1, *c, d, **e) -> T:\n        return await g(*a, **{"k": 1})\n',
  'match x:\n    case {"a": [1, *_], **r} if y := z: pass\n    case A(b=1) | None: f(f"{x!r:>{w}} {y=}")\n',
  'print "a" % `b`\nexec c in d\nexcept E, e: raise F, "g"\n0777L\n',
  '# -*- coding: latin-1 -*-\nx = u"\\N{DIGIT ONE}" rb"a" """b\n"""\nif a:\n\tb()\n        c()\n',
  'lambda *a, k=(yield): [x async for y in z if (w := 1)] and {**a, "b": c} or not d if e else f[1:2, ...]\n',
  'def f[T: int = str, *U, **V](x): type A[T] = list[T]\ntry:\n  pass\nexcept* E as e: pass\nwith (a as b, c() as d): del x, y\n',
].map(text);

export const PYTHON_WORDS = [
  '(',
  ')',
  '[',
  '{',
  '"""',
  "'''",
  "'",
  'f"{',
  '}"',
  '\\\n',
  '\n    ',
  '\t',
  'lambda: ',
  'if ',
  ' else ',
  'import a.b as c\n',
  'from .. import *\n',
  '@',
  ':=',
  '**',
  'yield ',
  'await ',
  'not ',
  '-',
  'a.',
  ';',
  '\f',
  '\r',
  '0x',
  '1e',
  '#',
  'print >>a, ',
].map(text);

export const NOTEBOOKS = [
  String.raw`{"cells": [{"cell_type": "code", "source": ["%pip install x\n", "import torch\n", "torch.load(\"a\")"]}, {"cell_type": "markdown", "source": "# a"}], "nbformat": 4}`,
  String.raw`{"worksheets": [{"cells": [{"cell_type": "code", "input": "!ls\nx?\n%%bash\necho"}]}], "nbformat": 3}`,
].map(text);

/** A report as small as one can be. */
export const REPORTS = [
  '{"schemaVersion":1,"tool":{"name":"sentinel","version":"0.1.0","rules":"1"},"command":"sentinel artifact a","verdict":"pass","reasons":[],"summary":{"artifacts":0,"streams":0,"findings":{"CRITICAL":0,"HIGH":0,"MEDIUM":0,"LOW":0},"bytesRead":0,"bytesTotal":0,"durationMs":0,"skipped":0},"artifacts":[],"findings":[],"incomplete":[],"allow":[],"notes":[]}',
].map(text);
