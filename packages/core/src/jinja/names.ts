/** What names mean to a template: Jinja2 3.1 (`jinja2.defaults`, `filters`, `tests`, `sandbox`) and what chat renderers add. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Attributes of functions, frames and the like that the sandbox refuses though they have no underscore in front (`is_internal_attribute`). */
const INTERNAL = words(`
  mro func_closure func_code func_dict func_defaults func_globals im_class im_func im_self
  gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_await cr_origin ag_frame ag_code ag_await
  tb_frame tb_lasti tb_lineno tb_next f_back f_builtins f_code f_globals f_lasti f_lineno f_locals f_trace
  co_argcount co_code co_consts co_filename co_firstlineno co_flags co_freevars co_lnotab co_name co_names co_nlocals
  co_stacksize co_varnames co_cellvars
`);

/** What the sandbox would make of an attribute: `internal` leads into the interpreter, `underscore` is only private. */
export function refusedName(name: string): 'internal' | 'underscore' | null {
  if (name.startsWith('__') || INTERNAL.has(name)) return 'internal';
  return name.startsWith('_') ? 'underscore' : null;
}

/** Functions that renderers of chat templates give, and those of Jinja2. */
export const KNOWN_FUNCTIONS = words(`
  range dict namespace cycler joiner lipsum
  raise_exception strftime_now
  gettext ngettext pgettext npgettext _
  caller super loop varargs kwargs
`);

/** Objects of applications, which an honest chat template has no use for. */
export const APPLICATION_OBJECTS = words(`
  self config request session g url_for get_flashed_messages current_app app lipsum cycler joiner
`);

export const KNOWN_FILTERS = words(`
  abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format groupby
  indent int items join last length list lower map max min pprint random reject rejectattr replace reverse round safe select
  selectattr slice sort string striptags sum title tojson trim truncate unique upper urlencode urlize wordcount wordwrap
  xmlattr
`);

export const KNOWN_TESTS = words(`
  odd even divisibleby defined undefined filter test none boolean false true integer float lower upper string mapping number
  sequence iterable callable sameas escaped in eq equalto ne gt greaterthan ge lt lessthan le
  == != > >= < <=
`);

/** Methods of text, lists and mappings: what comes from messages and tools has no others. */
export const DATA_METHODS = words(`
  capitalize casefold center count encode endswith expandtabs find index isalnum isalpha isascii isdecimal isdigit
  isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix
  removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate
  upper zfill decode hex
  append clear copy extend insert pop remove reverse sort
  get items keys popitem setdefault update values fromkeys
  add discard union intersection difference issubset issuperset
  cycle changed next reset isoformat strftime
`);

/** Methods that put what they are given into the object. */
export const STORING_METHODS = words('append extend insert update setdefault add union fromkeys');

/** Filters whose named argument `attribute` is read of each item; the number is where it may stand without its name. */
export const ATTRIBUTE_FILTERS: ReadonlyMap<string, number> = new Map([
  ['map', -1],
  ['selectattr', 0],
  ['rejectattr', 0],
  ['groupby', 0],
  ['sum', 0],
  ['sort', 2],
  ['unique', 1],
  ['min', 1],
  ['max', 1],
  ['join', 1],
]);

/** Filters that give a number or nothing but a truth value. */
export const NUMBER_FILTERS = words('length count int float round abs wordcount');
/** Filters that change letters, white space or marks, and choose no characters. */
export const KEEPING_FILTERS = words('trim e escape forceescape safe lower upper title capitalize');
/** Filters that give items of what they are given. */
export const ITEM_FILTERS = words('first last random min max attr');
/** Filters that give the same items in another order or grouping. */
export const GROUPING_FILTERS = words(
  'list reverse sort unique batch slice select reject selectattr rejectattr items dictsort groupby',
);

export const NUMBER_METHODS = words(`
  count find index rfind rindex startswith endswith isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric
  isprintable isspace istitle isupper issubset issuperset
`);
export const KEEPING_METHODS = words('strip lstrip rstrip lower upper title capitalize casefold swapcase');
/** Methods that cut a text into pieces. */
export const PIECE_METHODS = words(`
  split rsplit splitlines partition rpartition strip lstrip rstrip removeprefix removesuffix
`);
export const ITEM_METHODS = words('get pop setdefault popitem next');
export const GROUPING_METHODS = words('items keys values copy');
/** Numbers that a loop has. */
export const LOOP_NUMBERS = words('index index0 revindex revindex0 length depth depth0 first last');

/**
 * What a renderer is given of a conversation. Any other name may be one that the files of the repository define: transformers
 * gives templates all special tokens of a tokenizer by their names.
 */
export const CONVERSATION = words(`
  messages tools documents conversation conversations message tool tool_calls functions user_message system_message
  add_generation_prompt loop
`);
