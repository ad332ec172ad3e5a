/**
 * Methods that loading a pickle makes run on a class that it names: REDUCE and NEWOBJ, BUILD, SETITEMS, APPENDS and
 * ADDITEMS, the use as a key, and the methods that run around them (CPython, Lib/pickle.py; The Python Language Reference, 3.3).
 */
export const LOAD_METHODS: ReadonlySet<string> = new Set(
  [
    '__new__ __init__ __post_init__ __call__ __setstate__ __setattr__ __getattr__ __getattribute__ __delattr__',
    '__setitem__ append extend add __hash__ __eq__ __len__ __bool__ __iter__ __missing__ __del__',
  ]
    .join(' ')
    .split(' '),
);

/** Methods of a metaclass that run when the class is made, called or asked for an attribute. */
export const METACLASS_METHODS: ReadonlySet<string> = new Set(
  '__new__ __init__ __call__ __prepare__ __getattr__ __getattribute__ __setattr__'.split(' '),
);
