import type { AllowGroup } from './allow-group.js';

/** Those that change nothing in place and call nothing by name. */
const OPERATORS =
  'abs add and_ concat contains countOf eq floordiv ge gt index indexOf inv invert is_ is_not le length_hint lshift lt matmul mod mul ne neg not_ or_ pos pow rshift sub truediv truth xor';
const MATHEMATICS =
  'acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist erf erfc exp exp2 expm1 fabs factorial floor fma fmod frexp fsum gamma gcd hypot isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nextafter perm pow prod radians remainder sin sinh sqrt sumprod tan tanh trunc ulp';
const COMPLEX_MATHEMATICS =
  'acos acosh asin asinh atan atanh cos cosh exp isclose isfinite isinf isnan log log10 phase polar rect sin sinh sqrt tan tanh';

/** The plain data types of the standard library, in Python 3 and Python 2 spelling. Written and judged by hand. */
export const STANDARD_GROUPS: readonly AllowGroup[] = [
  {
    why: 'A plain type of the language: calling it builds or converts a value, and its instances have no state to set beyond their items.',
    insideDanger: true,
    names: `
builtins: bool bytes complex float frozenset int list range set slice tuple object
__builtin__: bool bytes complex float frozenset int list long range set slice tuple object unicode xrange basestring`,
  },
  {
    why: 'A plain type that saves store and never call: calling it runs methods of what it is given.',
    insideDanger: true,
    storedOnly: true,
    names: `
builtins: dict str
__builtin__: dict str`,
  },
  {
    why: 'A function of the language that computes a value and changes nothing: saves store it as a parameter. A pickle that calls it is not ordinary.',
    insideDanger: true,
    storedOnly: true,
    names: `
builtins: abs all any ascii bin callable chr divmod enumerate format hex id isinstance issubclass len max min oct ord pow print repr reversed round sorted sum zip
__builtin__: abs all any bin callable chr divmod enumerate format hex id isinstance issubclass len max min oct ord pow print repr reversed round sorted sum unichr zip`,
  },
  {
    why: 'An operator or a function of mathematics: it computes a value from its arguments. A pickle that calls it is not ordinary.',
    storedOnly: true,
    names: `
_operator: ${OPERATORS}
operator: ${OPERATORS}
math: ${MATHEMATICS}
cmath: ${COMPLEX_MATHEMATICS}
itertools: izip`,
  },
  {
    why: 'A text with placeholders. It keeps the text and puts values in when a method is called.',
    names: `
string: Template`,
  },
  {
    why: 'A constant of the language, which cannot be called.',
    insideDanger: true,
    names: `
builtins: Ellipsis NotImplemented None True False
__builtin__: Ellipsis NotImplemented None True False`,
  },
  {
    why: 'An exception class: building one stores its arguments, and a pickle cannot raise it.',
    insideDanger: true,
    names: `
decimal: Clamped ConversionSyntax DecimalException DivisionByZero DivisionImpossible DivisionUndefined FloatOperation Inexact InvalidContext InvalidOperation Overflow Rounded Subnormal Underflow
builtins: ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
exceptions: ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StandardError StopIteration SyntaxError SyntaxWarning SystemError TabError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError`,
  },
  {
    why: 'Buffers in memory: they hold the bytes or text that they were given and open nothing.',
    insideDanger: true,
    names: `
_io: BytesIO StringIO
io: BytesIO StringIO`,
  },
  {
    why: 'A container of the standard library: it stores items. A factory that a defaultdict is given is a global of its own and judged as such.',
    names: `
collections: ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque
_collections: OrderedDict defaultdict deque
UserDict: UserDict IterableUserDict
UserList: UserList
UserString: UserString
ordereddict: OrderedDict
array: array _array_reconstructor
sets: Set ImmutableSet
types: SimpleNamespace NoneType EllipsisType NotImplementedType
argparse: Namespace`,
  },
  {
    why: 'The constructors that pickle itself writes for instances: they call __new__ and __init__ of classes that the stream names and that are judged by themselves.',
    names: `
copyreg: _reconstructor __newobj__ __newobj_ex__
copy_reg: _reconstructor __newobj__ __newobj_ex__`,
  },
  {
    why: 'A value of time, number, identity or address: an immutable value computed from its arguments, checked by its constructor.',
    names: `
datetime: date datetime time timedelta timezone tzinfo
decimal: Decimal Context
_decimal: Decimal Context
_pydecimal: Decimal Context
fractions: Fraction
uuid: UUID SafeUUID
ipaddress: IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network
time: struct_time`,
  },
  {
    why: 'A named tuple: it stores the fields that it is given, has no dict for a BUILD to fill, and computes nothing until somebody asks.',
    insideDanger: true,
    names: `
urllib.parse: DefragResult DefragResultBytes ParseResult ParseResultBytes SplitResult SplitResultBytes
urlparse: DefragResult DefragResultBytes ParseResult ParseResultBytes SplitResult SplitResultBytes
os: stat_result statvfs_result terminal_size
posix: times_result uname_result
nt: times_result uname_result
difflib: Match`,
  },
  {
    why: 'The flags of a regular expression: calling it looks a number up.',
    names: `
re: RegexFlag`,
  },
  {
    why: 'A path as a value: it joins and splits text, and touches no file until a method is called, which a pickle cannot do.',
    names: `
pathlib: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath
pathlib._local: Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath`,
  },
  {
    why: 'Compiles the pattern of a regular expression, which is all that re.compile writes; a pattern only costs time, when it is used.',
    names: `
re: _compile`,
  },
  {
    why: 'A random generator as a value: it stores its state vector.',
    names: `
random: Random
_random: Random`,
  },
];
