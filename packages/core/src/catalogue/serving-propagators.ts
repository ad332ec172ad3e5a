/** What carries bytes on: functions whose result holds what they were given. */

/** By their full names. */
export const CARRIERS = new RegExp(
  '^(?:' +
    [
      'base64\\.\\w+',
      'binascii\\.(?:a2b|un)\\w*',
      'builtins\\.(?:bytes|bytearray|memoryview|str|list|tuple|dict|set|iter|next|reversed|sorted|zip|enumerate|filter|aiter|anext)(?:\\.fromhex|\\.fromkeys)?',
      '(?:zlib|gzip|bz2|lzma|zstandard|zstd|pyzstd|snappy|brotli|brotlicffi|blosc2?|lz4(?:\\.\\w+)?)\\.\\w*(?:decompress|uncompress|unpack)\\w*',
      '(?:gzip|bz2|lzma|lz4\\.frame)\\.(?:GzipFile|BZ2File|LZMAFile|open)',
      'io\\.(?:BytesIO|StringIO|BufferedReader|TextIOWrapper|BufferedRandom)',
      '(?:c?StringIO|six)\\.(?:StringIO|BytesIO)',
      '(?:json|ujson|orjson|simplejson|rapidjson|msgpack|umsgpack|ormsgpack|cbor2?|bson|tomllib|msgspec\\.\\w+)\\.(?:load|loads|unpack|unpackb|decode)',
      'numpy\\.(?:frombuffer|fromstring|array|asarray|ascontiguousarray)',
      'torch\\.(?:frombuffer|tensor|as_tensor|from_numpy)',
      'pyarrow\\.(?:py_buffer|BufferReader|deserialize)',
      'copy\\.(?:copy|deepcopy)',
      'struct\\.(?:unpack|unpack_from)',
      'urllib\\.parse\\.(?:unquote\\w*|parse_qs\\w*)',
      'codecs\\.(?:decode|encode)',
      'asyncio\\.(?:wait_for|shield|run|gather|create_task|ensure_future|run_coroutine_threadsafe)',
      'itertools\\.\\w+',
      'functools\\.reduce',
      'os\\.fsencode',
      'typing\\.cast',
      'google\\.protobuf\\.\\w+\\.\\w+',
      'ctypes\\.string_at',
      'werkzeug\\.utils\\.\\w+',
      'contextlib\\.closing',
      'requests_toolbelt\\.\\w+',
    ].join('|') +
    ')$',
);

/** Of a function that is known by its own name only: a decoder, by what it says it does. */
export const CARRIER_NAME =
  /(?:decod|decompress|decrypt|unpack|unquote|fromhex|b64|hex_to|to_bytes|tobytes|as_bytes|BytesIO|BytesStream|frombuffer|FromString|SerializeToString|deflate|inflate|gunzip|unzip|decapsul|strip|join|concat|read_all|readall|parse_message|get_payload|extract|ensure_bytes|to_buffer|unframe|^read|getvalue|getbuffer|^encode|^copy$)/i;

/** What makes an open file of bytes. */
export const BYTES_STREAM = /(?:^|\.)(?:BytesIO|StringIO|BufferReader|BytesStream)$/;

/** `f` is called with what follows it: the place of the function among the arguments. */
export const HIGHER_ORDER: readonly { readonly path: RegExp; readonly at: number }[] = [
  {
    path: /^(?:asyncio\.to_thread|anyio\.to_thread\.run_sync|starlette\.concurrency\.run_in_threadpool|builtins\.map|trio\.to_thread\.run_sync|fastapi\.concurrency\.run_in_threadpool|eventlet\.spawn\w*|gevent\.spawn\w*)$/,
    at: 0,
  },
  { path: /(?:^|\.)(?:run_in_threadpool|to_thread|run_sync)$/, at: 0 },
  { path: /\.run_in_executor$/, at: 1 },
  { path: /\.(?:submit|apply|apply_async|map|imap|imap_unordered|starmap|call_soon\w*|spawn|map_async)$/, at: 0 },
];

/** Methods that put their argument into the object. */
export const FILLERS = new Set(
  'append extend insert add update write writelines put put_nowait push appendleft setdefault feed feed_data'.split(
    ' ',
  ),
);

/** What checks the origin of bytes: a code or signature made with a secret. */
export const COMPARE =
  /^(?:hmac\.compare_digest|secrets\.compare_digest|_operator\._compare_digest|cryptography\.hazmat\.primitives\.constant_time\.bytes_eq|django\.utils\.crypto\.constant_time_compare|werkzeug\.security\.safe_str_cmp)$/;
/** A code over its second argument, made with the first. */
export const MAC =
  /^(?:hmac\.(?:new|digest|HMAC)|hashlib\.blake2[bs]|django\.utils\.crypto\.salted_hmac|cryptography\.hazmat\.primitives\.hmac\.HMAC|Crypto\.Hash\.HMAC\.new|Cryptodome\.Hash\.HMAC\.new)$/;
/** What they give is genuine, or they raise. */
export const OPENERS =
  /(?:^cryptography\.fernet\.(?:Multi)?Fernet\(\)\.decrypt|^cryptography\..*(?:AESGCM\w*|ChaCha20Poly1305|AESCCM|AESSIV|AESOCB3)\(\)\.decrypt|^nacl\.\w+\.\w+\(\)\.(?:decrypt|verify)|^itsdangerous\.\w*(?:\.\w+)*\(\)\.(?:unsign|loads)|^django\.core\.signing\.\w+(?:\(\)\.unsign)?)$/;
/** `verify` of a key, which raises: the message is the argument at this place. */
export const VERIFIERS = /(?:public_?key|verify_?key|verifier|pub_?key|^pub$|^key$|signer|cert)/i;
