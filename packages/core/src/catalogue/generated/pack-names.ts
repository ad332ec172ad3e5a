// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { PackNames } from '../rows.js';

const REASONS = [
  'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
  'No hook of its own: object.__new__ and __dict__ update.',
  'update() item by item into itself; its __setitem__ checks or wraps the value.',
  'Sets its own slots only, by object.__setattr__.',
  '__dict__ = state.copy(), weakref.ref of one entry.',
  'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
  'A dict whose items are its attributes: BUILD looks for __setstate__ among them, which is no ordinary key.',
  'A function that saves keep and never call while they are loaded.',
  'A named tuple. Read in its source and tried.',
  'One fixed field. Read in its source and tried.',
  'Three fixed fields, the third as weak reference.',
  "__new__ with a Time argument calls val.replicate(), with anything else object.__new__; __getattr__('__setstate__') raises AttributeError on an empty instance; __dict__.update.",
  'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
  'Sets its own slots. Read in its source and tried.',
  'A dict subclass without hooks of its own for loading.',
  'Its __setitem__ checks or wraps the value.',
  'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
  '__new__ of a built-in (int, float, str, tuple) of the argument.',
  'C: checks that the class is a bitarray subtype, that the buffer is bytes, byte order and pad bits; copies the bytes; 400 damaged arguments without crash.',
  'Only the class argument of _bitarray_reconstructor.',
  'A dict of its argument. Read in its source and tried.',
  'A list subclass without hooks of its own for loading.',
  'Its template is run when it is called, and it is only kept.',
  'Two fields with defaults; state into __dict__.',
  'update_extend item by item. Read in its source and tried.',
  'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
  'The state dict becomes __dict__ itself (an alias of it).',
  'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
  'A tuple subclass without hooks of its own for loading.',
  'No hook of its own: what it holds is asked when it is used.',
  'Stores a count and makes an OrderedDict; four slots, no setter. (LFUCache itself calls .insert of what it holds: its own verdict).',
  'Stores key and expiry in slots. Read in its source and tried.',
  'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. The class is compiled by Cython, but an ordinary one with a __dict__ (no typed fields).',
  'A class of dates of cftime, which _create_datetime makes.',
  'datetime.datetime of ten bytes. Read in its source and tried.',
  'An Enum: the call looks a member up by a value, which it hashes and compares; the value must be plain.',
  'No hook of its own: object.__new__ and __dict__ update. Cookies are kept in memory.',
  'An exception of OpenCV keeps its arguments.',
  'Its own slots by setattr; the stored function runs when the graph is computed.',
  'Keeps a key and a value. Read in its source and tried.',
  'Keeps a key. Read in its source and tried.',
  "Stores its argument and makes an LRU; every missing attribute is the stored frame's.",
  'Three fixed fields; the graph in it runs when computed.',
  'It has no hook of its own that loading runs: a bare instance of a subclass of list; the state goes into __dict__.',
  'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update. Slots only: the second half of the state tuple is set by setattr.',
  'An empty dict; items are set as in dict.',
  'A named tuple: tuple.__new__ of the given fields.',
  'Forwards a fixed list of parameter names; nothing of that while it loads with a plain dict state (a slot state would set them on the held model).',
  'Forwards predict_proba alone. Read in its source and tried.',
  '__getattr__ refuses __names; __dict__.update. After BUILD any other missing name (append, extend …) runs the held estimators in a joblib pool.',
  '__getattr__ refuses __names; __dict__.update. After BUILD other names come from the stored _est.',
  'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs); keys seen: none or img_size.',
  'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs);.',
  '__dict__.update and a new lock. Read in its source and tried.',
  '__dict__.update. Read in its source and tried.',
  'A float subclass without hooks of its own for loading.',
  'A int subclass without hooks of its own for loading.',
  'A str subclass without hooks of its own for loading.',
  'Every missing attribute is `null`, which does nothing when called.',
  'SimpleNamespace without arguments; state into __dict__ (an item sets the attribute of that name).',
  "Class attribute _rng is None, so on an empty instance __getattr__ asks numpy.random for __setstate__ (AttributeError), then __dict__.update. After BUILD every missing attribute, __setstate__ too, is the stored generator's.",
  'Refuses names with an underscore in front, which is all that loading asks for.',
  'Refuses names with an underscore in front, which is all that loading asks for; other names parse held formula texts (no evaluation).',
  'str.__new__ and a set of roles from an Enum; str(name) and iteration of roles run on the arguments, so they must be plain.',
  'A file system as a class, which make_instance makes.',
  "pandas' own __setstate__ (judged with pandas).",
  'Updates __dict__ and sets _owner to None.',
  'dict(state), then __dict__.update.',
  'A metric as a class, which newObj makes an instance of.',
  'The data of a model card: attributes, and no hook of its own that loading runs.',
  'A dict of its argument (cls._dict_cls).',
  'Checks that its arguments are numbers, stores them.',
  'Two fixed fields. Read in its source and tried.',
  'No hook: __dict__; honest states hold the whole model (unsafe _unpickle_model).',
  'A str with fields. Read in its source and tried.',
  'An exception without own hooks: stores its arguments.',
  "__getattr__ raises AttributeError on an empty instance (no _model); __dict__.update. After BUILD missing attributes are the stored _model's.",
  'Stores pairs in an AttrDict; unpacks each argument, so the pairs must be plain tuples.',
  'Enum looked up by value; no _missing_ of its own.',
  'Named tuple, made by NEWOBJ with two values; its __array__ is for later.',
  'No __setstate__, __getattr__ or __del__ of its own: object.__new__, then __dict__.update; setters (and stored callbacks such as stale_callback) run only for a slot state.',
  'Tuple subclass: __new__ is tuple.__new__(cls, args[0]) (iterates it), then __dict__.update.',
  '__setstate__ is __init__(**state): keeps the keywords in one dict. Afterwards a missing attribute is an entry of that dict (APPENDS would call `append` from it).',
  '__setstate__ pops _counter, vars(self).update, itertools.count(number): no own method, nothing called.',
  "The class that models of one's own inherit from: an instance has no attributes and no hook for loading.",
  'Pickles and hashes an item when a data set is used, and is only kept.',
  'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs); keys seen: _meta, _applied_operations, _is_batch.',
  "__new__ is object's (MapTransform: a setting of MONAI may wrap __call__).",
  'A str. Read in its source and tried.',
  'C: pairs of text and value. Read in its source and tried.',
  'Clear and update item by item. Read in its source and tried.',
  'Enum looked up by value. Read in its source and tried.',
  '__new__ ignores its arguments; keywords (NEWOBJ_EX, backend=) would load a backend.',
  'A distribution as a class, which ngboost asks for its scores. An instance has no `dist` and recurses.',
  'An empty defaultdict; items as in dict.',
  'Counter(dict). Read in its source and tried.',
  'Ignores the state. Read in its source and tried.',
  'Its append checks or wraps the value; its extend checks or wraps the value.',
  'Four fixed fields. Read in its source and tried.',
  "A named tuple that numpy's functions give.",
  'Named tuple of arrays. Read in its source and tried.',
  'It has no hook of its own that loading runs: a bare instance, and torch.nn.modules.module.Module.__setstate__ (already reviewed with its library) takes the state.',
  'Updates __dict__ and makes a lock.',
  'Updates __dict__ and makes a thread-local.',
  'Iterates and hashes the state. Read in its source and tried.',
  'Datetime of integers and a zone. Read in its source and tried.',
  'Offset and name. Read in its source and tried.',
  'Timedelta of integers. Read in its source and tried.',
  'datetime.date of bytes or integers.',
  'datetime.time of integers. Read in its source and tried.',
  'Stores its five arguments; nothing else.',
  'Three fixed fields (the stored number type is called when units are computed).',
  'tuple() of its argument. Read in its source and tried.',
  'Schema() is an empty dict; SETITEM parses the type by a table and a class is made without arguments; 400 damaged uses without call.',
  "__setstate__ runs Categories(*state): compares the physical type with three, registers the name in the process's table of categories (weakly).",
  'A vector of the items of an iterable (C).',
  'Converts one value to a type. Read in its source and tried.',
  'Fields and metadata. Read in its source and tried.',
  'Only for its _deserialize by getattr.',
  'compiled: seven typed fields, converted and checked one by one.',
  'No __setstate__, __getattr__ or __del__ of its own: object.__new__, then __dict__.update.',
  'Compiled (Rust): parses one text as URL.',
  'One number, checked (Rust). Read in its source and tried.',
  "MetaTermMixin.__getattr__ calls self._has_terms(): on an empty instance the class's own, which finds no terms and raises AttributeError; __dict__.update. After a state with `_has_terms` the next missing attribute would call it.",
  'Missing attributes are looked up in `properties`.',
  'One fixed field; __new__ of a built-in (int, float, str, tuple) of the argument.',
  '__dict__.update and a thread local; PROJ parses `srs` (files and grids by name) when used, hashed or compared.',
  'A map of a dict; pre_size allocates that many buckets.',
  'A set of an iterable. Read in its source and tried.',
  'list(iterable). Read in its source and tried.',
  'tuple(iterable). Read in its source and tried.',
  'sklearn.base.BaseEstimator.__setstate__: __dict__.update, version check.',
  'One integer, kept in a table of the process.',
  "Only for ParameterExpression._reconstruct / SparseObservable's classmethod by getattr.",
  'Only for Qubit._from_owned / _from_anonymous by getattr (type-checked in Rust).',
  'Rust (PyO3): arguments are extracted with type checks, no `unsafe` use of numbers seen; 400 damaged arguments without crash, call or event.',
  'Rust (PyO3): arguments are extracted with type checks, no `unsafe` use of numbers seen; 400 damaged arguments without crash, call or event; the size is allocated as bits.',
  'A Boost.Python enumeration: int.__new__ of one number.',
  'Three numbers; state is a tuple with a dict.',
  '__dict__.update and a lock. Read in its source and tried.',
  'Cython: checks the checksum, VectorDict.__new__; the state tuple is typed and its dict checked; 1600 damaged uses (short tuples too) without crash or call.',
  "On an empty instance a missing attribute raises AttributeError; __dict__.update. After BUILD missing attributes are the stored obj's.",
  'Only the class argument of __pyx_unpickle_VectorDict.',
  'Rust dictionary; extraction checks the types; stores factory and mask.',
  'Rust: __setstate__ takes bytes only (TypeError else) and reads them with bincode (lengths checked); here 400 (older module river.stats._rust_stats: 100) damaged states each: values or a PanicException (passes `except Exception`), no crash, call or event; constructor arguments are type-checked.',
  "deque([], maxlen=2) with one number; the class's __init__ stores it.",
  "state.setdefault('window_size', None), then __dict__.update (state must be a plain dict).",
  "torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used; __new__ is object's (MapTransform: a setting of MONAI may wrap __call__).",
  "GEOS's WKB reader (C++, bounds-checked; throws on short or bad data); 400 damaged inputs each without crash or event. With anything but bytes numpy.asarray is asked for (__array__).",
  'It has no hook of its own that loading runs: a bare instance of a subclass of dict; the state goes into __dict__.',
  'Sets a fixed list of delegating methods on its own class, then object.__new__.',
  '__getattr__ with underscore raises AttributeError; __dict__.update passes by __setattr__. After BUILD a missing attribute calls _objects.get of the state; a slot state calls _objects.get, _aliases.get.',
  'Sorts plain items. Read in its source and tried.',
  'Cython __init__: iterates and interns texts, other types raise; 400 damaged arguments without crash or call.',
  'Cython: first argument type-checked as StringStore, then adds each tag (text or dict of texts); 400 damaged arguments without crash or call.',
  '__setstate__ unpacks four values into fixed attributes; no setter is called; 400 damaged states without call.',
  'A dict that is filled by _insert_item only: its constructor drops what it is given.',
  'Makes a row of its class and gives it its values and the names of its columns; no connection is opened.',
  'Compiled dict subclass. Read in its source and tried.',
  'Fixed fields. Read in its source and tried.',
  'Stores the expression and its .type (slots).',
  '__dict__.update; a unique one gets a new key.',
  '__new__ without arguments is object.__new__; no __setstate__: __dict__.update.',
  'A list of dimensions. Read in its source and tried.',
  "An exception with three fields; made by tblib's unpickle_exception here.",
  'Looks text up in a table. Read in its source and tried.',
  'One integer or None. Read in its source and tried.',
  'shape, dtype, name. Read in its source and tried.',
  'shape, dtype, ranks. Read in its source and tried.',
  'Compiled (Rust): parses JSON bytes into its own types, memory-safe; a later regular expression may be slow.',
  'A function with some of its arguments, as a class: _restore_curry makes it.',
  'One fixed field; stored callables act when it is called.',
  'Two fixed fields; stored callables act when it is called.',
  'Class given to DynamicInheritanceGetter()(Batch, Data), which makes a class of the two while loading; by itself only named.',
  'Entries into __dict__ one by one, _parent as weak reference.',
  'Entries into __dict__ one by one.',
  'Tensor subclass, only the new_type of _rebuild_from_type_v2 (as_subclass: no constructor runs); wrapper subclass: state holds _data and cached tensors; its __torch_function__/__torch_dispatch__ run when used.',
  "Class of torch's functions, named to take add, mean, amax from it by getattr.",
  'Puts samples together when a loader is used, which nothing does here.',
  'An enumeration: looks its argument up among the members (_missing_ of transformers only raises); BUILD on it would change the member for the whole process.',
  'Array class, made by numpy; its hooks only set a flag.',
  'Typing form; only stored or subscripted.',
  'SimpleNamespace without arguments; state into __dict__.',
  'Five fixed fields. Read in its source and tried.',
  "sklearn's BaseEstimator.__setstate__ (own module is not sklearn's: __dict__.update only). Missing attributes are looked up in the stored _wrapped after BUILD; on an empty instance the lookup recurses and raises.",
] as const;

/** By the package that a module belongs to. */
export const PACK_NAMES: ReadonlyMap<string, PackNames> = new Map([
  [
    'Bio',
    {
      groups: [
      {
        why: REASONS[14],
        names: `Bio.motifs.matrix: FrequencyPositionMatrix`,
      },
      {
        why: REASONS[15],
        names: `Bio.SeqRecord: _RestrictedDict`,
      },
      {
        why: REASONS[16],
        names: `Bio.Seq: MutableSeq Seq _PartiallyDefinedSequenceData _UndefinedSequenceData`,
      },
      {
        why: REASONS[1],
        names: `Bio.Align: Alignment MultipleSeqAlignment
Bio.PDB.Atom: Atom
Bio.PDB.Chain: Chain
Bio.PDB.Model: Model
Bio.PDB.Residue: Residue
Bio.PDB.Structure: Structure
Bio.PDB.vectors: Vector
Bio.Phylo.Newick: Clade Tree
Bio.SeqFeature: CompoundLocation SeqFeature SimpleLocation
Bio.SeqRecord: SeqRecord
Bio.motifs: Motif`,
      },
      {
        why: REASONS[17],
        names: `Bio.SeqFeature: ExactPosition`,
      },
      ],
      refused: `
Bio.Align PairwiseAligner: compiled: the state's values go to C setters (substitution_matrix is taken through the buffer protocol); __new__ of the library: _pairwisealigner.PairwiseAligner
Bio.Align.substitution_matrices Array: __setstate__ calls pickle.loads on bytes of the state: a second stream inside of the first`,
    },
  ],
  [
    'PIL',
    {
      groups: [
      {
        why: REASONS[12],
        names: `PIL.Image: Resampling Transpose`,
      },
      {
        why: REASONS[1],
        names: `PIL.Image: Exif
PIL.ImageFilter: GaussianBlur Kernel
PIL.ImagePalette: ImagePalette`,
      },
      ],
    },
  ],
  [
    'accelerate',
    {
      groups: [
      {
        why: REASONS[0],
        names: `accelerate.state: AcceleratorState`,
      },
      {
        why: REASONS[1],
        names: `accelerate.state: GradientState
accelerate.utils.dataclasses: DataLoaderConfiguration DistributedDataParallelKwargs GradientAccumulationPlugin ProjectConfiguration TorchDynamoPlugin`,
      },
      ],
      refused: `
accelerate.data_loader DataLoaderShard: Runs its whole constructor: builds a DataLoader on the first argument and makes a class type(name, (own, DataLoader)) on the fly; __getattr__ forwards to base_dataloader, so BUILD asks that for __setstate__`,
    },
  ],
  [
    'addict',
    {
      groups: [
      {
        why: REASONS[2],
        names: `addict.addict: Dict`,
      },
      ],
    },
  ],
  [
    'affine',
    {
      groups: [
      {
        why: REASONS[3],
        names: `affine: Affine`,
      },
      ],
    },
  ],
  [
    'anndata',
    {
      groups: [
      {
        why: REASONS[1],
        names: `anndata._core.anndata: AnnData`,
      },
      {
        why: REASONS[4],
        names: `anndata._core.file_backing: AnnDataFileManager`,
      },
      ],
    },
  ],
  [
    'anytree',
    {
      groups: [
      {
        why: REASONS[0],
        names: `anytree.node.symlinknode: SymlinkNode`,
      },
      {
        why: REASONS[1],
        names: `anytree.node.anynode: AnyNode
anytree.node.node: Node
anytree.render: ContStyle RenderTree
anytree.resolver: Resolver`,
      },
      ],
    },
  ],
  [
    'arch',
    {
      groups: [
      {
        why: REASONS[5],
        names: `arch.bootstrap.base: CircularBlockBootstrap IIDBootstrap StationaryBootstrap
arch.unitroot.unitroot: ADF KPSS PhillipsPerron VarianceRatio
arch.univariate.base: ARCHModelForecast ARCHModelForecastSimulation ARCHModelResult
arch.univariate.distribution: GeneralizedError Normal SkewStudent StudentsT
arch.univariate.mean: ARX ConstantMean HARX
arch.univariate.volatility: APARCH ConstantVariance EGARCH EWMAVariance FIGARCH GARCH HARCH`,
      },
      ],
      refused: `
arch.univariate.recursions EGARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions EWMAUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions FIGARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions GARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions HARCHUpdater: Cython, CRASHES (tried): EWMAUpdater with the state () is a segmentation fault (tuples are indexed without a check); sizes p, o, q, truncation come from the stream and are loop bounds over arrays of other sizes when it is used
arch.univariate.recursions __pyx_unpickle_GARCHUpdater: Cython, CRASHES (tried): a tuple that is too short, (-1.0,), is a segmentation fault; p, o, q are taken unchecked. (The type is checked.)`,
    },
  ],
  [
    'arrow',
    {
      groups: [
      {
        why: REASONS[0],
        names: `arrow.arrow: Arrow`,
      },
      {
        why: REASONS[1],
        names: `arrow.factory: ArrowFactory`,
      },
      ],
    },
  ],
  [
    'ase',
    {
      groups: [
      {
        why: REASONS[6],
        names: `ase.calculators.calculator: Parameters`,
      },
      {
        why: REASONS[1],
        names: `ase.atoms: Atoms
ase.calculators.emt: EMT
ase.calculators.singlepoint: SinglePointCalculator
ase.cell: Cell
ase.constraints.fix_atoms: FixAtoms
ase.formula: Formula
ase.neighborlist: NeighborList PrimitiveNeighborList
ase.spacegroup.spacegroup: Spacegroup
ase.spectrum.dosdata: RawDOSData
ase.symbols: Symbols`,
      },
      ],
    },
  ],
  [
    'astropy',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `astropy.cosmology._src.flrw.scalar_inv_efuncs: flcdm_inv_efunc flcdm_inv_efunc_norel`,
      },
      {
        why: REASONS[8],
        names: `astropy.cosmology._src.flrw.base: NeutrinoInfo`,
      },
      {
        why: REASONS[0],
        names: `astropy.coordinates.builtin_frames.galactic: Galactic
astropy.coordinates.builtin_frames.icrs: ICRS
astropy.coordinates.sky_coordinate: SkyCoord
astropy.modeling.core: CompoundModel`,
      },
      {
        why: REASONS[1],
        names: `astropy.convolution.kernels: Gaussian1DKernel
astropy.coordinates.representation.cartesian: CartesianDifferential CartesianRepresentation
astropy.coordinates.representation.cylindrical: CylindricalDifferential CylindricalRepresentation
astropy.coordinates.representation.geodetic: GRS80GeodeticRepresentation WGS72GeodeticRepresentation WGS84GeodeticRepresentation
astropy.coordinates.representation.spherical: PhysicsSphericalDifferential PhysicsSphericalRepresentation RadialDifferential RadialRepresentation SphericalCosLatDifferential SphericalDifferential SphericalRepresentation UnitSphericalCosLatDifferential UnitSphericalDifferential UnitSphericalRepresentation
astropy.cosmology._src.flrw.lambdacdm: FlatLambdaCDM
astropy.io.fits.card: Card
astropy.io.fits.hdu.image: PrimaryHDU
astropy.io.fits.header: Header
astropy.modeling.functional_models: Const1D Gaussian1D Linear1D
astropy.modeling.parameters: Parameter
astropy.nddata.ccddata: CCDData
astropy.nddata.nddata: NDData
astropy.stats.sigma_clipping: SigmaClip
astropy.table.index: Index SlicedIndex
astropy.table.sorted_array: SortedArray
astropy.time.formats: TimeDeltaSec TimeISO TimeISOT TimeJD
astropy.units.core: CompositeUnit IrreducibleUnit PrefixUnit Unit
astropy.units.function.logarithmic: DexUnit MagUnit
astropy.units.function.mixin: IrreducibleFunctionUnit RegularFunctionUnit`,
      },
      {
        why: REASONS[9],
        names: `astropy.time.core: TimeInfo
astropy.units.quantity: QuantityInfo`,
      },
      {
        why: REASONS[10],
        names: `astropy.nddata.nduncertainty: StdDevUncertainty`,
      },
      {
        why: REASONS[11],
        names: `astropy.time.core: Time TimeDelta`,
      },
      ],
      refused: `
astropy.constants.codata2022 CODATA2022: Array class, made by numpy's _reconstruct; __setstate__((array state, dict)): ndarray.__setstate__ of the first part (shape, dtype, bytes), __dict__.update of the second; no own method is called
astropy.coordinates.angles.core Angle: Array class, made by numpy's _reconstruct; __setstate__((array state, dict)): ndarray.__setstate__ of the first part (shape, dtype, bytes), __dict__.update of the second; no own method is called
astropy.coordinates.angles.core Latitude: Array class, made by numpy's _reconstruct; __setstate__((array state, dict)): ndarray.__setstate__ of the first part (shape, dtype, bytes), __dict__.update of the second; no own method is called
astropy.coordinates.angles.core Longitude: Array class, made by numpy's _reconstruct; __setstate__((array state, dict)): ndarray.__setstate__ of the first part (shape, dtype, bytes), __dict__.update of the second; no own method is called
astropy.coordinates.earth EarthLocation: Array class, made by numpy's _reconstruct; __setstate__((array state, dict)): ndarray.__setstate__ of the first part (shape, dtype, bytes), __dict__.update of the second; no own method is called
astropy.table.column BaseColumn: ndarray.__setstate__ of all but the last entry, then setattr of six fixed names; 'meta' is deep-copied by its descriptor: copy.deepcopy calls __deepcopy__ and __reduce_ex__ of what the state holds
astropy.table.column Column: ndarray.__setstate__ of all but the last entry, then setattr of six fixed names; 'meta' is deep-copied by its descriptor: copy.deepcopy calls __deepcopy__ and __reduce_ex__ of what the state holds
astropy.table.column MaskedColumn: ndarray.__setstate__ of all but the last entry, then setattr of six fixed names; 'meta' is deep-copied by its descriptor: copy.deepcopy calls __deepcopy__ and __reduce_ex__ of what the state holds
astropy.table.table QTable: Runs the whole constructor on the state: converts columns, deep-copies meta (__deepcopy__, __reduce_ex__ of what is given)
astropy.table.table Table: Runs the whole constructor on the state: converts columns, deep-copies meta (__deepcopy__, __reduce_ex__ of what is given)
astropy.timeseries.sampled TimeSeries: Runs the whole constructor on the state: converts columns, deep-copies meta (__deepcopy__, __reduce_ex__ of what is given)
astropy.units.core _recreate_irreducible_unit: Calls its first argument with the second; registers a unit in the process
astropy.units.quantity Quantity: Array class, made by numpy's _reconstruct; __setstate__((array state, dict)): ndarray.__setstate__ of the first part (shape, dtype, bytes), __dict__.update of the second; no own method is called
astropy.utils.masked.core MaskedQuantity: Array class made by its own reconstruct function with Quantity's __setstate__; array part as there
astropy.wcs.wcs WCS: Only as argument of __WCS_unpickle__; wcslib (C) holds its state
astropy.wcs.wcs __WCS_unpickle__: Calls __new__ of the class given, fits.open on bytes, wcslib (C) parses the header`,
    },
  ],
  [
    'attr',
    {
      groups: [
      {
        why: REASONS[12],
        names: `attr._make: _Nothing`,
      },
      {
        why: REASONS[3],
        names: `attr._make: _AndValidator
attr._version_info: VersionInfo
attr.validators: _DeepIterable _InValidator _InstanceOfValidator _MatchesReValidator _MaxLengthValidator _NumberValidator _OptionalValidator`,
      },
      {
        why: REASONS[13],
        names: `attr._make: Factory`,
      },
      ],
      refused: `
attr._make Converter: Asks its converter for a signature, and with it for attributes; the converter is called whenever an instance is made`,
    },
  ],
  [
    'babel',
    {
      groups: [
      {
        why: REASONS[1],
        names: `babel.core: Locale
babel.dates: DateTimePattern
babel.localedata: Alias LocaleDataDict
babel.messages.catalog: Catalog Message
babel.numbers: NumberPattern
babel.support: Format`,
      },
      ],
      refused: `
babel.plural PluralRule: Code in the state: loading stores it, but calling the rule compiles and evals Python text that is formed from it (values are not escaped)`,
    },
  ],
  [
    'bayes_opt',
    {
      groups: [
      {
        why: REASONS[5],
        names: `bayes_opt.acquisition: ExpectedImprovement GPHedge ProbabilityOfImprovement UpperConfidenceBound
bayes_opt.bayesian_optimization: BayesianOptimization
bayes_opt.domain_reduction: SequentialDomainReductionTransformer
bayes_opt.logger: ScreenLogger
bayes_opt.parameter: CategoricalParameter FloatParameter IntParameter
bayes_opt.target_space: TargetSpace`,
      },
      ],
    },
  ],
  [
    'bidict',
    {
      groups: [
      {
        why: REASONS[1],
        names: `bidict: OrderedBidict bidict frozenbidict`,
      },
      ],
    },
  ],
  [
    'bitarray',
    {
      groups: [
      {
        why: REASONS[18],
        names: `bitarray._bitarray: _bitarray_reconstructor`,
      },
      {
        why: REASONS[19],
        names: `bitarray: bitarray frozenbitarray`,
      },
      ],
    },
  ],
  [
    'bm25s',
    {
      groups: [
      {
        why: REASONS[5],
        names: `bm25s: BM25
bm25s.tokenization: Tokenized`,
      },
      ],
    },
  ],
  [
    'boltons',
    {
      groups: [
      {
        why: REASONS[20],
        names: `boltons.dictutils: FrozenDict`,
      },
      {
        why: REASONS[21],
        names: `boltons.listutils: SplayList`,
      },
      {
        why: REASONS[22],
        storedOnly: true,
        names: `boltons.namedutils: namedlist`,
      },
      {
        why: REASONS[16],
        names: `boltons.mathutils: Bits
boltons.setutils: _ComplementSet`,
      },
      {
        why: REASONS[1],
        names: `boltons.cacheutils: ThresholdCounter
boltons.dictutils: ManyToMany
boltons.setutils: IndexedSet
boltons.statsutils: Stats
boltons.strutils: MultiReplace
boltons.tableutils: Table
boltons.urlutils: URL`,
      },
      {
        why: REASONS[23],
        names: `boltons.timeutils: ConstantTZInfo`,
      },
      {
        why: REASONS[24],
        names: `boltons.dictutils: OrderedMultiDict`,
      },
      ],
    },
  ],
  [
    'boruta',
    {
      groups: [
      {
        why: REASONS[25],
        names: `boruta.boruta_py: BorutaPy`,
      },
      ],
    },
  ],
  [
    'botorch',
    {
      groups: [
      {
        why: REASONS[26],
        names: `botorch.posteriors.gpytorch: GPyTorchPosterior`,
      },
      {
        why: REASONS[27],
        names: `botorch.acquisition.analytic: ExpectedImprovement
botorch.acquisition.monte_carlo: qExpectedImprovement
botorch.acquisition.objective: IdentityMCObjective
botorch.models.gp_regression: SingleTaskGP
botorch.models.model_list_gp_regression: ModelListGP
botorch.models.transforms.input: Normalize
botorch.models.transforms.outcome: Standardize
botorch.sampling.normal: SobolQMCNormalSampler`,
      },
      ],
    },
  ],
  [
    'box',
    {
      refused: `
box.box Box: Its options may hold classes and functions, which setting and getting items call; with defaults it answers whatever name it is asked for
box.config_box ConfigBox: Its options may hold classes and functions, which setting and getting items call; with defaults it answers whatever name it is asked for
box.shorthand_box DDBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box
box.shorthand_box SBox: compiled; _box_config holds classes and callables (box_class, box_recast, conversion) that setting and getting items call; __new__ of the library: box.box.Box`,
    },
  ],
  [
    'cachetools',
    {
      groups: [
      {
        why: REASONS[28],
        names: `cachetools.keys: _HashedTuple`,
      },
      {
        why: REASONS[1],
        names: `cachetools: Cache FIFOCache LRUCache RRCache _TimedCache`,
      },
      {
        why: REASONS[29],
        names: `cachetools: TLRUCache`,
      },
      {
        why: REASONS[30],
        names: `cachetools: LFUCache._Link`,
      },
      {
        why: REASONS[31],
        names: `cachetools: TTLCache._Link`,
      },
      ],
      refused: `
cachetools LFUCache: Calls .insert(root) of what the state holds, sorts by its .count
cachetools TTLCache: Calls insert of the links of an OrderedDict of its state, whatever they are, and its timer
cachetools _TimedCache._Timer: Every missing attribute is the stored timer's, __setstate__ too: BUILD calls it`,
    },
  ],
  [
    'category_encoders',
    {
      groups: [
      {
        why: REASONS[25],
        names: `category_encoders.backward_difference: BackwardDifferenceEncoder
category_encoders.basen: BaseNEncoder
category_encoders.binary: BinaryEncoder
category_encoders.cat_boost: CatBoostEncoder
category_encoders.count: CountEncoder
category_encoders.glmm: GLMMEncoder
category_encoders.gray: GrayEncoder
category_encoders.hashing: HashingEncoder
category_encoders.helmert: HelmertEncoder
category_encoders.james_stein: JamesSteinEncoder
category_encoders.leave_one_out: LeaveOneOutEncoder
category_encoders.m_estimate: MEstimateEncoder
category_encoders.one_hot: OneHotEncoder
category_encoders.ordinal: OrdinalEncoder
category_encoders.polynomial: PolynomialEncoder
category_encoders.quantile_encoder: QuantileEncoder SummaryEncoder
category_encoders.rankhot: RankHotEncoder
category_encoders.sum_coding: SumEncoder
category_encoders.target_encoder: TargetEncoder
category_encoders.woe: WOEEncoder`,
      },
      ],
    },
  ],
  [
    'causalml',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `causalml.inference.tree.uplift: UpliftTreeClassifier.arr_evaluate_KL UpliftTreeClassifier.evaluate_KL`,
      },
      {
        why: REASONS[25],
        names: `causalml.inference.tree.causal.causalforest: CausalRandomForestRegressor
causalml.inference.tree.causal.causaltree: CausalTreeRegressor`,
      },
      {
        why: REASONS[5],
        names: `causalml.inference.meta.drlearner: BaseDRRegressor
causalml.inference.meta.rlearner: BaseRRegressor
causalml.inference.meta.slearner: BaseSClassifier BaseSRegressor LRSRegressor StatsmodelsOLS
causalml.inference.meta.tlearner: BaseTClassifier BaseTRegressor MLPTRegressor XGBTRegressor
causalml.inference.meta.xlearner: BaseXRegressor
causalml.match: NearestNeighborMatch
causalml.propensity: ElasticNetPropensityModel`,
      },
      {
        why: REASONS[32],
        names: `causalml.inference.tree.uplift: DecisionTree UpliftRandomForestClassifier UpliftTreeClassifier`,
      },
      ],
    },
  ],
  [
    'celer',
    {
      groups: [
      {
        why: REASONS[25],
        names: `celer.dropin_sklearn: ElasticNet GroupLasso Lasso LogisticRegression`,
      },
      ],
    },
  ],
  [
    'cftime',
    {
      groups: [
      {
        why: REASONS[33],
        storedOnly: true,
        names: `cftime._cftime: Datetime360Day DatetimeAllLeap DatetimeGregorian DatetimeJulian DatetimeNoLeap DatetimeProlepticGregorian datetime`,
      },
      {
        why: REASONS[34],
        names: `cftime._cftime: real_datetime`,
      },
      ],
    },
  ],
  [
    'cloudpickle',
    {
      refused: `
cloudpickle.cloudpickle _builtin_type: getattr(types, name): gives CodeType, FunctionType, ModuleType by text`,
    },
  ],
  [
    'cmdstanpy',
    {
      groups: [
      {
        why: REASONS[35],
        names: `cmdstanpy.cmdstan_args: Method`,
      },
      {
        why: REASONS[5],
        names: `cmdstanpy.cmdstan_args: CmdStanArgs OptimizeArgs
cmdstanpy.compilation: CompilerOptions
cmdstanpy.model: CmdStanModel
cmdstanpy.stanfit.metadata: InferenceMetadata
cmdstanpy.stanfit.runset: RunSet`,
      },
      ],
    },
  ],
  [
    'community',
    {
      groups: [
      {
        why: REASONS[1],
        names: `community.community_status: Status`,
      },
      ],
    },
  ],
  [
    'confection',
    {
      groups: [
      {
        why: REASONS[14],
        names: `confection._config: Config`,
      },
      ],
    },
  ],
  [
    'cookielib',
    {
      groups: [
      {
        why: REASONS[36],
        names: `cookielib: Cookie DefaultCookiePolicy`,
      },
      ],
    },
  ],
  [
    'coreforecast',
    {
      groups: [
      {
        why: REASONS[5],
        names: `coreforecast.lag_transforms: ExpandingMean ExponentiallyWeightedMean Lag RollingMean RollingQuantile SeasonalRollingMean
coreforecast.scalers: Difference LocalStandardScaler`,
      },
      ],
    },
  ],
  [
    'cornac',
    {
      groups: [
      {
        why: REASONS[5],
        names: `cornac.data.dataset: Dataset
cornac.models.bpr.recom_bpr: BPR
cornac.models.global_avg.recom_global_avg: GlobalAvg
cornac.models.mf.recom_mf: MF
cornac.models.most_pop.recom_most_pop: MostPop
cornac.models.pmf.recom_pmf: PMF`,
      },
      ],
    },
  ],
  [
    'crepes',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `crepes.extras: hinge`,
      },
      {
        why: REASONS[5],
        names: `crepes.base: ConformalClassifier ConformalPredictiveSystem ConformalRegressor WrapClassifier WrapRegressor
crepes.extras: DifficultyEstimator`,
      },
      ],
    },
  ],
  [
    'cv2',
    {
      groups: [
      {
        why: REASONS[37],
        names: `cv2: error`,
      },
      ],
    },
  ],
  [
    'dalex',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `dalex._explainer.yhat: yhat_proba_default
dalex.model_explanations._variable_importance.loss_functions: loss_one_minus_auc`,
      },
      {
        why: REASONS[5],
        names: `dalex._explainer.object: Explainer
dalex.model_explanations._variable_importance.object: VariableImportance`,
      },
      ],
    },
  ],
  [
    'darts',
    {
      groups: [
      {
        why: REASONS[5],
        names: `darts.dataprocessing.encoders.encoders: SequentialEncoder
darts.dataprocessing.transformers.scaler: Scaler
darts.models.forecasting.baselines: NaiveDrift NaiveMean NaiveSeasonal
darts.models.forecasting.exponential_smoothing: ExponentialSmoothing
darts.models.forecasting.linear_regression_model: LinearRegressionModel
darts.models.forecasting.theta: Theta
darts.timeseries: TimeSeries`,
      },
      ],
    },
  ],
  [
    'dask',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `dask.array.core: _concatenate2`,
      },
      {
        why: REASONS[0],
        names: `dask._expr: Expr`,
      },
      {
        why: REASONS[38],
        names: `dask._task_spec: Task`,
      },
      {
        why: REASONS[39],
        names: `dask._task_spec: DataNode`,
      },
      {
        why: REASONS[40],
        names: `dask._task_spec: TaskRef`,
      },
      {
        why: REASONS[1],
        names: `dask.blockwise: Blockwise
dask.highlevelgraph: HighLevelGraph MaterializedLayer
dask.layers: ArrayChunkShapeDep`,
      },
      {
        why: REASONS[41],
        names: `dask.dataframe.dask_expr._util: _BackendData`,
      },
      {
        why: REASONS[42],
        names: `dask.bag.core: Bag`,
      },
      ],
      refused: `
dask._collections new_collection: Reads the expression's metadata, which runs it on empty data
dask._expr Expr._reconstruct: Calls its first argument with the others and puts entries into its __dict__; tokenising operands pickles them
dask.array.core Array: Array(graph, name, chunks, dtype, meta): meta_from_array calls a class given as meta with shape= and dtype=, and reshape, sum, astype of a stored object; is_dask_collection calls __dask_graph__ (seen)
dask.dataframe.dask_expr._expr Projection: Its __new__ hashes its operands and keeps the instance in a table of its class, which the process shares
dask.dataframe.dask_expr._groupby Sum: Its __new__ hashes its operands and keeps the instance in a table of its class, which the process shares
dask.dataframe.dask_expr.io.io FromPandas: Its __new__ hashes its operands and keeps the instance in a table of its class, which the process shares
dask.delayed Delayed: Answers any name that it is asked for by another task, for which it pickles and hashes what it holds`,
    },
  ],
  [
    'dateutil',
    {
      groups: [
      {
        why: REASONS[16],
        names: `dateutil.rrule: weekday`,
      },
      {
        why: REASONS[1],
        names: `dateutil.parser._parser: parserinfo
dateutil.tz._tzfile: tzfile
dateutil.tz.tz: tzstr`,
      },
      ],
    },
  ],
  [
    'deap',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `deap.tools.crossover: cxTwoPoint
deap.tools.init: initRepeat
deap.tools.mutation: mutFlipBit
deap.tools.selection: selTournament`,
      },
      {
        why: REASONS[21],
        names: `deap.tools.support: Logbook`,
      },
      {
        why: REASONS[43],
        names: `deap.gp: PrimitiveTree`,
      },
      {
        why: REASONS[5],
        names: `deap.cma: Strategy
deap.gp: PrimitiveSet`,
      },
      {
        why: REASONS[44],
        names: `deap.gp: Terminal`,
      },
      {
        why: REASONS[16],
        names: `deap.gp: Primitive`,
      },
      {
        why: REASONS[1],
        names: `deap.base: Fitness Toolbox
deap.tools.support: HallOfFame History ParetoFront Statistics`,
      },
      ],
    },
  ],
  [
    'deslib',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `deslib.util.diversity: negative_double_fault`,
      },
      {
        why: REASONS[25],
        names: `deslib.dcs.a_posteriori: APosteriori
deslib.dcs.a_priori: APriori
deslib.dcs.lca: LCA
deslib.dcs.mcb: MCB
deslib.dcs.mla: MLA
deslib.dcs.ola: OLA
deslib.dcs.rank: Rank
deslib.des.des_clustering: DESClustering
deslib.des.des_knn: DESKNN
deslib.des.des_mi: DESMI
deslib.des.des_p: DESP
deslib.des.knop: KNOP
deslib.des.knora_e: KNORAE
deslib.des.knora_u: KNORAU
deslib.des.meta_des: METADES
deslib.des.probabilistic.deskl: DESKL
deslib.des.probabilistic.minimum_difference: MinimumDifference
deslib.des.probabilistic.rrc: RRC
deslib.static.oracle: Oracle
deslib.static.single_best: SingleBest
deslib.static.stacked: StackedClassifier
deslib.static.static_selection: StaticSelection`,
      },
      ],
    },
  ],
  [
    'diffusers',
    {
      groups: [
      {
        why: REASONS[45],
        names: `diffusers.configuration_utils: FrozenDict`,
      },
      {
        why: REASONS[0],
        names: `diffusers.schedulers.scheduling_ddim: DDIMScheduler
diffusers.schedulers.scheduling_ddpm: DDPMScheduler
diffusers.schedulers.scheduling_dpmsolver_multistep: DPMSolverMultistepScheduler
diffusers.schedulers.scheduling_euler_discrete: EulerDiscreteScheduler
diffusers.schedulers.scheduling_flow_match_euler_discrete: FlowMatchEulerDiscreteScheduler
diffusers.schedulers.scheduling_lms_discrete: LMSDiscreteScheduler
diffusers.schedulers.scheduling_pndm: PNDMScheduler
diffusers.schedulers.scheduling_unipc_multistep: UniPCMultistepScheduler`,
      },
      {
        why: REASONS[1],
        names: `diffusers.models.attention_processor: AttnProcessor2_0`,
      },
      {
        why: REASONS[27],
        names: `diffusers.models.attention_processor: Attention
diffusers.models.autoencoders.autoencoder_kl: AutoencoderKL
diffusers.models.autoencoders.vae: Decoder Encoder
diffusers.models.downsampling: Downsample2D
diffusers.models.embeddings: TimestepEmbedding Timesteps
diffusers.models.resnet: ResnetBlock2D
diffusers.models.unets.unet_2d: UNet2DModel
diffusers.models.unets.unet_2d_blocks: DownBlock2D DownEncoderBlock2D UNetMidBlock2D UpBlock2D UpDecoderBlock2D
diffusers.models.upsampling: Upsample2D`,
      },
      ],
      refused: `
diffusers.schedulers.scheduling_ddpm DDPMSchedulerOutput: __post_init__ and __setitem__ set attributes by names from the argument and from the items`,
    },
  ],
  [
    'dowhy',
    {
      groups: [
      {
        why: REASONS[35],
        names: `dowhy.causal_identifier.auto_identifier: BackdoorAdjustment EstimandType GeneralizedAdjustment`,
      },
      {
        why: REASONS[5],
        names: `dowhy.causal_estimator: CausalEstimate
dowhy.causal_estimators.linear_regression_estimator: LinearRegressionEstimator
dowhy.causal_estimators.propensity_score_weighting_estimator: PropensityScoreWeightingEstimator
dowhy.causal_graph: CausalGraph
dowhy.causal_identifier.auto_identifier: AutoIdentifier
dowhy.causal_identifier.identified_estimand: IdentifiedEstimand
dowhy.causal_model: CausalModel
dowhy.causal_refuter: CausalRefutation
dowhy.causal_refuters.random_common_cause: RandomCommonCause
dowhy.gcm.causal_mechanisms: AdditiveNoiseModel ClassifierFCM
dowhy.gcm.causal_models: InvertibleStructuralCausalModel StructuralCausalModel
dowhy.gcm.ml.classification: SklearnClassificationModel
dowhy.gcm.ml.regression: InvertibleIdentityFunction SklearnRegressionModel
dowhy.gcm.stochastic_models: EmpiricalDistribution ScipyDistribution
dowhy.utils.encoding: Encoders`,
      },
      ],
    },
  ],
  [
    'dtaidistance',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `dtaidistance.dtw: distance_matrix`,
      },
      {
        why: REASONS[35],
        names: `dtaidistance.innerdistance: StepsType`,
      },
      {
        why: REASONS[5],
        names: `dtaidistance.clustering.hierarchical: Hierarchical HierarchicalTree LinkageTree
dtaidistance.clustering.kmeans: KMeans
dtaidistance.clustering.medoids: KMedoids
dtaidistance.dtw: DTWSettings
dtaidistance.subsequence.localconcurrences: LocalConcurrences
dtaidistance.subsequence.subsequencealignment: SAMatch SubsequenceAlignment
dtaidistance.subsequence.subsequencesearch: SSMatches SubsequenceSearch
dtaidistance.util: SeriesContainer`,
      },
      ],
    },
  ],
  [
    'easydict',
    {
      refused: `
easydict EasyDict: Setting an item sets the attribute of that name too (also __class__, __setstate__)`,
    },
  ],
  [
    'econml',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `econml.utilities: add_intercept`,
      },
      {
        why: REASONS[46],
        names: `econml._ortho_learner: CachedValues
econml.validate.sensitivity_analysis: SensitivityParams`,
      },
      {
        why: REASONS[47],
        names: `econml.sklearn_extensions.linear_model: WeightedLassoCVWrapper WeightedLassoWrapper`,
      },
      {
        why: REASONS[48],
        names: `econml.dml.dml: _FirstStageSelector
econml.sklearn_extensions.model_selection: FixedModelSelector ListSelector SklearnCVSelector`,
      },
      {
        why: REASONS[25],
        names: `econml.grf._base_grftree: GRFTree
econml.grf.classes: CausalForest MultiOutputGRF RegressionForest
econml.policy._forest._forest: PolicyForest
econml.policy._forest._tree: PolicyTree
econml.sklearn_extensions.linear_model: DebiasedLasso MultiOutputDebiasedLasso StatsModels2SLS StatsModelsLinearRegression WeightedLasso WeightedLassoCV`,
      },
      {
        why: REASONS[5],
        names: `econml.cate_interpreter._interpreters: SingleTreeCateInterpreter
econml.dml._rlearner: _ModelFinal _ModelNuisance
econml.dml.causal_forest: CausalForestDML _CausalForestFinalWrapper _GenericSingleOutcomeModelFinalWithCovInference
econml.dml.dml: DML KernelDML LinearDML NonParamDML SparseLinearDML _FinalWrapper _RandomFeatures
econml.dr._drlearner: ForestDRLearner LinearDRLearner _ModelFinal _ModelNuisance
econml.inference._inference: GenericModelFinalInferenceDiscrete GenericSingleTreatmentModelFinalInference LinearModelFinalInference NormalInferenceResults StatsModelsInference StatsModelsInferenceDiscrete
econml.iv.dml._dml: OrthoIV _OrthoIVModelFinal _OrthoIVNuisanceSelector
econml.metalearners._metalearners: DomainAdaptationLearner SLearner TLearner XLearner
econml.score.rscorer: RScorer`,
      },
      {
        why: REASONS[49],
        names: `econml.inference._bootstrap: BootstrapEstimator`,
      },
      {
        why: REASONS[50],
        names: `econml.inference._inference: BootstrapInference`,
      },
      ],
    },
  ],
  [
    'einops',
    {
      groups: [
      {
        why: REASONS[27],
        names: `einops.layers.torch: EinMix`,
      },
      ],
    },
  ],
  [
    'eli5',
    {
      groups: [
      {
        why: REASONS[25],
        names: `eli5.sklearn.permutation_importance: PermutationImportance`,
      },
      ],
    },
  ],
  [
    'evidently',
    {
      groups: [
      {
        why: REASONS[35],
        names: `evidently.legacy.core: ColumnType`,
      },
      {
        why: REASONS[5],
        names: `evidently.core.datasets: BinaryClassification CategoricalColumnStats ColumnStats DatasetStats GeneralColumnStats LabelStats NumericalColumnStats PandasDataset Regression StatCountValue
evidently.core.report: Context Report Snapshot SnapshotItem
evidently.metrics.column_statistics: DriftedColumnCalculation ValueDriftCalculation`,
      },
      ],
    },
  ],
  [
    'fairlearn',
    {
      groups: [
      {
        why: REASONS[25],
        names: `fairlearn.postprocessing._interpolated_thresholder: InterpolatedThresholder
fairlearn.postprocessing._threshold_optimizer: ThresholdOptimizer
fairlearn.preprocessing._correlation_remover: CorrelationRemover
fairlearn.reductions._exponentiated_gradient.exponentiated_gradient: ExponentiatedGradient
fairlearn.reductions._grid_search.grid_search: GridSearch`,
      },
      {
        why: REASONS[5],
        names: `fairlearn.metrics._metric_frame: MetricFrame
fairlearn.postprocessing._threshold_operation: ThresholdOperation
fairlearn.reductions._exponentiated_gradient._lagrangian: _PredictorAsCallable
fairlearn.reductions._moments.utility_parity: DemographicParity EqualizedOdds`,
      },
      ],
    },
  ],
  [
    'fastai',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `fastai.data.load: _wif
fastai.metrics: accuracy
fastai.optimizer: Adam
fastai.tabular.core: FillStrategy.median
fastai.torch_core: trainable_params`,
      },
      {
        why: REASONS[1],
        names: `fastai.data.core: FilteredBase
fastai.data.load: _FakeLoader
fastai.data.transforms: Categorize Normalize
fastai.learner: AvgLoss AvgSmoothLoss
fastai.losses: CrossEntropyLossFlat
fastai.tabular.core: Categorify FillMissing FillStrategy ReadTabBatch`,
      },
      {
        why: REASONS[51],
        names: `fastai.torch_core: TensorBase`,
      },
      {
        why: REASONS[52],
        names: `fastai.torch_core: TensorCategory TensorImage`,
      },
      {
        why: REASONS[53],
        names: `fastai.tabular.learner: TabularLearner`,
      },
      {
        why: REASONS[54],
        names: `fastai.tabular.core: TabWeightedDL TabularPandas
fastai.tabular.data: TabularDataLoaders`,
      },
      {
        why: REASONS[27],
        names: `fastai.layers: AdaptiveConcatPool2d ConvLayer Embedding LinBnDrop ResBlock
fastai.losses: LabelSmoothingCrossEntropy
fastai.tabular.model: TabularModel
fastai.text.models.awdlstm: AWD_LSTM EmbeddingDropout RNNDropout WeightDropout`,
      },
      ],
      refused: `
fastai.callback.core TrainEvalCallback: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)
fastai.callback.progress ProgressCallback: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)
fastai.learner CastToTensor: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)
fastai.learner Recorder: Its __setstate__ first puts the state into __dict__ and then calls a method through the instance: a state with an entry of that method's name has its value called (_init_state)`,
    },
  ],
  [
    'fastcore',
    {
      groups: [
      {
        why: REASONS[6],
        names: `fastcore.basics: AttrDict`,
      },
      {
        why: REASONS[55],
        names: `fastcore.basics: Float`,
      },
      {
        why: REASONS[56],
        names: `fastcore.basics: Int`,
      },
      {
        why: REASONS[57],
        names: `fastcore.basics: Str`,
      },
      {
        why: REASONS[58],
        names: `fastcore.basics: NullType`,
      },
      {
        why: REASONS[1],
        names: `fastcore.basics: Inf`,
      },
      {
        why: REASONS[59],
        names: `fastcore.basics: NS`,
      },
      {
        why: REASONS[54],
        names: `fastcore.basics: GetAttr
fastcore.foundation: L`,
      },
      {
        why: REASONS[17],
        names: `fastcore.basics: fastuple`,
      },
      ],
    },
  ],
  [
    'fasttransform',
    {
      groups: [
      {
        why: REASONS[54],
        names: `fasttransform.transform: Pipeline`,
      },
      ],
    },
  ],
  [
    'feature_engine',
    {
      groups: [
      {
        why: REASONS[25],
        names: `feature_engine.creation.cyclical_features: CyclicalFeatures
feature_engine.creation.math_features: MathFeatures
feature_engine.creation.relative_features: RelativeFeatures
feature_engine.datetime.datetime: DatetimeFeatures
feature_engine.datetime.datetime_subtraction: DatetimeSubtraction
feature_engine.discretisation.arbitrary: ArbitraryDiscretiser
feature_engine.discretisation.decision_tree: DecisionTreeDiscretiser
feature_engine.discretisation.equal_frequency: EqualFrequencyDiscretiser
feature_engine.discretisation.equal_width: EqualWidthDiscretiser
feature_engine.encoding.count_frequency: CountFrequencyEncoder
feature_engine.encoding.decision_tree: DecisionTreeEncoder
feature_engine.encoding.mean_encoding: MeanEncoder
feature_engine.encoding.one_hot: OneHotEncoder
feature_engine.encoding.ordinal: OrdinalEncoder
feature_engine.encoding.rare_label: RareLabelEncoder
feature_engine.encoding.similarity_encoder: StringSimilarityEncoder
feature_engine.encoding.woe: WoEEncoder
feature_engine.imputation.arbitrary_number: ArbitraryNumberImputer
feature_engine.imputation.categorical: CategoricalImputer
feature_engine.imputation.drop_missing_data: DropMissingData
feature_engine.imputation.end_tail: EndTailImputer
feature_engine.imputation.mean_median: MeanMedianImputer
feature_engine.imputation.missing_indicator: AddMissingIndicator
feature_engine.imputation.random_sample: RandomSampleImputer
feature_engine.outliers.trimmer: OutlierTrimmer
feature_engine.outliers.winsorizer: Winsorizer
feature_engine.preprocessing.match_columns: MatchVariables
feature_engine.selection.drop_constant_features: DropConstantFeatures
feature_engine.selection.drop_correlated_features: DropCorrelatedFeatures
feature_engine.selection.drop_duplicate_features: DropDuplicateFeatures
feature_engine.selection.drop_features: DropFeatures
feature_engine.timeseries.forecasting.lag_features: LagFeatures
feature_engine.timeseries.forecasting.window_features: WindowFeatures
feature_engine.transformation.boxcox: BoxCoxTransformer
feature_engine.transformation.log: LogTransformer
feature_engine.transformation.power: PowerTransformer
feature_engine.transformation.reciprocal: ReciprocalTransformer
feature_engine.transformation.yeojohnson: YeoJohnsonTransformer
feature_engine.wrappers.wrappers: SklearnTransformerWrapper`,
      },
      ],
    },
  ],
  [
    'featuretools',
    {
      groups: [
      {
        why: REASONS[5],
        names: `featuretools.entityset.relationship: Relationship RelationshipPath
featuretools.entityset.timedelta: Timedelta
featuretools.feature_base.feature_base: AggregationFeature IdentityFeature TransformFeature
featuretools.primitives.base.primitive_base: PrimitiveBase
featuretools.primitives.standard.aggregation.count: Count
featuretools.primitives.standard.aggregation.max_primitive: Max
featuretools.primitives.standard.aggregation.mean: Mean
featuretools.primitives.standard.aggregation.min_primitive: Min
featuretools.primitives.standard.aggregation.mode: Mode
featuretools.primitives.standard.aggregation.num_unique: NumUnique
featuretools.primitives.standard.aggregation.skew: Skew
featuretools.primitives.standard.aggregation.std: Std
featuretools.primitives.standard.aggregation.sum_primitive: Sum
featuretools.primitives.standard.aggregation.trend: Trend
featuretools.primitives.standard.transform.datetime.day: Day
featuretools.primitives.standard.transform.datetime.month: Month
featuretools.primitives.standard.transform.datetime.time_since: TimeSince
featuretools.primitives.standard.transform.datetime.weekday: Weekday
featuretools.primitives.standard.transform.datetime.year: Year`,
      },
      ],
      refused: `
featuretools.entityset.entityset EntitySet: Calls state.pop, state.get, df_dict.items() and df.ww.init(schema=…) on what the state holds: a method call on any object that has an attribute ww; in an honest file these are DataFrames, on which woodwork initialises (converts) columns`,
    },
  ],
  [
    'flaml',
    {
      groups: [
      {
        why: REASONS[60],
        names: `flaml.tune.sample: _BackwardsCompatibleNumpyRng`,
      },
      {
        why: REASONS[25],
        names: `flaml.automl.contrib.histgb: HistGradientBoostingEstimator
flaml.automl.model: CatBoostEstimator ElasticNetEstimator ExtraTreesEstimator KNeighborsEstimator LGBMEstimator LRL1Classifier LRL2Classifier LassoLarsEstimator RandomForestEstimator SGDEstimator SVCEstimator SparkAFTSurvivalRegressionEstimator SparkGBTEstimator SparkGLREstimator SparkLGBMEstimator SparkLinearRegressionEstimator SparkLinearSVCEstimator SparkNaiveBayesEstimator SparkRandomForestEstimator TransformersEstimator TransformersEstimatorModelSelection XGBoostLimitDepthEstimator XGBoostSklearnEstimator`,
      },
      {
        why: REASONS[5],
        names: `flaml.automl.data: DataTransformer
flaml.automl.state: AutoMLState SearchState
flaml.automl.task.generic_task: GenericTask
flaml.tune.sample: Categorical Categorical._Uniform Float Float._LogUniform Float._Uniform Integer Integer._LogUniform Integer._Uniform
flaml.tune.searcher.blendsearch: BlendSearch CFO
flaml.tune.searcher.flow2: FLOW2
flaml.tune.searcher.search_thread: SearchThread
flaml.tune.searcher.suggestion: ConcurrencyLimiter OptunaSearch`,
      },
      ],
    },
  ],
  [
    'formulaic',
    {
      groups: [
      {
        why: REASONS[46],
        names: `formulaic.materializers.base: EncodedTermStructure`,
      },
      {
        why: REASONS[35],
        names: `formulaic.formula: OrderingMethod
formulaic.materializers.types.enums: ClusterBy NAAction
formulaic.utils.sentinels: Sentinel`,
      },
      {
        why: REASONS[5],
        names: `formulaic.formula: SimpleFormula
formulaic.materializers.types.evaluated_factor: EvaluatedFactor
formulaic.materializers.types.scoped_factor: ScopedFactor
formulaic.model_spec: ModelSpec
formulaic.parser.parser: DefaultFormulaParser DefaultOperatorResolver
formulaic.parser.types.term: Term
formulaic.transforms.contrasts: ContrastsState SumContrasts TreatmentContrasts`,
      },
      {
        why: REASONS[44],
        names: `formulaic.materializers.types.scoped_term: ScopedTerm
formulaic.parser.types.factor: Factor
formulaic.parser.types.token: Token`,
      },
      {
        why: REASONS[61],
        names: `formulaic.formula: StructuredFormula
formulaic.model_spec: ModelSpecs`,
      },
      {
        why: REASONS[62],
        names: `formulaic.formula: Formula`,
      },
      {
        why: REASONS[63],
        names: `formulaic.utils.variables: Variable`,
      },
      ],
    },
  ],
  [
    'frozendict',
    {
      groups: [
      {
        why: REASONS[20],
        names: `frozendict: frozendict`,
      },
      ],
    },
  ],
  [
    'fsspec',
    {
      groups: [
      {
        why: REASONS[64],
        storedOnly: true,
        names: `fsspec.implementations.local: LocalFileSystem`,
      },
      ],
      refused: `
fsspec.spec make_instance: cls(*args, **kwargs): calls whatever is given (a full gadget); file systems also open connections`,
    },
  ],
  [
    'gensim',
    {
      groups: [
      {
        why: REASONS[1],
        names: `gensim.models.atmodel: AuthorTopicModel AuthorTopicState
gensim.models.bm25model: OkapiBM25Model
gensim.models.coherencemodel: CoherenceModel
gensim.similarities.termsim: SparseTermSimilarityMatrix`,
      },
      ],
    },
  ],
  [
    'geopandas',
    {
      groups: [
      {
        why: REASONS[65],
        names: `geopandas.geoseries: GeoSeries`,
      },
      ],
      refused: `
geopandas.geodataframe GeoDataFrame: pyproj.CRS.from_user_input on text of the state: PROJ may open files and its database; pandas' own __setstate__ besides`,
    },
  ],
  [
    'gluonts',
    {
      groups: [
      {
        why: REASONS[5],
        names: `gluonts.model.forecast: QuantileForecast SampleForecast`,
      },
      ],
    },
  ],
  [
    'gplearn',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `gplearn.fitness: _log_loss _mean_absolute_error _weighted_pearson _weighted_spearman
gplearn.functions: _protected_division _protected_inverse _protected_log _protected_sqrt _sigmoid`,
      },
      {
        why: REASONS[25],
        names: `gplearn.genetic: SymbolicClassifier SymbolicRegressor SymbolicTransformer`,
      },
      {
        why: REASONS[5],
        names: `gplearn._program: _Program
gplearn.fitness: _Fitness
gplearn.functions: _Function`,
      },
      ],
    },
  ],
  [
    'gpytorch',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `gpytorch.means.constant_mean: _ensure_updated_strategy_flag_set
gpytorch.utils.transforms: inv_softplus`,
      },
      {
        why: REASONS[1],
        names: `gpytorch.distributions.multivariate_normal: MultivariateNormal`,
      },
      {
        why: REASONS[26],
        names: `gpytorch.kernels.cosine_kernel: CosineKernel
gpytorch.kernels.kernel: AdditiveKernel ProductKernel
gpytorch.kernels.linear_kernel: LinearKernel
gpytorch.kernels.matern_kernel: MaternKernel
gpytorch.kernels.periodic_kernel: PeriodicKernel
gpytorch.kernels.rbf_kernel: RBFKernel
gpytorch.kernels.scale_kernel: ScaleKernel`,
      },
      {
        why: REASONS[27],
        names: `gpytorch.constraints.constraints: GreaterThan Positive
gpytorch.likelihoods.bernoulli_likelihood: BernoulliLikelihood
gpytorch.likelihoods.gaussian_likelihood: GaussianLikelihood
gpytorch.likelihoods.likelihood_list: LikelihoodList
gpytorch.likelihoods.noise_models: HomoskedasticNoise
gpytorch.means.constant_mean: ConstantMean
gpytorch.priors.torch_priors: GammaPrior LogNormalPrior
gpytorch.utils.quadrature: GaussHermiteQuadrature1D
gpytorch.variational.cholesky_variational_distribution: CholeskyVariationalDistribution`,
      },
      ],
    },
  ],
  [
    'graphtools',
    {
      groups: [
      {
        why: REASONS[5],
        names: `graphtools.graphs: kNNGraph`,
      },
      ],
    },
  ],
  [
    'great_expectations',
    {
      groups: [
      {
        why: REASONS[35],
        names: `great_expectations.core.result_format: ResultFormat
great_expectations.expectations.metadata_types: FailureSeverity`,
      },
      {
        why: REASONS[5],
        names: `great_expectations.core.expectation_validation_result: ExpectationValidationResult
great_expectations.expectations.expectation_configuration: ExpectationConfiguration`,
      },
      {
        why: REASONS[66],
        names: `great_expectations.core.expectation_suite: ExpectationSuite`,
      },
      ],
    },
  ],
  [
    'gymnasium',
    {
      groups: [
      {
        why: REASONS[1],
        names: `gymnasium.envs.classic_control.cartpole: CartPoleEnv
gymnasium.envs.registration: EnvSpec
gymnasium.envs.toy_text.frozen_lake: FrozenLakeEnv
gymnasium.wrappers.common: OrderEnforcing PassiveEnvChecker TimeLimit
gymnasium.wrappers.utils: RunningMeanStd`,
      },
      {
        why: REASONS[67],
        names: `gymnasium.spaces.dict: Dict
gymnasium.spaces.discrete: Discrete
gymnasium.spaces.graph: Graph
gymnasium.spaces.multi_binary: MultiBinary
gymnasium.spaces.oneof: OneOf
gymnasium.spaces.sequence: Sequence
gymnasium.spaces.text: Text
gymnasium.spaces.tuple: Tuple`,
      },
      ],
    },
  ],
  [
    'hdbscan',
    {
      groups: [
      {
        why: REASONS[68],
        storedOnly: true,
        names: `hdbscan.dist_metrics: EuclideanDistance`,
      },
      {
        why: REASONS[25],
        names: `hdbscan.branches: BranchDetector
hdbscan.hdbscan_: HDBSCAN
hdbscan.robust_single_linkage_: RobustSingleLinkage`,
      },
      {
        why: REASONS[5],
        names: `hdbscan.branch_data: BranchDetectionData
hdbscan.plots: CondensedTree SingleLinkageTree
hdbscan.prediction: PredictionData`,
      },
      ],
    },
  ],
  [
    'hmmlearn',
    {
      groups: [
      {
        why: REASONS[25],
        names: `hmmlearn.hmm: CategoricalHMM GMMHMM GaussianHMM MultinomialHMM PoissonHMM
hmmlearn.vhmm: VariationalCategoricalHMM VariationalGaussianHMM`,
      },
      {
        why: REASONS[5],
        names: `hmmlearn.base: ConvergenceMonitor`,
      },
      ],
    },
  ],
  [
    'http',
    {
      groups: [
      {
        why: REASONS[36],
        names: `http.cookiejar: Cookie DefaultCookiePolicy`,
      },
      ],
    },
  ],
  [
    'huggingface_hub',
    {
      groups: [
      {
        why: REASONS[69],
        names: `huggingface_hub.repocard_data: EvalResult ModelCardData`,
      },
      ],
    },
  ],
  [
    'hyperopt',
    {
      groups: [
      {
        why: REASONS[5],
        names: `hyperopt.base: Trials`,
      },
      ],
      refused: `
hyperopt.pyll.base Apply: When state['define_params'] is set it calls scope.define_if_new(**define_params): looks up f.__name__ and sets an attribute of that name on hyperopt's global symbol table
hyperopt.pyll.base Literal: When state['define_params'] is set it calls scope.define_if_new(**define_params): looks up f.__name__ and sets an attribute of that name on hyperopt's global symbol table`,
    },
  ],
  [
    'igraph',
    {
      groups: [
      {
        why: REASONS[1],
        names: `igraph.clustering: CohesiveBlocks VertexClustering VertexCover VertexDendrogram
igraph.datatypes: Matrix UniqueIdGenerator
igraph.layout: Layout
igraph.statistics: Histogram RunningMean`,
      },
      ],
    },
  ],
  [
    'imblearn',
    {
      groups: [
      {
        why: REASONS[25],
        names: `imblearn.base: FunctionSampler
imblearn.combine._smote_enn: SMOTEENN
imblearn.combine._smote_tomek: SMOTETomek
imblearn.ensemble._bagging: BalancedBaggingClassifier
imblearn.ensemble._easy_ensemble: EasyEnsembleClassifier
imblearn.ensemble._forest: BalancedRandomForestClassifier
imblearn.ensemble._weight_boosting: RUSBoostClassifier
imblearn.over_sampling._adasyn: ADASYN
imblearn.over_sampling._random_over_sampler: RandomOverSampler
imblearn.over_sampling._smote.base: SMOTE SMOTEN SMOTENC
imblearn.over_sampling._smote.cluster: KMeansSMOTE
imblearn.over_sampling._smote.filter: BorderlineSMOTE SVMSMOTE
imblearn.pipeline: Pipeline
imblearn.under_sampling._prototype_generation._cluster_centroids: ClusterCentroids
imblearn.under_sampling._prototype_selection._condensed_nearest_neighbour: CondensedNearestNeighbour
imblearn.under_sampling._prototype_selection._edited_nearest_neighbours: AllKNN EditedNearestNeighbours
imblearn.under_sampling._prototype_selection._instance_hardness_threshold: InstanceHardnessThreshold
imblearn.under_sampling._prototype_selection._nearmiss: NearMiss
imblearn.under_sampling._prototype_selection._neighbourhood_cleaning_rule: NeighbourhoodCleaningRule
imblearn.under_sampling._prototype_selection._one_sided_selection: OneSidedSelection
imblearn.under_sampling._prototype_selection._random_under_sampler: RandomUnderSampler
imblearn.under_sampling._prototype_selection._tomek_links: TomekLinks`,
      },
      ],
    },
  ],
  [
    'immutabledict',
    {
      groups: [
      {
        why: REASONS[70],
        names: `immutabledict: immutabledict`,
      },
      ],
    },
  ],
  [
    'imodels',
    {
      groups: [
      {
        why: REASONS[25],
        names: `imodels.rule_list.greedy_rule_list: GreedyRuleListClassifier
imodels.rule_list.one_r: OneRClassifier
imodels.rule_set.boosted_rules: BoostedRulesClassifier BoostedRulesRegressor
imodels.rule_set.rule_fit: RuleFitClassifier RuleFitRegressor
imodels.rule_set.skope_rules: SkopeRulesClassifier
imodels.tree.c45_tree.c45_tree: C45TreeClassifier
imodels.tree.cart_wrapper: GreedyTreeClassifier GreedyTreeRegressor
imodels.tree.figs: FIGSClassifier FIGSClassifierCV FIGSRegressor
imodels.tree.hierarchical_shrinkage: HSTreeClassifier HSTreeRegressor
imodels.tree.tao: TaoTreeClassifier`,
      },
      {
        why: REASONS[5],
        names: `imodels.tree.figs: Node
imodels.util.rule: Rule
imodels.util.transforms: FriedScale Winsorizer`,
      },
      ],
    },
  ],
  [
    'implicit',
    {
      groups: [
      {
        why: REASONS[5],
        names: `implicit.cpu.als: AlternatingLeastSquares`,
      },
      {
        why: REASONS[32],
        names: `implicit.cpu.bpr: BayesianPersonalizedRanking
implicit.cpu.lmf: LogisticMatrixFactorization`,
      },
      ],
      refused: `
implicit.nearest_neighbours BM25Recommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends
implicit.nearest_neighbours CosineRecommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends
implicit.nearest_neighbours ItemItemRecommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends
implicit.nearest_neighbours TFIDFRecommender: Makes a compiled NearestNeighboursScorer over state['similarity'] (reads .indptr, .indices, .data of what is there): index values are not checked, reads behind the arrays when it recommends`,
    },
  ],
  [
    'interpret',
    {
      groups: [
      {
        why: REASONS[25],
        names: `interpret.glassbox._ebm._ebm: ExplainableBoostingClassifier ExplainableBoostingRegressor`,
      },
      {
        why: REASONS[5],
        names: `interpret.blackbox._partialdependence: PartialDependence
interpret.data._response: MarginalExplanation
interpret.glassbox._decisiontree: ClassificationTree RegressionTree
interpret.glassbox._ebm._ebm: EBMExplanation
interpret.glassbox._linear: LinearRegression LogisticRegression`,
      },
      ],
    },
  ],
  [
    'intervaltree',
    {
      groups: [
      {
        why: REASONS[8],
        names: `intervaltree.interval: Interval`,
      },
      {
        why: REASONS[16],
        names: `intervaltree.node: Node`,
      },
      ],
    },
  ],
  [
    'itertools',
    {
      groups: [
      {
        why: REASONS[71],
        names: `itertools: count`,
      },
      ],
    },
  ],
  [
    'jax',
    {
      refused: `
jax._src.array _reconstruct_array: Calls the function that the stream gives it, gives the result a state of the stream, and sets attributes by names of the stream`,
    },
  ],
  [
    'joblib',
    {
      groups: [
      {
        why: REASONS[1],
        names: `joblib.memory: Memory`,
      },
      {
        why: REASONS[72],
        names: `joblib.memory: NotMemorizedResult`,
      },
      ],
    },
  ],
  [
    'keras',
    {
      groups: [
      {
        why: REASONS[1],
        names: `keras.src.callbacks.early_stopping: EarlyStopping
keras.src.dtype_policies.dtype_policy: DTypePolicy
keras.src.initializers.random_initializers: GlorotUniform
keras.src.legacy.preprocessing.text: Tokenizer
keras.src.optimizers.schedules.learning_rate_schedule: ExponentialDecay
keras.src.regularizers.regularizers: L2`,
      },
      {
        why: REASONS[73],
        names: `keras.src.callbacks.history: History`,
      },
      ],
      refused: `
keras.src.backend.torch.optimizers.torch_adam Adam: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.backend.torch.optimizers.torch_sgd SGD: Its save is a call of _unpickle_model, which loads a Keras archive, and that imports by name
keras.src.layers.core.dense Dense: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.layers.preprocessing.normalization Normalization: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.losses.losses MeanSquaredError: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.metrics.accuracy_metrics Accuracy: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.models.functional Functional: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.models.sequential Sequential: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare
keras.src.optimizers.sgd SGD: Its save is a call of _unpickle_model, which loads a Keras archive (see there); never made bare`,
    },
  ],
  [
    'kmodes',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `kmodes.util.dissim: euclidean_dissim matching_dissim`,
      },
      {
        why: REASONS[25],
        names: `kmodes.kmodes: KModes
kmodes.kprototypes: KPrototypes`,
      },
      ],
    },
  ],
  [
    'kneed',
    {
      groups: [
      {
        why: REASONS[5],
        names: `kneed.knee_locator: KneeLocator`,
      },
      ],
    },
  ],
  [
    'kornia',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `kornia.enhance.adjust: adjust_brightness_accumulative adjust_contrast_with_mean_subtraction adjust_hue adjust_saturation_with_gray_subtraction`,
      },
      {
        why: REASONS[12],
        names: `kornia.constants: DataKey Resample SamplePadding`,
      },
      {
        why: REASONS[1],
        names: `kornia.augmentation.container.ops: AugmentationSequentialOps
kornia.augmentation.random_generator.base: UniformDistribution
kornia.geometry.camera.pinhole: PinholeCamera`,
      },
      {
        why: REASONS[27],
        names: `kornia.augmentation._2d.base: RigidAffineAugmentationBase2D
kornia.augmentation._2d.geometric.affine: RandomAffine
kornia.augmentation._2d.geometric.crop: RandomCrop
kornia.augmentation._2d.geometric.horizontal_flip: RandomHorizontalFlip
kornia.augmentation._3d.base: RigidAffineAugmentationBase3D
kornia.augmentation.container.augment: AugmentationSequential
kornia.augmentation.random_generator._2d.affine: AffineGenerator
kornia.augmentation.random_generator._2d.color_jitter: ColorJitterGenerator
kornia.augmentation.random_generator._2d.crop: CropGenerator
kornia.color.gray: RgbToGrayscale
kornia.enhance.normalize: Normalize
kornia.feature.orientation: LAFOrienter PatchDominantGradientOrientation
kornia.feature.responses: CornerHarris
kornia.feature.siftdesc: SIFTDescriptor
kornia.filters.gaussian: GaussianBlur2d
kornia.filters.sobel: Sobel SpatialGradient
kornia.geometry.quaternion: Quaternion
kornia.geometry.transform.affwarp: Resize
kornia.losses.ssim: SSIMLoss`,
      },
      ],
      refused: `
kornia.augmentation._2d.intensity.color_jitter ColorJitter: A state with _compile_kwargs calls self.compile(**kwargs): torch.compile, or what the state put there instead
kornia.geometry.boxes Boxes: __dict__.update; without _valid it allocates torch.ones of the stored shape`,
    },
  ],
  [
    'lark',
    {
      groups: [
      {
        why: REASONS[74],
        names: `lark.lexer: Token`,
      },
      {
        why: REASONS[75],
        names: `lark.exceptions: LarkError`,
      },
      {
        why: REASONS[1],
        names: `lark.tree: Tree`,
      },
      ],
    },
  ],
  [
    'lifelines',
    {
      groups: [
      {
        why: REASONS[35],
        names: `lifelines.utils: CensoringType`,
      },
      {
        why: REASONS[5],
        names: `lifelines.fitters.aalen_additive_fitter: AalenAdditiveFitter
lifelines.fitters.aalen_johansen_fitter: AalenJohansenFitter
lifelines.fitters.breslow_fleming_harrington_fitter: BreslowFlemingHarringtonFitter
lifelines.fitters.cox_time_varying_fitter: CoxTimeVaryingFitter
lifelines.fitters.coxph_fitter: ParametricSplinePHFitter SemiParametricPHFitter
lifelines.fitters.exponential_fitter: ExponentialFitter
lifelines.fitters.generalized_gamma_fitter: GeneralizedGammaFitter
lifelines.fitters.kaplan_meier_fitter: KaplanMeierFitter
lifelines.fitters.log_logistic_aft_fitter: LogLogisticAFTFitter
lifelines.fitters.log_logistic_fitter: LogLogisticFitter
lifelines.fitters.log_normal_aft_fitter: LogNormalAFTFitter
lifelines.fitters.log_normal_fitter: LogNormalFitter
lifelines.fitters.mixture_cure_fitter: MixtureCureFitter
lifelines.fitters.nelson_aalen_fitter: NelsonAalenFitter
lifelines.fitters.piecewise_exponential_fitter: PiecewiseExponentialFitter
lifelines.fitters.piecewise_exponential_regression_fitter: PiecewiseExponentialRegressionFitter
lifelines.fitters.spline_fitter: SplineFitter
lifelines.fitters.weibull_aft_fitter: WeibullAFTFitter
lifelines.fitters.weibull_fitter: WeibullFitter
lifelines.statistics: StatisticalResult
lifelines.utils: CovariateParameterMappings`,
      },
      {
        why: REASONS[76],
        names: `lifelines.fitters.coxph_fitter: CoxPHFitter`,
      },
      ],
    },
  ],
  [
    'lightfm',
    {
      groups: [
      {
        why: REASONS[5],
        names: `lightfm.data: Dataset
lightfm.lightfm: LightFM`,
      },
      ],
    },
  ],
  [
    'lightning',
    {
      groups: [
      {
        why: REASONS[6],
        names: `lightning.pytorch.utilities.parsing: AttributeDict`,
      },
      {
        why: REASONS[7],
        storedOnly: true,
        names: `lightning.pytorch.callbacks.stochastic_weight_avg: StochasticWeightAveraging.avg_fn`,
      },
      {
        why: REASONS[12],
        names: `lightning.pytorch.callbacks.early_stopping: EarlyStoppingReason
lightning.pytorch.callbacks.timer: Interval
lightning.pytorch.trainer.states: RunningStage`,
      },
      {
        why: REASONS[1],
        names: `lightning.pytorch.callbacks.early_stopping: EarlyStopping
lightning.pytorch.callbacks.gradient_accumulation_scheduler: GradientAccumulationScheduler
lightning.pytorch.callbacks.lr_monitor: LearningRateMonitor
lightning.pytorch.callbacks.model_checkpoint: ModelCheckpoint
lightning.pytorch.callbacks.progress.tqdm_progress: TQDMProgressBar
lightning.pytorch.callbacks.stochastic_weight_avg: StochasticWeightAveraging
lightning.pytorch.callbacks.timer: Timer
lightning.pytorch.demos.boring_classes: BoringDataModule RandomDataset
lightning.pytorch.loggers.csv_logs: CSVLogger`,
      },
      {
        why: REASONS[27],
        names: `lightning.pytorch.demos.boring_classes: BoringModel
lightning.pytorch.demos.transformer: PositionalEncoding Transformer`,
      },
      ],
    },
  ],
  [
    'lime',
    {
      groups: [
      {
        why: REASONS[5],
        names: `lime.explanation: Explanation
lime.lime_tabular: TableDomainMapper
lime.lime_text: IndexedString TextDomainMapper`,
      },
      ],
    },
  ],
  [
    'linear_operator',
    {
      groups: [
      {
        why: REASONS[1],
        names: `linear_operator.operators.dense_linear_operator: DenseLinearOperator
linear_operator.operators.diag_linear_operator: DiagLinearOperator
linear_operator.operators.matmul_linear_operator: MatmulLinearOperator`,
      },
      ],
    },
  ],
  [
    'linearmodels',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `linearmodels.iv.covariance: kernel_weight_bartlett`,
      },
      {
        why: REASONS[46],
        names: `linearmodels.panel.model: FInfo`,
      },
      {
        why: REASONS[5],
        names: `linearmodels.asset_pricing.covariance: HeteroskedasticCovariance
linearmodels.asset_pricing.model: LinearFactorModel
linearmodels.asset_pricing.results: LinearFactorModelResults
linearmodels.iv.absorbing: AbsorbingLS Interaction
linearmodels.iv.covariance: HeteroskedasticCovariance
linearmodels.iv.data: IVData
linearmodels.iv.gmm: HeteroskedasticWeightMatrix IVGMMCovariance
linearmodels.iv.model: IV2SLS IVGMM IVLIML
linearmodels.iv.results: AbsorbingLSResults IVGMMResults IVResults
linearmodels.panel.covariance: ACCovariance ClusteredCovariance CovarianceManager DriscollKraay FamaMacBethCovariance HeteroskedasticCovariance HomoskedasticCovariance
linearmodels.panel.data: PanelData _Panel
linearmodels.panel.model: BetweenOLS FamaMacBeth FirstDifferenceOLS PanelOLS PooledOLS RandomEffects
linearmodels.panel.results: FamaMacBethResults PanelEffectsResults PanelResults RandomEffectsResults
linearmodels.shared.hypotheses: WaldTestStatistic
linearmodels.shared.utility: DataFrameWrapper SeriesWrapper
linearmodels.system.covariance: HeteroskedasticCovariance
linearmodels.system.model: SUR
linearmodels.system.results: SystemEquationResult SystemResults`,
      },
      {
        why: REASONS[77],
        names: `linearmodels.shared.utility: _new_attr_dict_`,
      },
      ],
    },
  ],
  [
    'lineartree',
    {
      groups: [
      {
        why: REASONS[25],
        names: `lineartree.lineartree: LinearBoostClassifier LinearBoostRegressor LinearTreeClassifier LinearTreeRegressor`,
      },
      {
        why: REASONS[5],
        names: `lineartree._classes: Node`,
      },
      ],
    },
  ],
  [
    'lingam',
    {
      groups: [
      {
        why: REASONS[5],
        names: `lingam.bootstrap: BootstrapResult
lingam.bottom_up_parce_lingam: BottomUpParceLiNGAM
lingam.camuv: CAMUV
lingam.direct_lingam: DirectLiNGAM
lingam.ica_lingam: ICALiNGAM
lingam.multi_group_direct_lingam: MultiGroupDirectLiNGAM
lingam.rcd: RCD
lingam.var_lingam: VARLiNGAM`,
      },
      ],
    },
  ],
  [
    'mapie',
    {
      groups: [
      {
        why: REASONS[25],
        names: `mapie.classification: MapieClassifier _MapieClassifier
mapie.regression.quantile_regression: _MapieQuantileRegressor
mapie.regression.regression: MapieRegressor _MapieRegressor
mapie.regression.time_series_regression: MapieTimeSeriesRegressor TimeSeriesRegressor`,
      },
      {
        why: REASONS[5],
        names: `mapie.classification: CrossConformalClassifier SplitConformalClassifier
mapie.conformity_scores.bounds.absolute: AbsoluteConformityScore
mapie.conformity_scores.residual_conformity_scores: AbsoluteConformityScore
mapie.conformity_scores.sets.lac: LACConformityScore
mapie.estimator.classifier: EnsembleClassifier
mapie.estimator.estimator: EnsembleRegressor
mapie.estimator.regressor: EnsembleRegressor
mapie.regression.quantile_regression: ConformalizedQuantileRegressor
mapie.regression.regression: CrossConformalRegressor JackknifeAfterBootstrapRegressor SplitConformalRegressor
mapie.subsample: Subsample`,
      },
      ],
    },
  ],
  [
    'matplotlib',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `matplotlib.backend_bases: _key_handler _mouse_handler`,
      },
      {
        why: REASONS[78],
        names: `matplotlib._enums: CapStyle JoinStyle`,
      },
      {
        why: REASONS[79],
        names: `matplotlib.artist: _XYPair`,
      },
      {
        why: REASONS[80],
        names: `matplotlib.axes._base: _PropCycle _process_plot_var_args
matplotlib.axis: Ticker XAxis XTick YAxis YTick
matplotlib.collections: FillBetweenPolyCollection PathCollection PolyCollection
matplotlib.colorizer: Colorizer
matplotlib.colors: LinearSegmentedColormap ListedColormap Normalize
matplotlib.figure: SubplotParams
matplotlib.gridspec: GridSpec SubplotParams SubplotSpec
matplotlib.lines: Line2D
matplotlib.markers: MarkerStyle
matplotlib.patches: Rectangle
matplotlib.path: Path
matplotlib.scale: LinearScale
matplotlib.spines: Spine
matplotlib.text: Text
matplotlib.ticker: AutoLocator NullFormatter NullLocator ScalarFormatter`,
      },
      {
        why: REASONS[81],
        names: `matplotlib.container: BarContainer`,
      },
      {
        why: REASONS[82],
        names: `matplotlib.spines: Spines`,
      },
      {
        why: REASONS[83],
        names: `matplotlib.figure: _AxesStack`,
      },
      ],
      refused: `
matplotlib.axes._axes Axes: __setstate__ calls state['_shared_axes'].items() (seen) and joins the lists in it to class-wide groups (hashes the siblings, changes Axes._shared_axes of the process); also iterates _twinned_axes
matplotlib.figure Figure: __setstate__ makes the state its __dict__ and then calls own methods through the instance: set_canvas, _set_base_canvas (3.11), stale setter -> stale_callback; dpi_scale_trans.clear().scale() and callbacks of the state (seen); _restore_to_pylab imports pyplot and opens a window; a version that differs is formatted
matplotlib.transforms Affine2D: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms Bbox: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BboxTransformFrom: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BboxTransformTo: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BlendedAffine2D: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms BlendedGenericTransform: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms CompositeGenericTransform: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms IdentityTransform: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms ScaledTranslation: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms TransformWrapper: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms TransformedBbox: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)
matplotlib.transforms TransformedPath: TransformNode.__setstate__ makes the state its __dict__ (alias), then calls self._parents.items() and keeps self._parents.pop for the death of each parent: an open instance under '_parents' has its stored 'items' called (seen)`,
    },
  ],
  [
    'metric_learn',
    {
      groups: [
      {
        why: REASONS[25],
        names: `metric_learn.covariance: Covariance
metric_learn.itml: ITML_Supervised
metric_learn.lfda: LFDA
metric_learn.lmnn: LMNN
metric_learn.lsml: LSML_Supervised
metric_learn.mlkr: MLKR
metric_learn.mmc: MMC_Supervised
metric_learn.nca: NCA
metric_learn.scml: SCML_Supervised`,
      },
      ],
    },
  ],
  [
    'minisom',
    {
      groups: [
      {
        why: REASONS[5],
        names: `minisom: MiniSom`,
      },
      ],
    },
  ],
  [
    'ml_collections',
    {
      refused: `
ml_collections.config_dict.config_dict ConfigDict: Calls what the state holds: setting a field that is a FieldReference computes it, op.fn(value, *args) for each op of the state (see FieldReference)
ml_collections.config_dict.config_dict FieldReference: Keeps a list of operations whose fn is called with stored arguments when it is read, which ConfigDict.__setstate__ does while loading
ml_collections.config_dict.config_dict FrozenConfigDict: Runs __init__ on the stored ConfigDict, which reads its references (calls op.fn)`,
    },
  ],
  [
    'mlflow',
    {
      groups: [
      {
        why: REASONS[1],
        names: `mlflow.entities.metric: Metric
mlflow.entities.param: Param
mlflow.entities.run_tag: RunTag
mlflow.models.model: Model
mlflow.models.signature: ModelSignature
mlflow.types.schema: Schema TensorInfo TensorSpec`,
      },
      {
        why: REASONS[84],
        names: `mlflow.pyfunc.model: PythonModel`,
      },
      ],
    },
  ],
  [
    'mlforecast',
    {
      groups: [
      {
        why: REASONS[25],
        names: `mlforecast.lag_transforms: ExpandingMean ExponentiallyWeightedMean Lag RollingMean RollingQuantile SeasonalRollingMean`,
      },
      {
        why: REASONS[5],
        names: `mlforecast.conformal_prediction: PredictionIntervals
mlforecast.core: TimeSeries
mlforecast.forecast: MLForecast
mlforecast.grouped_array: GroupedArray
mlforecast.target_transforms: Differences GlobalSklearnTransformer LocalStandardScaler
mlforecast.utils: PredictionIntervals`,
      },
      ],
    },
  ],
  [
    'mlxtend',
    {
      groups: [
      {
        why: REASONS[25],
        names: `mlxtend.classifier.ensemble_vote: EnsembleVoteClassifier
mlxtend.classifier.oner: OneRClassifier
mlxtend.classifier.stacking_classification: StackingClassifier
mlxtend.classifier.stacking_cv_classification: StackingCVClassifier
mlxtend.feature_selection.column_selector: ColumnSelector
mlxtend.feature_selection.exhaustive_feature_selector: ExhaustiveFeatureSelector
mlxtend.feature_selection.sequential_feature_selector: SequentialFeatureSelector
mlxtend.preprocessing.copy_transformer: CopyTransformer
mlxtend.preprocessing.dense_transformer: DenseTransformer
mlxtend.preprocessing.transactionencoder: TransactionEncoder
mlxtend.regressor.stacking_cv_regression: StackingCVRegressor
mlxtend.regressor.stacking_regression: StackingRegressor`,
      },
      {
        why: REASONS[5],
        names: `mlxtend.classifier.adaline: Adaline
mlxtend.classifier.logistic_regression: LogisticRegression
mlxtend.classifier.multilayerperceptron: MultiLayerPerceptron
mlxtend.classifier.perceptron: Perceptron
mlxtend.classifier.softmax_regression: SoftmaxRegression
mlxtend.cluster.kmeans: Kmeans
mlxtend.feature_extraction.linear_discriminant_analysis: LinearDiscriminantAnalysis
mlxtend.feature_extraction.principal_component_analysis: PrincipalComponentAnalysis
mlxtend.feature_extraction.rbf_kernel_pca: RBFKernelPCA
mlxtend.regressor.linear_regression: LinearRegression`,
      },
      ],
    },
  ],
  [
    'monai',
    {
      groups: [
      {
        why: REASONS[12],
        names: `monai.utils.enums: GridSampleMode GridSamplePadMode MetaKeys MetricReduction SpaceKeys TraceKeys`,
      },
      {
        why: REASONS[1],
        names: `monai.data.dataset: Dataset
monai.metrics.meandice: DiceHelper DiceMetric
monai.transforms.compose: Compose
monai.transforms.croppad.array: RandSpatialCrop
monai.transforms.intensity.array: ScaleIntensity
monai.transforms.post.array: Activations AsDiscrete
monai.transforms.spatial.array: Flip RandRotate90 Spacing SpatialResample
monai.transforms.utility.array: EnsureChannelFirst`,
      },
      {
        why: REASONS[85],
        storedOnly: true,
        names: `monai.data.utils: pickle_hashing`,
      },
      {
        why: REASONS[86],
        names: `monai.data.meta_tensor: MetaTensor`,
      },
      {
        why: REASONS[87],
        names: `monai.transforms.intensity.dictionary: ScaleIntensityd
monai.transforms.spatial.dictionary: RandFlipd`,
      },
      {
        why: REASONS[27],
        names: `monai.losses.dice: DiceLoss
monai.losses.focal_loss: FocalLoss
monai.networks.blocks.acti_norm: ADN
monai.networks.blocks.convolutions: Convolution ResidualUnit
monai.networks.blocks.selfattention: SABlock
monai.networks.layers.simplelayers: Reshape SkipConnection
monai.networks.nets.densenet: DenseNet _DenseBlock _DenseLayer _Transition
monai.networks.nets.regressor: Regressor
monai.networks.nets.unet: UNet`,
      },
      ],
    },
  ],
  [
    'mord',
    {
      groups: [
      {
        why: REASONS[25],
        names: `mord.regression_based: LAD OrdinalRidge
mord.threshold_based: LogisticAT LogisticIT LogisticSE`,
      },
      ],
    },
  ],
  [
    'mpl_toolkits',
    {
      groups: [
      {
        why: REASONS[80],
        names: `mpl_toolkits.axes_grid1.axes_divider: AxesDivider
mpl_toolkits.axes_grid1.axes_size: AxesX AxesY Fixed`,
      },
      ],
    },
  ],
  [
    'multidict',
    {
      groups: [
      {
        why: REASONS[88],
        names: `multidict._multidict: istr`,
      },
      {
        why: REASONS[89],
        names: `multidict._multidict: CIMultiDict MultiDict`,
      },
      ],
    },
  ],
  [
    'munch',
    {
      groups: [
      {
        why: REASONS[90],
        names: `munch: AutoMunch DefaultFactoryMunch Munch RecursiveMunch`,
      },
      ],
      refused: `
munch DefaultMunch: A missing attribute is __default__ from the state: APPENDS then calls it as 'extend'`,
    },
  ],
  [
    'narwhals',
    {
      groups: [
      {
        why: REASONS[91],
        names: `narwhals._utils: Implementation`,
      },
      ],
    },
  ],
  [
    'networkx',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `networkx.classes.filters: no_filter
networkx.classes.function: frozen`,
      },
      {
        why: REASONS[1],
        names: `networkx.classes.filters: show_nodes
networkx.classes.reportviews: DegreeView InDegreeView MultiDegreeView`,
      },
      {
        why: REASONS[9],
        names: `networkx.classes.coreviews: AdjacencyView MultiAdjacencyView
networkx.classes.reportviews: NodeView`,
      },
      {
        why: REASONS[92],
        names: `networkx.algorithms.planarity: PlanarEmbedding
networkx.classes.digraph: DiGraph
networkx.classes.graph: Graph
networkx.classes.multidigraph: MultiDiGraph
networkx.classes.multigraph: MultiGraph`,
      },
      ],
      refused: `
networkx.classes.reportviews EdgeDataView: Runs __init__(**state): calls viewer._graph.nbunch_iter and other methods of what the state holds`,
    },
  ],
  [
    'ngboost',
    {
      groups: [
      {
        why: REASONS[93],
        storedOnly: true,
        names: `ngboost.distns.exponential: Exponential
ngboost.distns.gamma: Gamma
ngboost.distns.laplace: Laplace
ngboost.distns.lognormal: LogNormal
ngboost.distns.normal: Normal
ngboost.distns.poisson: Poisson
ngboost.distns.t: T`,
      },
      {
        why: REASONS[5],
        names: `ngboost.scores: CRPScore LogScore`,
      },
      ],
    },
  ],
  [
    'nltk',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `nltk.cluster.util: euclidean_distance`,
      },
      {
        why: REASONS[21],
        names: `nltk.tree.tree: Tree`,
      },
      {
        why: REASONS[94],
        names: `nltk.probability: ConditionalFreqDist`,
      },
      {
        why: REASONS[95],
        names: `nltk.probability: FreqDist`,
      },
      {
        why: REASONS[96],
        names: `nltk.tokenize.punkt: PunktLanguageVars`,
      },
      {
        why: REASONS[0],
        names: `nltk.redos: TimedPattern`,
      },
      {
        why: REASONS[97],
        names: `nltk.tree.parented: ParentedTree`,
      },
      {
        why: REASONS[1],
        names: `nltk.chunk.regexp: ChunkRule RegexpChunkParser RegexpParser
nltk.classify.decisiontree: DecisionTreeClassifier
nltk.classify.maxent: BinaryMaxentFeatureEncoding MaxentClassifier
nltk.classify.naivebayes: NaiveBayesClassifier
nltk.classify.positivenaivebayes: PositiveNaiveBayesClassifier
nltk.classify.scikitlearn: SklearnClassifier
nltk.cluster.kmeans: KMeansClusterer
nltk.collocations: BigramCollocationFinder
nltk.grammar: CFG Nonterminal Production
nltk.lm.counter: NgramCounter
nltk.lm.models: KneserNeyInterpolated Laplace MLE
nltk.lm.smoothing: KneserNey
nltk.lm.vocabulary: Vocabulary
nltk.metrics.confusionmatrix: ConfusionMatrix
nltk.parse.chart: BottomUpPredictCombineRule Chart ChartParser EmptyPredictRule LeafInitRule SingleEdgeFundamentalRule
nltk.probability: DictionaryProbDist ELEProbDist LaplaceProbDist
nltk.stem.lancaster: LancasterStemmer
nltk.stem.porter: PorterStemmer
nltk.stem.regexp: RegexpStemmer
nltk.stem.snowball: EnglishStemmer SnowballStemmer
nltk.tag.brill: BrillTagger Pos Word
nltk.tag.perceptron: AveragedPerceptron PerceptronTagger
nltk.tag.sequential: AffixTagger BigramTagger DefaultTagger RegexpTagger UnigramTagger
nltk.tag.tnt: TnT
nltk.tbl.rule: Rule
nltk.text: Text
nltk.tokenize.casual: TweetTokenizer
nltk.tokenize.punkt: PunktParameters PunktSentenceTokenizer PunktToken
nltk.tokenize.treebank: TreebankWordTokenizer`,
      },
      ],
    },
  ],
  [
    'numba',
    {
      groups: [
      {
        why: REASONS[8],
        names: `numba.core.types.npytypes: _RecordField`,
      },
      {
        why: REASONS[98],
        names: `numba.core.typing.templates: Signature`,
      },
      {
        why: REASONS[16],
        names: `numba.core.funcdesc: PythonFunctionDescriptor`,
      },
      {
        why: REASONS[1],
        names: `numba.core.types.containers: UniTuple
numba.core.types.npytypes: Array Record
numba.core.types.scalars: Float Integer`,
      },
      ],
      refused: `
numba.core.environment _rebuild_env: Imports the module named by text
numba.core.serialize _unpickle__CustomPickled: RUNS CODE: loads a nested pickle (bytes) with numba's unpickler, cloudpickle functions in it
numba.core.serialize custom_rebuild: RUNS CODE: calls cls._rebuild(**states) of what the nested pickle held, i.e. compiles and rebuilds functions
numba.core.types.abstract _type_reconstructor: Calls its first argument with the second, then type(obj)._intern(obj)`,
    },
  ],
  [
    'numpy',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `numpy: nanmedian nanstd ones_like sum`,
      },
      {
        why: REASONS[99],
        names: `numpy.linalg.linalg: EigResult EighResult QRResult SVDResult SlogdetResult`,
      },
      {
        why: REASONS[100],
        names: `numpy.linalg._linalg: EighResult SVDResult`,
      },
      ],
    },
  ],
  [
    'omegaconf',
    {
      groups: [
      {
        why: REASONS[1],
        names: `omegaconf.base: ContainerMetadata Metadata`,
      },
      {
        why: REASONS[54],
        names: `omegaconf.nodes: AnyNode`,
      },
      ],
    },
  ],
  [
    'open_clip',
    {
      groups: [
      {
        why: REASONS[101],
        names: `open_clip.model: CLIP
open_clip.transformer: LayerNorm ResidualAttentionBlock Transformer VisionTransformer`,
      },
      ],
    },
  ],
  [
    'optbinning',
    {
      groups: [
      {
        why: REASONS[25],
        names: `optbinning.binning.binning: OptimalBinning
optbinning.binning.binning_process: BinningProcess
optbinning.binning.continuous_binning: ContinuousOptimalBinning
optbinning.binning.mdlp: MDLP
optbinning.binning.multiclass_binning: MulticlassOptimalBinning
optbinning.binning.multidimensional.binning_2d: OptimalBinning2D
optbinning.binning.piecewise.binning: OptimalPWBinning
optbinning.scorecard.scorecard: Scorecard`,
      },
      {
        why: REASONS[5],
        names: `optbinning.binning.binning_statistics: BinningTable ContinuousBinningTable MulticlassBinningTable
optbinning.binning.multidimensional.binning_statistics_2d: BinningTable2D
optbinning.binning.piecewise.binning_statistics: PWBinningTable`,
      },
      ],
    },
  ],
  [
    'optuna',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `optuna._gp.prior: default_log_prior
optuna.samplers._tpe.sampler: default_gamma default_weights`,
      },
      {
        why: REASONS[46],
        names: `optuna.samplers._tpe.parzen_estimator: _ParzenEstimatorParameters`,
      },
      {
        why: REASONS[35],
        names: `optuna.study._study_direction: StudyDirection
optuna.trial._state: TrialState`,
      },
      {
        why: REASONS[25],
        names: `optuna.integration.sklearn: OptunaSearchCV`,
      },
      {
        why: REASONS[5],
        names: `optuna._gp.gp: GPRegressor
optuna.distributions: CategoricalDistribution FloatDistribution IntDistribution UniformDistribution
optuna.pruners._hyperband: HyperbandPruner
optuna.pruners._median: MedianPruner
optuna.pruners._nop: NopPruner
optuna.pruners._patient: PatientPruner
optuna.pruners._percentile: PercentilePruner
optuna.pruners._successive_halving: SuccessiveHalvingPruner
optuna.pruners._threshold: ThresholdPruner
optuna.pruners._wilcoxon: WilcoxonPruner
optuna.samplers._brute_force: BruteForceSampler
optuna.samplers._cmaes: CmaEsSampler
optuna.samplers._gp.sampler: GPSampler
optuna.samplers._grid: GridSampler
optuna.samplers._lazy_random_state: LazyRandomState
optuna.samplers._nsgaiii._elite_population_selection_strategy: NSGAIIIElitePopulationSelectionStrategy
optuna.samplers._nsgaiii._sampler: NSGAIIISampler
optuna.samplers._partial_fixed: PartialFixedSampler
optuna.samplers._qmc: QMCSampler
optuna.samplers._random: RandomSampler
optuna.samplers._tpe.parzen_estimator: _ParzenEstimator
optuna.samplers._tpe.sampler: TPESampler
optuna.samplers.nsgaii._after_trial_strategy: NSGAIIAfterTrialStrategy
optuna.samplers.nsgaii._child_generation_strategy: NSGAIIChildGenerationStrategy
optuna.samplers.nsgaii._crossovers._uniform: UniformCrossover
optuna.samplers.nsgaii._elite_population_selection_strategy: NSGAIIElitePopulationSelectionStrategy
optuna.samplers.nsgaii._sampler: NSGAIISampler
optuna.search_space.group_decomposed: _GroupDecomposedSearchSpace _SearchSpaceGroup
optuna.search_space.intersection: IntersectionSearchSpace
optuna.storages._in_memory: _StudyInfo
optuna.trial._fixed: FixedTrial
optuna.trial._frozen: FrozenTrial`,
      },
      {
        why: REASONS[102],
        names: `optuna.storages._in_memory: InMemoryStorage`,
      },
      {
        why: REASONS[103],
        names: `optuna.study.study: Study`,
      },
      ],
    },
  ],
  [
    'ordered_set',
    {
      groups: [
      {
        why: REASONS[104],
        names: `ordered_set: OrderedSet`,
      },
      ],
    },
  ],
  [
    'pacmap',
    {
      groups: [
      {
        why: REASONS[25],
        names: `pacmap.pacmap: LocalMAP PaCMAP`,
      },
      ],
    },
  ],
  [
    'peft',
    {
      groups: [
      {
        why: REASONS[12],
        names: `peft.tuners.prompt_tuning.config: PromptTuningInit
peft.utils.peft_types: PeftType TaskType`,
      },
      {
        why: REASONS[1],
        names: `peft.tuners.adalora.config: AdaLoraConfig
peft.tuners.ia3.config: IA3Config
peft.tuners.loha.config: LoHaConfig
peft.tuners.lora.config: LoraConfig LoraRuntimeConfig
peft.tuners.lora.variants: DoraLinearVariant
peft.tuners.prefix_tuning.config: PrefixTuningConfig
peft.tuners.prompt_tuning.config: PromptTuningConfig`,
      },
      {
        why: REASONS[27],
        names: `peft.peft_model: PeftModel
peft.tuners.ia3.layer: Linear
peft.tuners.ia3.model: IA3Model
peft.tuners.loha.layer: Linear
peft.tuners.loha.model: LoHaModel
peft.tuners.lora.dora: DoraLinearLayer
peft.tuners.lora.layer: Linear
peft.tuners.lora.model: LoraModel`,
      },
      ],
    },
  ],
  [
    'pendulum',
    {
      groups: [
      {
        why: REASONS[105],
        names: `pendulum.datetime: DateTime`,
      },
      {
        why: REASONS[1],
        names: `pendulum.tz.timezone: Timezone`,
      },
      {
        why: REASONS[106],
        names: `pendulum.tz.timezone: FixedTimezone`,
      },
      {
        why: REASONS[107],
        names: `pendulum.duration: Duration`,
      },
      {
        why: REASONS[108],
        names: `pendulum.date: Date`,
      },
      {
        why: REASONS[109],
        names: `pendulum.time: Time`,
      },
      ],
      refused: `
pendulum.interval Interval: Reads year, month, day, tzinfo of its arguments, compares and subtracts them: operators of what is given; utcoffset of a stored tzinfo`,
    },
  ],
  [
    'phate',
    {
      groups: [
      {
        why: REASONS[25],
        names: `phate.phate: PHATE`,
      },
      ],
    },
  ],
  [
    'pint',
    {
      groups: [
      {
        why: REASONS[14],
        names: `pint.util: udict`,
      },
      {
        why: REASONS[1],
        names: `pint.facets.measurement.objects: Measurement
pint.facets.plain.quantity: PlainQuantity
pint.facets.plain.unit: PlainUnit`,
      },
      {
        why: REASONS[110],
        names: `pint.errors: DimensionalityError`,
      },
      {
        why: REASONS[111],
        names: `pint.util: UnitsContainer`,
      },
      {
        why: REASONS[112],
        names: `pint.errors: UndefinedUnitError`,
      },
      ],
      refused: `
pint _unpickle_measurement: Iterates UnitsContainers (calls __iter__ of what their state holds) and gives each name to pint's parser (no eval, but it computes: powers of powers do not end); then Quantity(*args) with a text value parses an expression; loads pint's definition files at first use
pint _unpickle_quantity: Iterates UnitsContainers (calls __iter__ of what their state holds) and gives each name to pint's parser (no eval, but it computes: powers of powers do not end); then Quantity(*args) with a text value parses an expression; loads pint's definition files at first use
pint _unpickle_unit: Iterates UnitsContainers (calls __iter__ of what their state holds) and gives each name to pint's parser (no eval, but it computes: powers of powers do not end); then Quantity(*args) with a text value parses an expression; loads pint's definition files at first use`,
    },
  ],
  [
    'pmdarima',
    {
      groups: [
      {
        why: REASONS[25],
        names: `pmdarima.arima.auto: AutoARIMA
pmdarima.arima.seasonality: CHTest OCSBTest
pmdarima.arima.stationarity: ADFTest KPSSTest PPTest
pmdarima.model_selection._split: RollingForecastCV SlidingWindowForecastCV
pmdarima.pipeline: Pipeline
pmdarima.preprocessing.endog.boxcox: BoxCoxEndogTransformer
pmdarima.preprocessing.endog.log: LogEndogTransformer
pmdarima.preprocessing.exog.dates: DateFeaturizer
pmdarima.preprocessing.exog.fourier: FourierFeaturizer`,
      },
      ],
    },
  ],
  [
    'polars',
    {
      groups: [
      {
        why: REASONS[1],
        names: `polars.datatypes.classes: Categorical Date Datetime Float64 Int64 List String UInt32`,
      },
      {
        why: REASONS[113],
        names: `polars.schema: Schema`,
      },
      {
        why: REASONS[114],
        names: `polars.datatypes.classes: Categories`,
      },
      ],
      refused: `
polars.dataframe.frame DataFrame: Native (Rust) IPC parser on bytes of the state, which takes memory layout and lengths from them; 400 damaged streams: no crash, Series panicked once (PanicException is a BaseException)
polars.expr.expr Expr: Bytes of a plan: may hold a pickled Python function and the path of a plugin library
polars.lazyframe.frame LazyFrame: Bytes of a plan: may hold pickled Python functions, paths and URLs to scan, plugin libraries
polars.selectors Selector: Bytes of a plan: as polars.Expr. Read in its source and tried
polars.series.series Series: Native (Rust) IPC parser on bytes of the state, which takes memory layout and lengths from them; 400 damaged streams: no crash, Series panicked once (PanicException is a BaseException)`,
    },
  ],
  [
    'preshed',
    {
      refused: `
preshed.bloom unpickle_bloom: Compiled (Cython): fills a C struct from bytes, length and hash count unchecked`,
    },
  ],
  [
    'prophet',
    {
      groups: [
      {
        why: REASONS[5],
        names: `prophet.forecaster: Prophet
prophet.models: CmdStanPyBackend`,
      },
      ],
    },
  ],
  [
    'pvectorc',
    {
      groups: [
      {
        why: REASONS[115],
        names: `pvectorc: pvector`,
      },
      ],
    },
  ],
  [
    'pyarrow',
    {
      groups: [
      {
        why: REASONS[116],
        names: `pyarrow.lib: scalar`,
      },
      {
        why: REASONS[117],
        names: `pyarrow.lib: schema`,
      },
      {
        why: REASONS[118],
        names: `pyarrow._compute: Expression`,
      },
      {
        why: REASONS[119],
        names: `pyarrow._csv: ReadOptions`,
      },
      ],
      refused: `
pyarrow._compute Expression._deserialize: Native IPC parser on a buffer of the stream; offsets in it are not fully validated, functions are taken from the registry by name
pyarrow._fs FileSystem: compiled: makes file systems, for some kinds with connections
pyarrow._fs FileSystem._from_uri: Makes a file system of a URI of the stream: HDFS, S3, GCS connect
pyarrow.lib _reconstruct_record_batch: Arrays and a schema are checked against each other, but what is no Arrow array is converted, which calls __arrow_array__ or __array__ of it
pyarrow.lib _reconstruct_table: Arrays and a schema are checked against each other, but what is no Arrow array is converted, which calls __arrow_array__ or __array__ of it`,
    },
  ],
  [
    'pycox',
    {
      groups: [
      {
        why: REASONS[5],
        names: `pycox.preprocessing.label_transforms: LabTransCoxTime LabTransDiscreteTime`,
      },
      ],
    },
  ],
  [
    'pycrfsuite',
    {
      groups: [
      {
        why: REASONS[120],
        names: `pycrfsuite._logparser: TrainLogParser`,
      },
      ],
    },
  ],
  [
    'pydantic',
    {
      groups: [
      {
        why: REASONS[56],
        names: `pydantic.types: ByteSize`,
      },
      {
        why: REASONS[16],
        names: `pydantic.fields: FieldInfo
pydantic.networks: NameEmail`,
      },
      {
        why: REASONS[1],
        names: `pydantic.networks: AnyUrl HttpUrl
pydantic.types: Secret SecretBytes SecretStr`,
      },
      ],
    },
  ],
  [
    'pydantic_core',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `pydantic_core._pydantic_core: PydanticUndefined`,
      },
      {
        why: REASONS[121],
        names: `pydantic_core._pydantic_core: Url`,
      },
      {
        why: REASONS[122],
        names: `pydantic_core._pydantic_core: TzInfo`,
      },
      ],
    },
  ],
  [
    'pygam',
    {
      groups: [
      {
        why: REASONS[5],
        names: `pygam.callbacks: Accuracy Deviance Diffs
pygam.distributions: BinomialDist GammaDist InvGaussDist NormalDist PoissonDist
pygam.links: IdentityLink LogLink LogitLink
pygam.terms: FactorTerm Intercept LinearTerm SplineTerm`,
      },
      {
        why: REASONS[123],
        names: `pygam.pygam: ExpectileGAM GAM GammaGAM InvGaussGAM LinearGAM LogisticGAM PoissonGAM
pygam.terms: TensorTerm TermList`,
      },
      ],
    },
  ],
  [
    'pykrige',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `pykrige.variogram_models: exponential_variogram_model gaussian_variogram_model hole_effect_variogram_model linear_variogram_model power_variogram_model spherical_variogram_model`,
      },
      {
        why: REASONS[25],
        names: `pykrige.compat: Krige`,
      },
      {
        why: REASONS[5],
        names: `pykrige.ok: OrdinaryKriging
pykrige.ok3d: OrdinaryKriging3D
pykrige.rk: RegressionKriging
pykrige.uk: UniversalKriging`,
      },
      ],
    },
  ],
  [
    'pymatgen',
    {
      groups: [
      {
        why: REASONS[12],
        names: `pymatgen.core.periodic_table: Element
pymatgen.io.vasp.inputs: KpointsSupportedModes`,
      },
      {
        why: REASONS[0],
        names: `pymatgen.analysis.diffraction.core: DiffractionPattern`,
      },
      {
        why: REASONS[124],
        names: `pymatgen.core.sites: PeriodicSite Site`,
      },
      {
        why: REASONS[1],
        names: `pymatgen.analysis.phase_diagram: PhaseDiagram
pymatgen.core.composition: Composition
pymatgen.core.entries: ComputedEntry ComputedStructureEntry
pymatgen.core.lattice: Lattice
pymatgen.core.operations: SymmOp
pymatgen.core.structure: IStructure Molecule Structure
pymatgen.core.units: Unit
pymatgen.io.vasp.inputs: Incar Kpoints
pymatgen.symmetry.analyzer: SpacegroupAnalyzer
pymatgen.util.coord: Simplex`,
      },
      {
        why: REASONS[125],
        names: `pymatgen.core.units: FloatWithUnit`,
      },
      {
        why: REASONS[54],
        names: `pymatgen.core.periodic_table: DummySpecies Species`,
      },
      ],
    },
  ],
  [
    'pynndescent',
    {
      refused: `
pynndescent.pynndescent_ NNDescent: Goes through state['_search_forest'], looks the metric up, and compiles search functions (numba) around what the state holds; native code then indexes with the state's numbers unchecked`,
    },
  ],
  [
    'pyod',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `pyod.models.vae: vae_loss`,
      },
      {
        why: REASONS[25],
        names: `pyod.models.abod: ABOD
pyod.models.auto_encoder: AutoEncoder
pyod.models.cd: CD
pyod.models.cof: COF
pyod.models.copod: COPOD
pyod.models.deep_svdd: DeepSVDD
pyod.models.dif: DIF
pyod.models.ecod: ECOD
pyod.models.feature_bagging: FeatureBagging
pyod.models.gmm: GMM
pyod.models.hbos: HBOS
pyod.models.iforest: IForest
pyod.models.inne: INNE
pyod.models.kde: KDE
pyod.models.knn: KNN
pyod.models.kpca: KPCA PyODKernelPCA
pyod.models.lmdd: LMDD
pyod.models.loci: LOCI
pyod.models.loda: LODA
pyod.models.lof: LOF
pyod.models.lscp: LSCP
pyod.models.mad: MAD
pyod.models.mcd: MCD
pyod.models.ocsvm: OCSVM
pyod.models.pca: PCA
pyod.models.qmcd: QMCD
pyod.models.rod: ROD
pyod.models.sampling: Sampling
pyod.models.sod: SOD
pyod.models.sos: SOS
pyod.models.suod: SUOD
pyod.models.vae: VAE`,
      },
      {
        why: REASONS[101],
        names: `pyod.models.auto_encoder: AutoEncoderModel
pyod.models.deep_svdd: InnerDeepSVDD
pyod.models.dif: LinearBlock MLPnet
pyod.models.vae: VAEModel
pyod.utils.torch_utility: LinearBlock`,
      },
      ],
    },
  ],
  [
    'pyproj',
    {
      groups: [
      {
        why: REASONS[12],
        names: `pyproj.enums: TransformDirection WktVersion`,
      },
      {
        why: REASONS[1],
        names: `pyproj.transformer: TransformerFromCRS`,
      },
      {
        why: REASONS[126],
        names: `pyproj.crs.crs: CRS CompoundCRS GeographicCRS ProjectedCRS VerticalCRS`,
      },
      ],
      refused: `
pyproj.geod Geod: Calls initstring.split() of its argument: a stored 'split' is called; a text is parsed by hand, then numbers go to PROJ's geodesic set-up (checked, no files)
pyproj.proj Proj: PROJ parses text of the stream: opens its database, init files and grids by name
pyproj.transformer Transformer: Calls self._transformer_maker() from the state: the stored callable, or PROJ on stored text`,
    },
  ],
  [
    'pyro',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `pyro.contrib.gp.models.model: _zero_mean_function`,
      },
      {
        why: REASONS[1],
        names: `pyro.distributions.delta: Delta
pyro.distributions.torch: Categorical Independent Normal
pyro.infer.trace_elbo: Trace_ELBO
pyro.nn.module: _Context _PyroModuleMeta
pyro.optim.optim: PyroOptim
pyro.poutine.trace_struct: Trace`,
      },
      {
        why: REASONS[27],
        names: `pyro.contrib.gp.kernels.isotropic: RBF
pyro.contrib.gp.models.gpr: GPRegression
pyro.distributions.transforms.planar: Planar`,
      },
      ],
      refused: `
pyro.nn.module _PyroModuleMeta._New: Sets its own class to a subclass made of the class given, while loading`,
    },
  ],
  [
    'pyrsistent',
    {
      groups: [
      {
        why: REASONS[127],
        names: `pyrsistent._pmap: pmap`,
      },
      {
        why: REASONS[128],
        names: `pyrsistent._pset: pset`,
      },
      {
        why: REASONS[16],
        names: `pyrsistent._pbag: PBag`,
      },
      {
        why: REASONS[129],
        names: `pyrsistent._plist: plist`,
      },
      {
        why: REASONS[130],
        names: `pyrsistent._pdeque: pdeque`,
      },
      ],
    },
  ],
  [
    'pytorch_metric_learning',
    {
      groups: [
      {
        why: REASONS[101],
        names: `pytorch_metric_learning.distances.cosine_similarity: CosineSimilarity
pytorch_metric_learning.distances.lp_distance: LpDistance
pytorch_metric_learning.losses.arcface_loss: ArcFaceLoss
pytorch_metric_learning.losses.circle_loss: CircleLoss
pytorch_metric_learning.losses.contrastive_loss: ContrastiveLoss
pytorch_metric_learning.losses.multi_similarity_loss: MultiSimilarityLoss
pytorch_metric_learning.losses.ntxent_loss: NTXentLoss
pytorch_metric_learning.losses.supcon_loss: SupConLoss
pytorch_metric_learning.losses.triplet_margin_loss: TripletMarginLoss
pytorch_metric_learning.miners.multi_similarity_miner: MultiSimilarityMiner
pytorch_metric_learning.reducers.avg_non_zero_reducer: AvgNonZeroReducer
pytorch_metric_learning.reducers.mean_reducer: MeanReducer
pytorch_metric_learning.reducers.multiple_reducers: MultipleReducers
pytorch_metric_learning.reducers.threshold_reducer: ThresholdReducer`,
      },
      {
        why: REASONS[5],
        names: `pytorch_metric_learning.utils.common_functions: TorchInitWrapper`,
      },
      ],
    },
  ],
  [
    'pytorch_tabnet',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `pytorch_tabnet.metrics: UnsupervisedLoss`,
      },
      {
        why: REASONS[1],
        names: `pytorch_tabnet.callbacks: CallbackContainer History`,
      },
      {
        why: REASONS[131],
        names: `pytorch_tabnet.pretraining: TabNetPretrainer
pytorch_tabnet.tab_model: TabNetClassifier TabNetRegressor`,
      },
      {
        why: REASONS[27],
        names: `pytorch_tabnet.sparsemax: Sparsemax
pytorch_tabnet.tab_network: AttentiveTransformer EmbeddingGenerator FeatTransformer GBN GLU_Block GLU_Layer TabNet TabNetEncoder TabNetNoEmbeddings`,
      },
      ],
    },
  ],
  [
    'pyts',
    {
      groups: [
      {
        why: REASONS[25],
        names: `pyts.approximation._dft: DiscreteFourierTransform
pyts.approximation._mcb: MultipleCoefficientBinning
pyts.approximation._paa: PiecewiseAggregateApproximation
pyts.approximation._sax: SymbolicAggregateApproximation
pyts.approximation._sfa: SymbolicFourierApproximation
pyts.bag_of_words._bow: BagOfWords WordExtractor
pyts.classification._bossvs: BOSSVS
pyts.classification._knn: KNeighborsClassifier
pyts.classification._learning_shapelets: CrossEntropyLearningShapelets LearningShapelets
pyts.classification._saxvsm: SAXVSM
pyts.classification._time_series_forest: TimeSeriesForest WindowFeatureExtractor
pyts.classification._tsbf: IntervalFeatureExtractor TSBF
pyts.decomposition._ssa: SingularSpectrumAnalysis
pyts.image._gaf: GramianAngularField
pyts.image._mtf: MarkovTransitionField
pyts.image._recurrence: RecurrencePlot
pyts.preprocessing._discretizer: KBinsDiscretizer
pyts.preprocessing._imputer: InterpolationImputer
pyts.preprocessing._scaler: MinMaxScaler StandardScaler
pyts.preprocessing._transformer: PowerTransformer QuantileTransformer
pyts.transformation._bag_of_patterns: BagOfPatterns
pyts.transformation._boss: BOSS
pyts.transformation._rocket: ROCKET`,
      },
      ],
    },
  ],
  [
    'pytz',
    {
      groups: [
      {
        why: REASONS[132],
        names: `pytz: FixedOffset`,
      },
      ],
    },
  ],
  [
    'qiskit',
    {
      groups: [
      {
        why: REASONS[14],
        names: `qiskit.result.counts: Counts`,
      },
      {
        why: REASONS[16],
        names: `qiskit.circuit.quantumcircuit: _OuterCircuitScopeInterface
qiskit.transpiler.coupling: CouplingMap
qiskit.transpiler.layout: Layout`,
      },
      {
        why: REASONS[1],
        names: `qiskit.circuit.controlflow.if_else: IfElseOp
qiskit.circuit.instruction: Instruction
qiskit.circuit.library.standard_gates.h: HGate
qiskit.circuit.library.standard_gates.rx: RXGate
qiskit.circuit.library.standard_gates.swap: SwapGate
qiskit.circuit.library.standard_gates.u: UGate
qiskit.circuit.library.standard_gates.x: CXGate XGate
qiskit.circuit.measure: Measure
qiskit.circuit.quantumcircuit: QuantumCircuit
qiskit.quantum_info.operators.op_shape: OpShape
qiskit.quantum_info.operators.operator: Operator
qiskit.quantum_info.operators.symplectic.clifford: Clifford
qiskit.quantum_info.operators.symplectic.pauli: Pauli
qiskit.quantum_info.operators.symplectic.pauli_list: PauliList
qiskit.quantum_info.operators.symplectic.sparse_pauli_op: SparsePauliOp
qiskit.quantum_info.states.densitymatrix: DensityMatrix
qiskit.quantum_info.states.statevector: Statevector`,
      },
      {
        why: REASONS[133],
        names: `qiskit._accelerate.circuit: ParameterExpression`,
      },
      {
        why: REASONS[134],
        names: `qiskit.circuit: Clbit Qubit`,
      },
      {
        why: REASONS[135],
        names: `qiskit._accelerate.circuit: BitLocations OPReplay OpCode Parameter`,
      },
      {
        why: REASONS[136],
        names: `qiskit.circuit: ClassicalRegister QuantumRegister`,
      },
      ],
      refused: `
qiskit._accelerate.circuit CircuitInstruction: Rust reads attributes of the operation given (params, label, num_qubits …: properties of Python objects run) and keeps it; no crash in 400
qiskit._accelerate.circuit DAGCircuit: Rust __setstate__: 56 of 400 damaged states panicked (PanicException is a BaseException: 'except Exception' does not catch it); indices of nodes and edges come from the state
qiskit._accelerate.circuit DAGInNode: Rust; the state is a node index that a DAGCircuit later trusts; no crash by itself in 400
qiskit._accelerate.circuit DAGOpNode: Rust; the state is a node index that a DAGCircuit later trusts; no crash by itself in 400
qiskit._accelerate.circuit DAGOutNode: Rust; the state is a node index that a DAGCircuit later trusts; no crash by itself in 400
qiskit._accelerate.circuit ParameterVector: Rust: makes as many elements as the number says; seen in one file only and not tried
qiskit.circuit CircuitData: Rust allocates the number of the 4th argument: 2**31 aborts the process (signal 6, not an exception); items and state index into what was given
qiskit.quantum_info SparseObservable: Its from_raw_parts is called without its checks, so that Rust trusts the indices of the stream`,
    },
  ],
  [
    'quantile_forest',
    {
      groups: [
      {
        why: REASONS[25],
        names: `quantile_forest._quantile_forest: ExtraTreesQuantileRegressor RandomForestQuantileRegressor`,
      },
      ],
      refused: `
quantile_forest._quantile_forest_fast QuantileForest: Compiled by Cython: predict reads through pointers at indices of its arrays, which nothing checks against the state`,
    },
  ],
  [
    'rank_bm25',
    {
      groups: [
      {
        why: REASONS[5],
        names: `rank_bm25: BM25L BM25Okapi BM25Plus`,
      },
      ],
    },
  ],
  [
    'rasterio',
    {
      groups: [
      {
        why: REASONS[8],
        names: `rasterio.coords: BoundingBox`,
      },
      {
        why: REASONS[12],
        names: `rasterio.enums: ColorInterp Compression Resampling`,
      },
      {
        why: REASONS[1],
        names: `rasterio.control: GroundControlPoint
rasterio.profiles: DefaultGTiffProfile`,
      },
      {
        why: REASONS[3],
        names: `rasterio.windows: Window`,
      },
      ],
      refused: `
rasterio.crs CRS: GDAL and PROJ (C++) parse the WKT text of the state, which can hold PROJ strings and names of grids and looks up PROJ's database; 400 damaged texts without crash`,
    },
  ],
  [
    'ray',
    {
      groups: [
      {
        why: REASONS[1],
        names: `ray.train: CheckpointConfig FailureConfig LoggingConfig RunConfig ScalingConfig`,
      },
      ],
    },
  ],
  [
    'rdkit',
    {
      groups: [
      {
        why: REASONS[137],
        names: `rdkit.Chem.rdchem: BondType ChiralType HybridizationType`,
      },
      {
        why: REASONS[138],
        names: `rdkit.Geometry.rdGeometry: Point3D`,
      },
      ],
      refused: `
rdkit.Chem.PropertyMol PropertyMol: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.Chem.rdChemReactions ChemicalReaction: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.Chem.rdchem Mol: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs DiscreteValueVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs ExplicitBitVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs IntSparseIntVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs SparseBitVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted
rdkit.DataStructs.cDataStructs UIntSparseIntVect: Compiled (C++): deserialises bytes; counts and indices in them are trusted`,
    },
  ],
  [
    'regex',
    {
      refused: `
regex._regex compile: Compiled (C): takes the matcher's byte code out of the stream and only partly checks it; executed when matching`,
    },
  ],
  [
    'requests',
    {
      groups: [
      {
        why: REASONS[1],
        names: `requests.auth: HTTPBasicAuth
requests.models: PreparedRequest Request
requests.structures: CaseInsensitiveDict`,
      },
      {
        why: REASONS[139],
        names: `requests.cookies: RequestsCookieJar`,
      },
      ],
    },
  ],
  [
    'rich',
    {
      groups: [
      {
        why: REASONS[8],
        names: `rich.color: Color`,
      },
      {
        why: REASONS[12],
        names: `rich.color: ColorType`,
      },
      {
        why: REASONS[16],
        names: `rich.style: Style`,
      },
      {
        why: REASONS[1],
        names: `rich.box: Box
rich.table: Column Table`,
      },
      ],
    },
  ],
  [
    'river',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `river._river_rust.vectordict: euclidean_distance_tuple
river.feature_extraction.vectorize: strip_accents_unicode
river.naive_bayes.gaussian: GaussianNB._make_gaussian
river.tree.splitter.ebst_splitter: EBSTNode._update_estimator_univariate`,
      },
      {
        why: REASONS[140],
        names: `river.utils.vectordict: __pyx_unpickle_VectorDict`,
      },
      {
        why: REASONS[5],
        names: `river.anomaly.hst: HSTBranch HSTLeaf HalfSpaceTrees
river.anomaly.svm: OneClassSVM
river.cluster.clustream: CluStream
river.cluster.dbstream: DBSTREAM
river.cluster.denstream: DenStream
river.cluster.k_means: KMeans
river.compose.pipeline: Pipeline
river.compose.select: Select SelectType
river.compose.union: TransformerUnion
river.drift.adwin: ADWIN
river.drift.binary.ddm: DDM
river.drift.binary.eddm: EDDM
river.drift.kswin: KSWIN
river.drift.page_hinkley: PageHinkley
river.ensemble.bagging: BaggingClassifier
river.ensemble.boosting: AdaBoostClassifier
river.ensemble.streaming_random_patches: BaseSRPClassifier SRPClassifier
river.facto.fm: FMClassifier
river.feature_extraction.agg: Agg
river.feature_extraction.vectorize: BagOfWords TFIDF
river.feature_selection.k_best: SelectKBest
river.forest.adaptive_random_forest: ARFClassifier ARFRegressor BaseTreeClassifier BaseTreeRegressor
river.forest.aggregated_mondrian_forest: AMFClassifier
river.imblearn.random: RandomUnderSampler
river.linear_model.alma: ALMAClassifier
river.linear_model.bayesian_lin_reg: BayesianLinearRegression
river.linear_model.lin_reg: LinearRegression
river.linear_model.log_reg: LogisticRegression
river.linear_model.pa: PAClassifier
river.linear_model.perceptron: Perceptron
river.linear_model.softmax: SoftmaxRegression
river.metrics.accuracy: Accuracy
river.metrics.base: Metrics
river.metrics.confusion: ConfusionMatrix
river.metrics.fbeta: F1 MacroF1 MicroF1 WeightedF1
river.metrics.log_loss: LogLoss
river.metrics.mse: MSE
river.metrics.precision: MacroPrecision MicroPrecision Precision WeightedPrecision
river.metrics.recall: MacroRecall MicroRecall Recall WeightedRecall
river.metrics.report: ClassificationReport
river.metrics.roc_auc: ROCAUC
river.multiclass.ovr: OneVsRestClassifier
river.naive_bayes.gaussian: GaussianNB
river.naive_bayes.multinomial: MultinomialNB
river.neighbors.ann.swinn: SWINN
river.neighbors.base: FunctionWrapper
river.neighbors.knn_classifier: KNNClassifier
river.optim.adam: Adam
river.optim.ftrl: FTRLProximal
river.optim.initializers: Normal Zeros
river.optim.losses: CrossEntropy Hinge Log Squared
river.optim.rms_prop: RMSProp
river.optim.schedulers: Constant
river.optim.sgd: SGD
river.preprocessing.one_hot: OneHotEncoder
river.preprocessing.scale: Normalizer
river.proba.gaussian: Gaussian
river.rules.amrules: AMRules AdaptiveRegressor MeanRegressor RegRule
river.stats.cov: Cov
river.stats.ewmean: EWMean
river.stats.iqr: IQR
river.stats.kurtosis: Kurtosis
river.stats.maximum: Max
river.stats.mean: Mean
river.stats.minimum: Min
river.stats.mode: Mode
river.stats.pearson: PearsonCorr
river.stats.quantile: Quantile RollingQuantile
river.stats.skew: Skew
river.stats.var: Var
river.time_series.holt_winters: HoltWinters
river.time_series.snarimax: Differencer SNARIMAX
river.tree.extremely_fast_decision_tree: ExtremelyFastDecisionTreeClassifier
river.tree.hoeffding_adaptive_tree_classifier: HoeffdingAdaptiveTreeClassifier
river.tree.hoeffding_tree_classifier: HoeffdingTreeClassifier
river.tree.hoeffding_tree_regressor: HoeffdingTreeRegressor
river.tree.losses: BinaryCrossEntropyLoss
river.tree.mondrian.mondrian_tree_classifier: MondrianTreeClassifier
river.tree.mondrian.mondrian_tree_nodes: MondrianBranchClassifier MondrianLeafClassifier
river.tree.nodes.arf_htc_nodes: RandomLeafNaiveBayesAdaptive
river.tree.nodes.arf_htr_nodes: RandomLeafAdaptive
river.tree.nodes.branch: NumericBinaryBranch
river.tree.nodes.efdtc_nodes: EFDTLeafNaiveBayesAdaptive
river.tree.nodes.hatc_nodes: AdaLeafClassifier
river.tree.nodes.htc_nodes: LeafNaiveBayesAdaptive
river.tree.nodes.htr_nodes: LeafAdaptive
river.tree.nodes.sgt_nodes: SGTLeaf
river.tree.padded: PaddedBranch PaddedLeaf
river.tree.split_criterion.variance_ratio_split_criterion: VarianceRatioSplitCriterion
river.tree.splitter.gaussian_splitter: GaussianSplitter
river.tree.splitter.sgt_quantizer: StaticQuantizer
river.tree.splitter.tebst_splitter: TEBSTSplitter
river.tree.stochastic_gradient_tree: SGTClassifier
river.tree.utils: GradHessStats`,
      },
      {
        why: REASONS[44],
        names: `river.cluster.clustream: CluStreamMicroCluster
river.cluster.dbstream: DBSTREAMMicroCluster
river.cluster.denstream: DenStream.BufferItem
river.neighbors.ann.nn_vertex: Vertex
river.tree.splitter.ebst_splitter: EBSTNode
river.tree.utils: GradHess`,
      },
      {
        why: REASONS[141],
        names: `river.utils.rolling: Rolling`,
      },
      {
        why: REASONS[142],
        names: `river.utils.vectordict: VectorDict`,
      },
      {
        why: REASONS[143],
        names: `river._river_rust.vectordict: VectorDict`,
      },
      {
        why: REASONS[144],
        names: `river._river_rust.stats: RsEWMean RsIQR RsKurtosis RsQuantile RsSkew
river.stats._rust_stats: RsEWMean RsIQR RsKurtosis RsQuantile RsSkew`,
      },
      {
        why: REASONS[145],
        names: `river.time_series.holt_winters: AdditiveLevel`,
      },
      {
        why: REASONS[146],
        names: `river.preprocessing.scale: MinMaxScaler StandardScaler`,
      },
      ],
      refused: `
river.drift.adwin_c AdaptiveWindowing: Cython: __setstate__ writes typed fields (window sizes, bucket arrays) unchecked; later updates index with them
river.drift.adwin_c Bucket: Cython: __setstate__ writes typed fields (window sizes, bucket arrays) unchecked; later updates index with them
river.drift.adwin_c __pyx_unpickle_AdaptiveWindowing: Cython: typed fields from the tuple unchecked
river.drift.adwin_c __pyx_unpickle_Bucket: Cython: typed fields from the tuple unchecked (index into an array when used)`,
    },
  ],
  [
    'ropwr',
    {
      groups: [
      {
        why: REASONS[25],
        names: `ropwr.base: RobustPWRegression`,
      },
      ],
    },
  ],
  [
    'rustworkx',
    {
      refused: `
rustworkx PyDiGraph: Rust: 66 of 400 damaged states panicked (PanicException passes 'except Exception'); node and edge count hints are allocated`,
    },
  ],
  [
    'segmentation_models_pytorch',
    {
      groups: [
      {
        why: REASONS[27],
        names: `segmentation_models_pytorch.base.heads: SegmentationHead
segmentation_models_pytorch.base.modules: Activation Attention Conv2dReLU
segmentation_models_pytorch.decoders.deeplabv3.decoder: ASPP ASPPPooling ASPPSeparableConv DeepLabV3PlusDecoder SeparableConv2d
segmentation_models_pytorch.decoders.fpn.decoder: Conv3x3GNReLU FPNBlock FPNDecoder MergeBlock SegmentationBlock
segmentation_models_pytorch.decoders.linknet.decoder: DecoderBlock LinknetDecoder TransposeX2
segmentation_models_pytorch.decoders.manet.decoder: DecoderBlock MAnetDecoder MFABBlock PABBlock
segmentation_models_pytorch.decoders.pspnet.decoder: PSPBlock PSPDecoder PSPModule
segmentation_models_pytorch.decoders.unet.decoder: UnetDecoder UnetDecoderBlock
segmentation_models_pytorch.decoders.unetplusplus.decoder: DecoderBlock UnetPlusPlusDecoder
segmentation_models_pytorch.encoders.timm_universal: TimmUniversalEncoder
segmentation_models_pytorch.losses.dice: DiceLoss
segmentation_models_pytorch.losses.focal: FocalLoss
segmentation_models_pytorch.losses.jaccard: JaccardLoss
segmentation_models_pytorch.losses.tversky: TverskyLoss`,
      },
      {
        why: REASONS[147],
        names: `segmentation_models_pytorch.decoders.deeplabv3.model: DeepLabV3Plus
segmentation_models_pytorch.decoders.fpn.model: FPN
segmentation_models_pytorch.decoders.linknet.model: Linknet
segmentation_models_pytorch.decoders.manet.model: MAnet
segmentation_models_pytorch.decoders.pspnet.model: PSPNet
segmentation_models_pytorch.decoders.unet.model: Unet
segmentation_models_pytorch.decoders.unetplusplus.model: UnetPlusPlus`,
      },
      ],
    },
  ],
  [
    'sentencepiece',
    {
      refused: `
sentencepiece SentencePieceNormalizer: C++ parses a protobuf model from the state and takes a double-array trie from it as it is: its offsets are followed unchecked when text is normalised
sentencepiece SentencePieceProcessor: C++ parses a protobuf model from the state and takes a double-array trie from it as it is: its offsets are followed unchecked when text is normalised`,
    },
  ],
  [
    'shap',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `shap.utils._legacy: IdentityLink.f`,
      },
      {
        why: REASONS[5],
        names: `shap._explanation: Explanation
shap.explainers._exact: ExactExplainer
shap.explainers._kernel: KernelExplainer
shap.explainers._linear: LinearExplainer
shap.explainers._permutation: PermutationExplainer
shap.explainers._sampling: SamplingExplainer
shap.explainers._tree: SingleTree TreeEnsemble TreeExplainer
shap.maskers._tabular: Independent Partition
shap.models._model: Model
shap.utils._legacy: DenseData IdentityLink Model`,
      },
      ],
    },
  ],
  [
    'shapely',
    {
      groups: [
      {
        why: REASONS[148],
        names: `shapely.geometry.polygon: _unpickle_linearring
shapely.io: from_wkb`,
      },
      ],
      refused: `
shapely.strtree STRtree: np.array(geoms, dtype=object) asks for array protocols (__array__); then C checks that each entry is a geometry`,
    },
  ],
  [
    'skimage',
    {
      groups: [
      {
        why: REASONS[1],
        names: `skimage.feature.brief: BRIEF
skimage.feature.orb: ORB
skimage.feature.sift: SIFT
skimage.future.trainable_segmentation: TrainableSegmenter
skimage.measure.fit: CircleModel EllipseModel LineModelND
skimage.transform._geometric: AffineTransform EssentialMatrixTransform EuclideanTransform PiecewiseAffineTransform PolynomialTransform ProjectiveTransform SimilarityTransform
skimage.transform._thin_plate_splines: ThinPlateSplineTransform`,
      },
      {
        why: REASONS[92],
        names: `skimage.graph._rag: RAG`,
      },
      ],
    },
  ],
  [
    'sklearn_crfsuite',
    {
      groups: [
      {
        why: REASONS[25],
        names: `sklearn_crfsuite.estimator: CRF`,
      },
      ],
      refused: `
sklearn_crfsuite._fileresource FileResource: Writes the bytes state['__FILE_RESOURCE_DATA__'] into a new temporary file whose prefix and suffix (paths too: tempfile.mkstemp joins them) come from the state. When it is collected it closes the file descriptor number state['fd'] and deletes the file state['name'] (state['auto'] true, state['keep_tempfiles'] false): any file of the user`,
    },
  ],
  [
    'sklearn_extra',
    {
      groups: [
      {
        why: REASONS[25],
        names: `sklearn_extra.cluster._commonnn: CommonNNClustering
sklearn_extra.cluster._k_medoids: CLARA KMedoids
sklearn_extra.kernel_approximation._fastfood: Fastfood
sklearn_extra.kernel_methods._eigenpro: EigenProClassifier EigenProRegressor`,
      },
      ],
    },
  ],
  [
    'sklearn_pandas',
    {
      groups: [
      {
        why: REASONS[25],
        names: `sklearn_pandas.pipeline: TransformerPipeline`,
      },
      {
        why: REASONS[5],
        names: `sklearn_pandas.transformers: NumericalTransformer`,
      },
      ],
    },
  ],
  [
    'sklego',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `sklego.meta._decay_utils: exponential_decay`,
      },
      {
        why: REASONS[25],
        names: `sklego.decomposition.pca_reconstruction: PCAOutlierDetection
sklego.dummy: RandomRegressor
sklego.linear_model: DeadZoneRegressor ImbalancedLinearRegression LADRegression LowessRegression QuantileRegression
sklego.meta.decay_estimator: DecayEstimator
sklego.meta.estimator_transformer: EstimatorTransformer
sklego.meta.grouped_predictor: GroupedPredictor
sklego.meta.grouped_transformer: GroupedTransformer
sklego.meta.subjective_classifier: SubjectiveClassifier
sklego.meta.thresholder: Thresholder
sklego.meta.zero_inflated_regressor: ZeroInflatedRegressor
sklego.mixture.bayesian_gmm_classifier: BayesianGMMClassifier
sklego.mixture.gmm_classifier: GMMClassifier
sklego.mixture.gmm_outlier_detector: GMMOutlierDetector
sklego.naive_bayes: GaussianMixtureNB
sklego.neighbors: BayesianKernelDensityClassifier
sklego.preprocessing.columncapper: ColumnCapper
sklego.preprocessing.intervalencoder: IntervalEncoder
sklego.preprocessing.monotonicspline: MonotonicSplineTransformer
sklego.preprocessing.outlier_remover: OutlierRemover
sklego.preprocessing.pandastransformers: ColumnDropper ColumnSelector TypeSelector
sklego.preprocessing.projections: InformationFilter OrthogonalTransformer
sklego.preprocessing.randomadder: RandomAdder
sklego.preprocessing.repeatingbasis: RepeatingBasisFunction _RepeatingBasisFunction`,
      },
      ],
    },
  ],
  [
    'skmultilearn',
    {
      groups: [
      {
        why: REASONS[25],
        names: `skmultilearn.problem_transform.br: BinaryRelevance
skmultilearn.problem_transform.cc: ClassifierChain
skmultilearn.problem_transform.lp: LabelPowerset`,
      },
      ],
    },
  ],
  [
    'sknetwork',
    {
      groups: [
      {
        why: REASONS[5],
        names: `sknetwork.clustering.louvain: Louvain
sknetwork.clustering.propagation_clustering: PropagationClustering
sknetwork.embedding.spectral: Spectral
sknetwork.embedding.svd: SVD
sknetwork.linalg.svd_solver: LanczosSVD
sknetwork.ranking.pagerank: PageRank`,
      },
      ],
    },
  ],
  [
    'skops',
    {
      groups: [
      {
        why: REASONS[5],
        names: `skops.card._model_card: Card Section TableSection`,
      },
      ],
    },
  ],
  [
    'skopt',
    {
      groups: [
      {
        why: REASONS[25],
        names: `skopt.learning.forest: ExtraTreesRegressor RandomForestRegressor
skopt.learning.gaussian_process.gpr: GaussianProcessRegressor
skopt.searchcv: BayesSearchCV`,
      },
      {
        why: REASONS[5],
        names: `skopt.callbacks: TimerCallback
skopt.learning.gaussian_process.kernels: ConstantKernel Matern Product RBF Sum WhiteKernel
skopt.optimizer.optimizer: Optimizer
skopt.sampler.grid: Grid
skopt.sampler.halton: Halton
skopt.sampler.hammersly: Hammersly
skopt.sampler.lhs: Lhs
skopt.sampler.sobol: Sobol
skopt.space.space: Categorical Integer Real Space
skopt.space.transformers: CategoricalEncoder Identity LogN Normalize Pipeline`,
      },
      ],
    },
  ],
  [
    'skorch',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `skorch.setter: optimizer_setter
skorch.utils: _indexing_other to_numpy`,
      },
      {
        why: REASONS[149],
        names: `skorch.helper: SliceDict`,
      },
      {
        why: REASONS[43],
        names: `skorch.history: History`,
      },
      {
        why: REASONS[5],
        names: `skorch.callbacks.logging: EpochTimer PrintLog
skorch.callbacks.lr_scheduler: LRScheduler WarmRestartLR
skorch.callbacks.scoring: EpochScoring PassthroughScoring
skorch.callbacks.training: EarlyStopping
skorch.dataset: Dataset ValidSplit`,
      },
      ],
      refused: `
skorch.classifier NeuralNetBinaryClassifier: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one
skorch.classifier NeuralNetClassifier: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one
skorch.net NeuralNet: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one
skorch.regressor NeuralNetRegressor: RUNS CODE: loads a nested pickle out of the bytes state['__cuda_dependent_attributes__'] with its own pickle.Unpickler (older skorch: torch.load), writes them to a temporary file and passes state['torch_load_kwargs'] (weights_only among them) on; the nested pickle has to be scanned like the outer one`,
    },
  ],
  [
    'skrub',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `skrub._dataframe._common: fill_nulls is_any_date is_categorical is_numeric
skrub._table_vectorizer: _created_by_predicate
skrub.selectors._selectors: _cardinality_below`,
      },
      {
        why: REASONS[25],
        names: `skrub._apply_to_each_col: ApplyToEachCol
skrub._check_input: CheckInputDataFrame
skrub._clean_categories: CleanCategories
skrub._clean_null_strings: CleanNullStrings
skrub._datetime_encoder: DatetimeEncoder _SplineEncoder
skrub._drop_uninformative: DropUninformative
skrub._duration_to_float: DurationToFloat
skrub._gap_encoder: GapEncoder
skrub._joiner: Joiner
skrub._matching: RandomPairs
skrub._minhash_encoder: MinHashEncoder
skrub._select_cols: DropCols SelectCols
skrub._similarity_encoder: SimilarityEncoder
skrub._squashing_scaler: SquashingScaler
skrub._string_encoder: StringEncoder
skrub._table_vectorizer: Cleaner PassThrough TableVectorizer
skrub._to_categorical: ToCategorical
skrub._to_datetime: ToDatetime
skrub._to_float: ToFloat
skrub._to_str: ToStr`,
      },
      {
        why: REASONS[5],
        names: `skrub._table_vectorizer: ShortReprDict
skrub._utils: LRUDict
skrub.selectors._base: All And Cols Filter Sub`,
      },
      ],
    },
  ],
  [
    'sksurv',
    {
      groups: [
      {
        why: REASONS[25],
        names: `sksurv.ensemble.boosting: ComponentwiseGradientBoostingSurvivalAnalysis ComponentwiseLeastSquares GradientBoostingSurvivalAnalysis _ComponentwiseLeastSquares
sksurv.ensemble.forest: ExtraSurvivalTrees RandomSurvivalForest
sksurv.ensemble.survival_loss: DummySurvivalEstimator
sksurv.linear_model.aft: IPCRidge
sksurv.linear_model.coxnet: CoxnetSurvivalAnalysis
sksurv.linear_model.coxph: CoxPHSurvivalAnalysis
sksurv.meta.stacking: Stacking
sksurv.nonparametric: CensoringDistributionEstimator SurvivalFunctionEstimator
sksurv.preprocessing: OneHotEncoder
sksurv.svm.minlip: HingeLossSurvivalSVM
sksurv.svm.naive_survival_svm: NaiveSurvivalSVM
sksurv.svm.survival_svm: FastKernelSurvivalSVM FastSurvivalSVM
sksurv.tree.tree: ExtraSurvivalTree SurvivalTree`,
      },
      {
        why: REASONS[5],
        names: `sksurv._dataframe._categorical_semantics: ColumnSemantics
sksurv.ensemble.survival_loss: CoxPH
sksurv.functions: StepFunction
sksurv.linear_model.coxph: BreslowEstimator`,
      },
      ],
    },
  ],
  [
    'sktime',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `sktime.clustering.metrics.averaging._averaging: mean_average
sktime.clustering.partitioning._lloyds: _random_center_initializer`,
      },
      {
        why: REASONS[35],
        names: `sktime.datatypes._dtypekind: DtypeKind`,
      },
      {
        why: REASONS[5],
        names: `sktime.classification.compose._pipeline: SklearnClassifierPipeline
sktime.classification.distance_based._time_series_neighbors: KNeighborsTimeSeriesClassifier
sktime.classification.dummy._dummy: DummyClassifier
sktime.classification.ensemble._bagging: BaggingClassifier
sktime.classification.interval_based._tsf: TimeSeriesForestClassifier
sktime.classification.kernel_based._rocket_classifier: RocketClassifier
sktime.clustering.k_means._k_means: TimeSeriesKMeans
sktime.dists_kernels.base.adapters._sklearn: _SklearnDistanceAdapter
sktime.forecasting.arima: ARIMA
sktime.forecasting.arima._pmdarima: ARIMA
sktime.forecasting.compose._ensemble: EnsembleForecaster
sktime.forecasting.compose._pipeline: TransformedTargetForecaster
sktime.forecasting.compose._reduce: DirectTabularRegressionForecaster RecursiveTabularRegressionForecaster
sktime.forecasting.exp_smoothing: ExponentialSmoothing
sktime.forecasting.model_selection._gridsearch: ForecastingGridSearchCV
sktime.forecasting.model_selection._tune: ForecastingGridSearchCV
sktime.forecasting.naive: NaiveForecaster
sktime.forecasting.naive._naive: NaiveForecaster
sktime.forecasting.theta: ThetaForecaster
sktime.forecasting.trend._polynomial_trend_forecaster: PolynomialTrendForecaster
sktime.forecasting.trend._trend_forecaster: TrendForecaster
sktime.regression.dummy._dummy: DummyRegressor
sktime.split.expandingwindow: ExpandingWindowSplitter
sktime.split.slidingwindow: SlidingWindowSplitter
sktime.transformations.adapt: TabularToSeriesAdaptor
sktime.transformations.compose._pipeline: TransformerPipeline
sktime.transformations.detrend._deseasonalize: Deseasonalizer
sktime.transformations.detrend._detrend: Detrender
sktime.transformations.panel.rocket._rocket: Rocket
sktime.transformations.rocket._rocket: Rocket
sktime.transformations.series.adapt: TabularToSeriesAdaptor
sktime.transformations.series.boxcox: BoxCoxTransformer
sktime.transformations.series.detrend._deseasonalize: Deseasonalizer
sktime.transformations.series.detrend._detrend: Detrender
sktime.transformations.series.difference: Differencer
sktime.transformations.series.impute: Imputer
sktime.transformations.series.summarize: WindowSummarizer
sktime.transformations.summarize._window: WindowSummarizer`,
      },
      {
        why: REASONS[150],
        names: `sktime.forecasting.base._fh: ForecastingHorizon`,
      },
      ],
    },
  ],
  [
    'slicer',
    {
      groups: [
      {
        why: REASONS[5],
        names: `slicer.slicer_internal: Alias AliasLookup Obj`,
      },
      {
        why: REASONS[151],
        names: `slicer.slicer: Slicer`,
      },
      ],
    },
  ],
  [
    'sortedcontainers',
    {
      groups: [
      {
        why: REASONS[152],
        names: `sortedcontainers.sortedlist: SortedList`,
      },
      ],
      refused: `
sortedcontainers.sorteddict SortedDict: A key function that is no known one would be called on every item
sortedcontainers.sortedlist SortedKeyList: Calls its second argument on every item
sortedcontainers.sortedset SortedSet: A key function that is no known one would be called on every item`,
    },
  ],
  [
    'spacy',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `spacy.lang.de.syntax_iterators: noun_chunks
spacy.lang.en.lex_attrs: like_num
spacy.lang.en.syntax_iterators: noun_chunks
spacy.lang.lex_attrs: get_lang is_alpha is_ascii is_bracket is_currency is_digit is_left_punct is_lower is_punct is_quote is_right_punct is_space is_stop is_title is_upper like_email like_num like_url lower prefix suffix word_shape
spacy.matcher.levenshtein: levenshtein_compare
spacy.ml.extract_ngrams: forward
spacy.ml.models.textcat: resize_and_set_ref
spacy.pipeline.entityruler: entity_ruler_score
spacy.pipeline.senter: senter_score
spacy.pipeline.textcat: textcat_score
spacy.util: raise_error`,
      },
      {
        why: REASONS[21],
        names: `spacy.util: SimpleFrozenList`,
      },
      {
        why: REASONS[153],
        names: `spacy.strings: StringStore`,
      },
      {
        why: REASONS[154],
        names: `spacy.morphology: unpickle_morphology`,
      },
      {
        why: REASONS[1],
        names: `spacy.lang.de: German
spacy.lang.en: English
spacy.language: FactoryMeta
spacy.lookups: Lookups`,
      },
      ],
      refused: `
spacy.lookups Table: An OrderedDict whose __setitem__ hashes into a C Bloom filter; state sets the filter
spacy.matcher.matcher unpickle_matcher: Compiled (Cython): rebuilds C patterns, calls add() and stored callbacks' setters; takes a Vocab
spacy.matcher.phrasematcher unpickle_matcher: Compiled (Cython): rebuilds the C trie, runs stored docs through it
spacy.pipeline.entityruler EntityRuler: Compiled (Cython): typed fields from the state, unchecked
spacy.pipeline.pipe __pyx_unpickle_Pipe: Compiled (Cython): calls __new__ of the class given, sets typed fields from the state
spacy.pipeline.sentencizer Sentencizer: Compiled (Cython): typed fields from the state, unchecked
spacy.pipeline.textcat TextCategorizer: Compiled (Cython): typed fields from the state, unchecked
spacy.pipeline.trainable_pipe __pyx_unpickle_TrainablePipe: Compiled (Cython): calls __new__ of the class given, sets typed fields from the state
spacy.tokenizer Tokenizer: compiled: calls the stored callables (prefix_search, token_match …) while it loads its special cases
spacy.tokens._serialize unpickle_bin: Zlib and msgpack of bytes into C arrays of tokens
spacy.tokens.doc unpickle_doc: srsly.pickle_loads on an argument: a second stream inside of the first; C arrays of tokens from bytes
spacy.vectors unpickle_vectors: compiled: from_bytes; arrays and row numbers that C code trusts
spacy.vocab unpickle_vocab: srsly.pickle_loads on an argument (lex_attr_getters): a second stream inside of the first (a text of 3,582 characters in a default save)`,
    },
  ],
  [
    'sparse',
    {
      groups: [
      {
        why: REASONS[1],
        names: `sparse.numba_backend._compressed.compressed: GCXS
sparse.numba_backend._dok: DOK`,
      },
      {
        why: REASONS[155],
        names: `sparse.numba_backend._coo.core: COO`,
      },
      ],
    },
  ],
  [
    'spglib',
    {
      groups: [
      {
        why: REASONS[1],
        names: `spglib.spg: SpglibDataset`,
      },
      ],
    },
  ],
  [
    'sqlalchemy',
    {
      groups: [
      {
        why: REASONS[156],
        names: `sqlalchemy.util._collections: FacadeDict`,
      },
      {
        why: REASONS[8],
        names: `sqlalchemy.engine.url: URL`,
      },
      {
        why: REASONS[157],
        storedOnly: true,
        names: `sqlalchemy.engine.row: Row`,
      },
      {
        why: REASONS[88],
        names: `sqlalchemy.sql.elements: _anonymous_label quoted_name`,
      },
      {
        why: REASONS[12],
        names: `sqlalchemy.sql.schema: SchemaConst
sqlalchemy.sql.selectable: SelectLabelStyle`,
      },
      {
        why: REASONS[158],
        names: `sqlalchemy.util._immutabledict_cy: immutabledict`,
      },
      {
        why: REASONS[159],
        names: `sqlalchemy.sql.schema: MetaData`,
      },
      {
        why: REASONS[1],
        names: `sqlalchemy.event.base: _UnpickleDispatch
sqlalchemy.sql.elements: TextClause
sqlalchemy.sql.schema: PrimaryKeyConstraint
sqlalchemy.sql.selectable: Select
sqlalchemy.sql.sqltypes: Boolean DateTime Float HasExpressionLookup Integer JSON LargeBinary NullType Numeric String`,
      },
      {
        why: REASONS[160],
        names: `sqlalchemy.sql.sqltypes: HasExpressionLookup.Comparator`,
      },
      {
        why: REASONS[54],
        names: `sqlalchemy.sql.elements: BinaryExpression
sqlalchemy.sql.schema: Column`,
      },
      {
        why: REASONS[161],
        names: `sqlalchemy.sql.elements: BindParameter`,
      },
      {
        why: REASONS[162],
        names: `sqlalchemy.sql.schema: Table`,
      },
      ],
      refused: `
sqlalchemy.engine._row_cy rowproxy_reconstructor: Calls __new__ and __setstate__ of whatever class is given
sqlalchemy.engine.cursor CursorResultMetaData: calls the items method of what its state holds
sqlalchemy.sql.sqltypes PickleType: TypeDecorator calls its 4th argument (impl) if it is callable (seen); __getattr__ forwards to impl`,
    },
  ],
  [
    'stable_baselines3',
    {
      groups: [
      {
        why: REASONS[8],
        names: `stable_baselines3.common.type_aliases: TrainFreq`,
      },
      {
        why: REASONS[12],
        names: `stable_baselines3.common.type_aliases: TrainFrequencyUnit`,
      },
      {
        why: REASONS[1],
        names: `stable_baselines3.common.buffers: DictReplayBuffer ReplayBuffer RolloutBuffer
stable_baselines3.common.distributions: CategoricalDistribution SquashedDiagGaussianDistribution
stable_baselines3.common.noise: NormalActionNoise OrnsteinUhlenbeckActionNoise
stable_baselines3.common.running_mean_std: RunningMeanStd`,
      },
      {
        why: REASONS[27],
        names: `stable_baselines3.common.policies: ActorCriticPolicy BasePolicy ContinuousCritic
stable_baselines3.common.torch_layers: FlattenExtractor MlpExtractor
stable_baselines3.sac.policies: Actor SACPolicy`,
      },
      ],
    },
  ],
  [
    'stanio',
    {
      groups: [
      {
        why: REASONS[35],
        names: `stanio.reshape: VariableType`,
      },
      {
        why: REASONS[5],
        names: `stanio.reshape: Variable`,
      },
      ],
    },
  ],
  [
    'statsforecast',
    {
      groups: [
      {
        why: REASONS[46],
        names: `statsforecast.ets: results
statsforecast.utils: results`,
      },
      {
        why: REASONS[5],
        names: `statsforecast.core: GroupedArray StatsForecast
statsforecast.models: ADIDA ARIMA AutoARIMA AutoCES AutoETS AutoTheta CrostonClassic GARCH HistoricAverage HoltWinters IMAPA MSTL Naive SeasonalNaive SimpleExponentialSmoothing TSB
statsforecast.utils: ConformalIntervals`,
      },
      ],
    },
  ],
  [
    'statsmodels',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `statsmodels.stats.sandwich_covariance: weights_bartlett`,
      },
      ],
    },
  ],
  [
    'sumy',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `sumy.nlp.stemmers: null_stemmer`,
      },
      {
        why: REASONS[16],
        names: `sumy.models.dom._paragraph: Paragraph
sumy.models.dom._sentence: Sentence`,
      },
      {
        why: REASONS[1],
        names: `sumy.models.dom._document: ObjectDocumentModel
sumy.models.tf: TfDocumentModel
sumy.nlp.stemmers: Stemmer
sumy.summarizers.lex_rank: LexRankSummarizer
sumy.summarizers.lsa: LsaSummarizer
sumy.summarizers.luhn: LuhnSummarizer
sumy.summarizers.random: RandomSummarizer`,
      },
      ],
    },
  ],
  [
    'suod',
    {
      groups: [
      {
        why: REASONS[5],
        names: `suod.models.base: SUOD`,
      },
      ],
    },
  ],
  [
    'surprise',
    {
      groups: [
      {
        why: REASONS[46],
        names: `surprise.prediction_algorithms.predictions: Prediction`,
      },
      {
        why: REASONS[5],
        names: `surprise.dataset: DatasetAutoFolds
surprise.model_selection.search: GridSearchCV
surprise.model_selection.split: KFold
surprise.prediction_algorithms.baseline_only: BaselineOnly
surprise.prediction_algorithms.knns: KNNBaseline KNNBasic KNNWithMeans KNNWithZScore
surprise.prediction_algorithms.random_pred: NormalPredictor
surprise.reader: Reader
surprise.trainset: Trainset`,
      },
      {
        why: REASONS[32],
        names: `surprise.prediction_algorithms.co_clustering: CoClustering
surprise.prediction_algorithms.matrix_factorization: NMF SVD SVDpp
surprise.prediction_algorithms.slope_one: SlopeOne`,
      },
      ],
    },
  ],
  [
    'sympy',
    {
      refused: `
sympy.combinatorics.permutations Permutation: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.concrete.summations Sum: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.add Add: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.containers Tuple: RUNS CODE (tried): its __new__ gives each argument to sympify, which evaluates texts: Tuple.__new__(Tuple, "__import__('os').getpid()") ran it
sympy.core.function Derivative: RUNS CODE: its __new__ sympifies the expression before it complains (tried: the text was evaluated, then TypeError)
sympy.core.function Lambda: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.function _rebuild_undef: Makes a class with attributes named by the stream (Function(name, **kwargs))
sympy.core.mul Mul: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.numbers Float: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.power Pow: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.relational Equality: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.relational StrictGreaterThan: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.relational StrictLessThan: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Dummy: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Str: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.core.symbol Wild: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.exponential exp: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.piecewise ExprCondPair: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.piecewise Piecewise: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.functions.elementary.trigonometric sin: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.geometry.point Point2D: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.geometry.polygon Triangle: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.integrals.integrals Integral: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg And: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg BooleanFalse: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg BooleanTrue: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg Not: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.logic.boolalg Or: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.dense MutableDenseMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.expressions.matexpr MatrixSymbol: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.immutable ImmutableDenseMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.matrices.sparse MutableSparseMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.physics.units.quantities Quantity: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.domains.expressionrawdomain ExpressionRawDomain: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.domains.integerring IntegerRing: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.domains.rationalfield RationalField: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.matrices.domainmatrix DomainMatrix: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.polys.polytools Poly: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.series.limits Limit: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.series.order Order: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.fancysets Integers: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.fancysets Naturals: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.fancysets Reals: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets EmptySet: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets FiniteSet: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets Interval: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.sets.sets Union: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.stats.crv SingleContinuousPSpace: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.stats.crv_types NormalDistribution: RUNS CODE (tried): its __new__ gives the arguments to sympify, which evaluates texts
sympy.stats.rv RandomSymbol: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.tensor.array.dense_ndim_array ImmutableDenseNDimArray: RUNS CODE (tried): its __new__ sympifies the elements, texts are evaluated
sympy.tensor.indexed Idx: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.tensor.indexed Indexed: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state
sympy.tensor.indexed IndexedBase: NEWOBJ calls a constructor that sympifies its arguments: text is parsed by eval (parse_expr), and Basic.__setstate__ sets attributes by names of the state`,
    },
  ],
  [
    'tbats',
    {
      groups: [
      {
        why: REASONS[25],
        names: `tbats.tbats.TBATS: TBATS`,
      },
      {
        why: REASONS[5],
        names: `tbats.abstract.MatrixBuilderCache: MatrixBuilderCache
tbats.bats.Components: Components
tbats.bats.Context: Context
tbats.bats.MatrixBuilder: MatrixBuilder
tbats.bats.Model: Model
tbats.bats.ModelParams: ModelParams
tbats.error.ExceptionHandler: ExceptionHandler
tbats.tbats.Components: Components
tbats.tbats.Context: Context
tbats.tbats.MatrixBuilder: MatrixBuilder
tbats.tbats.Model: Model
tbats.tbats.ModelParams: ModelParams`,
      },
      ],
    },
  ],
  [
    'tblib',
    {
      refused: `
tblib.pickling_support unpickle_exception: func(*args): calls whatever is given (a full gadget)
tblib.pickling_support unpickle_exception_with_attrs: func.__new__(func, *args) of whatever is given, then setattr of names from the stream`,
    },
  ],
  [
    'tensorflow',
    {
      groups: [
      {
        why: REASONS[163],
        names: `tensorflow.python.framework.tensor_shape: TensorShape`,
      },
      {
        why: REASONS[164],
        names: `tensorflow.python.framework.errors_impl: NotFoundError`,
      },
      {
        why: REASONS[165],
        names: `tensorflow.python.framework.dtypes: as_dtype`,
      },
      {
        why: REASONS[166],
        names: `tensorflow.python.framework.tensor_shape: Dimension`,
      },
      {
        why: REASONS[167],
        names: `tensorflow.python.framework.tensor: TensorSpec`,
      },
      {
        why: REASONS[168],
        names: `tensorflow.python.ops.ragged.ragged_tensor: RaggedTensorSpec`,
      },
      ],
      refused: `
tensorflow.python.framework.ops convert_to_tensor: Asks its argument for __tf_tensor__ and __array__ and converts it, which calls what an open instance stores`,
    },
  ],
  [
    'tensorly',
    {
      groups: [
      {
        why: REASONS[1],
        names: `tensorly.cp_tensor: CPTensor
tensorly.decomposition._cp: CP
tensorly.decomposition._tucker: Tucker
tensorly.parafac2_tensor: Parafac2Tensor
tensorly.regression.cp_regression: CPRegressor
tensorly.tr_tensor: TRTensor
tensorly.tt_tensor: TTTensor
tensorly.tucker_tensor: TuckerTensor`,
      },
      ],
    },
  ],
  [
    'textblob',
    {
      groups: [
      {
        why: REASONS[97],
        names: `textblob.blob: WordList`,
      },
      {
        why: REASONS[1],
        names: `textblob.blob: Blobber Sentence TextBlob
textblob.classifiers: DecisionTreeClassifier NaiveBayesClassifier
textblob.en.np_extractors: FastNPExtractor
textblob.en.parsers: PatternParser
textblob.en.sentiments: PatternAnalyzer
textblob.en.taggers: NLTKTagger PatternTagger
textblob.tokenizers: WordTokenizer`,
      },
      {
        why: REASONS[17],
        names: `textblob.blob: Word`,
      },
      ],
    },
  ],
  [
    'tf_keras',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `tf_keras.src.losses: mean_squared_error`,
      },
      {
        why: REASONS[1],
        names: `tf_keras.src.backend: RandomGenerator
tf_keras.src.callbacks: EarlyStopping History
tf_keras.src.initializers.initializers: GlorotUniform
tf_keras.src.losses: MeanSquaredError
tf_keras.src.preprocessing.image: ImageDataGenerator
tf_keras.src.preprocessing.sequence: TimeseriesGenerator
tf_keras.src.preprocessing.text: Tokenizer`,
      },
      ],
      refused: `
tf_keras.src.saving.pickle_utils deserialize_model_from_bytecode: Writes the bytes to a temporary file and loads it as a Keras model: imports by name, Lambda layers run code`,
    },
  ],
  [
    'thinc',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `thinc.initializers: glorot_uniform_init zero_init
thinc.layers.chain: forward init
thinc.layers.linear: forward init
thinc.layers.resizable: forward init resize_linear_weighted
thinc.layers.softmax_activation: forward
thinc.layers.sparselinear: forward init
thinc.layers.with_cpu: forward init
thinc.model: empty_init`,
      },
      {
        why: REASONS[16],
        names: `thinc.optimizers: Optimizer`,
      },
      {
        why: REASONS[1],
        names: `thinc.backends._param_server: ParamServer
thinc.backends.numpy_ops: NumpyOps`,
      },
      ],
      refused: `
thinc.model Model: Keeps functions (forward, init) that run when the pipeline is used; parameters into C and numpy ops`,
    },
  ],
  [
    'time',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `time: monotonic`,
      },
      ],
    },
  ],
  [
    'timm',
    {
      groups: [
      {
        why: REASONS[12],
        names: `timm.layers.format: Format`,
      },
      {
        why: REASONS[1],
        names: `timm.data.mixup: Mixup
timm.data.transforms: MaybeToTensor RandomResizedCropAndInterpolation
timm.models._features: FeatureInfo
timm.scheduler.cosine_lr: CosineLRScheduler`,
      },
      {
        why: REASONS[27],
        names: `timm.layers.activations: GELU GELUTanh Sigmoid
timm.layers.adaptive_avgmax_pool: FastAdaptiveAvgPool SelectAdaptivePool2d
timm.layers.attention: Attention
timm.layers.classifier: ClNormMlpClassifierHead ClassifierHead NormMlpClassifierHead
timm.layers.conv_bn_act: ConvNormAct
timm.layers.drop: DropPath
timm.layers.layer_scale: LayerScale
timm.layers.mlp: Mlp
timm.layers.norm: LayerNorm LayerNorm2d
timm.layers.norm_act: BatchNormAct2d
timm.layers.patch_embed: PatchEmbed
timm.layers.pool2d_same: AvgPool2dSame
timm.layers.squeeze_excite: SEModule
timm.layers.std_conv: ScaledStdConv2d
timm.loss.cross_entropy: LabelSmoothingCrossEntropy
timm.models._efficientnet_blocks: ConvBnAct EdgeResidual InvertedResidual SqueezeExcite
timm.models._features: FeatureListNet
timm.models.byobnet: BasicBlock BottleneckBlock ByobNet DarkBlock DownsampleAvg EdgeBlock
timm.models.convnext: ConvNeXt ConvNeXtBlock ConvNeXtStage
timm.models.efficientnet: EfficientNet
timm.models.mambaout: DownsampleNormFirst GatedConvBlock MambaOut MambaOutStage Stem
timm.models.mlp_mixer: MixerBlock MlpMixer
timm.models.nfnet: DownsampleAvg NormFreeBlock NormFreeNet
timm.models.resnet: BasicBlock Bottleneck ResNet
timm.models.swin_transformer: PatchMerging SwinTransformer SwinTransformerBlock SwinTransformerStage WindowAttention
timm.models.vision_transformer: Block VisionTransformer
timm.utils.model_ema: ModelEmaV2`,
      },
      ],
    },
  ],
  [
    'tokenizers',
    {
      groups: [
      {
        why: REASONS[169],
        names: `tokenizers: AddedToken Encoding Tokenizer
tokenizers.decoders: WordPiece
tokenizers.models: Model WordLevel
tokenizers.normalizers: Sequence
tokenizers.pre_tokenizers: Sequence
tokenizers.processors: TemplateProcessing`,
      },
      {
        why: REASONS[1],
        names: `tokenizers.implementations.bert_wordpiece: BertWordPieceTokenizer
tokenizers.implementations.byte_level_bpe: ByteLevelBPETokenizer`,
      },
      ],
    },
  ],
  [
    'toolz',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `toolz.itertoolz: get`,
      },
      {
        why: REASONS[170],
        storedOnly: true,
        names: `toolz.functoolz: curry`,
      },
      {
        why: REASONS[171],
        names: `toolz.functoolz: juxt`,
      },
      {
        why: REASONS[172],
        names: `toolz.functoolz: Compose`,
      },
      ],
      refused: `
toolz.functoolz _restore_curry: Imports the module and takes the attributes that a text names ('module:qualname'), and keeps it as callable`,
    },
  ],
  [
    'torch',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `torch.nn.functional: cross_entropy mse_loss`,
      },
      {
        why: REASONS[177],
        names: `torch._C: _VariableFunctionsClass`,
      },
      {
        why: REASONS[120],
        names: `torch.utils.data.sampler: BatchSampler SequentialSampler`,
      },
      {
        why: REASONS[178],
        storedOnly: true,
        names: `torch.utils.data._utils.collate: default_collate`,
      },
      ],
    },
  ],
  [
    'torch_geometric',
    {
      groups: [
      {
        why: REASONS[8],
        names: `torch_geometric.inspector: Parameter Signature`,
      },
      {
        why: REASONS[173],
        names: `torch_geometric.data.batch: Batch`,
      },
      {
        why: REASONS[174],
        names: `torch_geometric.data.storage: BaseStorage EdgeStorage GlobalStorage NodeStorage`,
      },
      {
        why: REASONS[175],
        names: `torch_geometric.data.data: Data
torch_geometric.data.hetero_data: HeteroData
torch_geometric.data.temporal: TemporalData`,
      },
      {
        why: REASONS[1],
        names: `torch_geometric.data.data: DataEdgeAttr DataTensorAttr
torch_geometric.data.feature_store: TensorAttr
torch_geometric.data.graph_store: EdgeAttr
torch_geometric.inspector: Inspector
torch_geometric.transforms.add_self_loops: AddSelfLoops
torch_geometric.transforms.compose: Compose
torch_geometric.transforms.normalize_features: NormalizeFeatures
torch_geometric.transforms.random_node_split: RandomNodeSplit
torch_geometric.transforms.to_undirected: ToUndirected`,
      },
      {
        why: REASONS[176],
        names: `torch_geometric.edge_index: EdgeIndex`,
      },
      {
        why: REASONS[27],
        names: `torch_geometric.nn.aggr.basic: MeanAggregation SumAggregation
torch_geometric.nn.dense.linear: Linear
torch_geometric.nn.models.basic_gnn: GCN GIN
torch_geometric.nn.models.mlp: MLP
torch_geometric.nn.norm.graph_norm: GraphNorm
torch_geometric.nn.pool.connect.filter_edges: FilterEdges
torch_geometric.nn.pool.select.topk: SelectTopK
torch_geometric.nn.pool.topk_pool: TopKPooling
torch_geometric.utils._trim_to_layer: TrimToLayer`,
      },
      ],
      refused: `
torch_geometric.data.batch DynamicInheritanceGetter: Its instance is called (a call of a call's result): makes a subclass of the classes given, runs their __init_subclass__
torch_geometric.nn.conv.gat_conv GATConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.gcn_conv GCNConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.gin_conv GINConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.rgcn_conv RGCNConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state
torch_geometric.nn.conv.sage_conv SAGEConv: REMOTE CODE BY TEXT: writes a Python module from a template with names out of the state's inspector (modules, signatures), and imports it: code from the state`,
    },
  ],
  [
    'torchdata',
    {
      groups: [
      {
        why: REASONS[1],
        names: `torchdata.stateful_dataloader.sampler: BatchSampler
torchdata.stateful_dataloader.stateful_dataloader: StatefulDataLoader`,
      },
      ],
    },
  ],
  [
    'torchmetrics',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `torchmetrics.metric: jit_distributed_available
torchmetrics.utilities.data: dim_zero_cat dim_zero_sum`,
      },
      {
        why: REASONS[27],
        names: `torchmetrics.collections: MetricCollection
torchmetrics.wrappers.tracker: MetricTracker`,
      },
      ],
    },
  ],
  [
    'torchtuples',
    {
      groups: [
      {
        why: REASONS[101],
        names: `torchtuples.practical: DenseVanillaBlock MLPVanilla`,
      },
      ],
    },
  ],
  [
    'torchvision',
    {
      groups: [
      {
        why: REASONS[12],
        names: `torchvision.models.resnet: ResNet18_Weights
torchvision.transforms.functional: InterpolationMode`,
      },
      {
        why: REASONS[1],
        names: `torchvision.models._api: Weights
torchvision.transforms.transforms: Compose ToTensor`,
      },
      {
        why: REASONS[52],
        names: `torchvision.tv_tensors._image: Image`,
      },
      {
        why: REASONS[27],
        names: `torchvision.models.convnext: CNBlock ConvNeXt LayerNorm2d
torchvision.models.densenet: DenseNet _DenseBlock _DenseLayer _Transition
torchvision.models.detection.anchor_utils: AnchorGenerator
torchvision.models.detection.faster_rcnn: FastRCNNPredictor
torchvision.models.efficientnet: EfficientNet MBConv
torchvision.models.mnasnet: MNASNet _InvertedResidual
torchvision.models.mobilenetv2: InvertedResidual MobileNetV2
torchvision.models.regnet: AnyStage BottleneckTransform RegNet ResBottleneckBlock SimpleStemIN
torchvision.models.resnet: BasicBlock Bottleneck
torchvision.models.shufflenetv2: InvertedResidual ShuffleNetV2
torchvision.models.squeezenet: Fire SqueezeNet
torchvision.models.swin_transformer: PatchMerging ShiftedWindowAttention SwinTransformer SwinTransformerBlock
torchvision.models.vision_transformer: Encoder EncoderBlock MLPBlock VisionTransformer
torchvision.ops.feature_pyramid_network: FeaturePyramidNetwork
torchvision.ops.misc: Conv2dNormActivation FrozenBatchNorm2d MLP Permute SqueezeExcitation
torchvision.ops.poolers: MultiScaleRoIAlign
torchvision.ops.stochastic_depth: StochasticDepth
torchvision.transforms.autoaugment: RandAugment
torchvision.transforms.transforms: CenterCrop ColorJitter Normalize RandomHorizontalFlip RandomResizedCrop RandomRotation Resize
torchvision.transforms.v2._container: Compose
torchvision.transforms.v2._geometry: RandomHorizontalFlip Resize
torchvision.transforms.v2._misc: ToDtype`,
      },
      ],
    },
  ],
  [
    'tpot',
    {
      groups: [
      {
        why: REASONS[25],
        names: `tpot.builtins.feature_set_selector: FeatureSetSelector
tpot.builtins.one_hot_encoder: OneHotEncoder
tpot.builtins.stacking_estimator: StackingEstimator
tpot.builtins.zero_count: ZeroCount`,
      },
      {
        why: REASONS[5],
        names: `tpot.builtins.combine_dfs: CombineDFs`,
      },
      ],
    },
  ],
  [
    'transformers',
    {
      groups: [
      {
        why: REASONS[8],
        names: `transformers.trainer_utils: PredictionOutput`,
      },
      {
        why: REASONS[179],
        names: `transformers.utils.quantization_config: QuantizationMethod`,
      },
      {
        why: REASONS[0],
        names: `transformers.models.bert.tokenization_bert: BertTokenizer
transformers.tokenization_utils_tokenizers: TokenizersBackend`,
      },
      {
        why: REASONS[1],
        names: `transformers.cache_utils: DynamicCache DynamicLayer
transformers.data.data_collator: DataCollatorWithPadding
transformers.generation.configuration_utils: GenerationConfig
transformers.image_utils: SizeDict
transformers.models.bert.configuration_bert: BertConfig
transformers.models.clip.configuration_clip: CLIPConfig CLIPTextConfig CLIPVisionConfig
transformers.models.distilbert.configuration_distilbert: DistilBertConfig
transformers.models.gpt2.configuration_gpt2: GPT2Config
transformers.models.llama.configuration_llama: LlamaConfig
transformers.models.mistral.configuration_mistral: MistralConfig
transformers.models.qwen2.configuration_qwen2: Qwen2Config
transformers.models.roberta.configuration_roberta: RobertaConfig
transformers.models.t5.configuration_t5: T5Config
transformers.models.vit.configuration_vit: ViTConfig
transformers.models.vit.image_processing_vit: ViTImageProcessor
transformers.models.whisper.configuration_whisper: WhisperConfig
transformers.models.whisper.feature_extraction_whisper: WhisperFeatureExtractor
transformers.utils.quantization_config: BitsAndBytesConfig`,
      },
      {
        why: REASONS[72],
        names: `transformers.tokenization_utils_base: BatchEncoding`,
      },
      {
        why: REASONS[27],
        names: `transformers.activations: GELUActivation NewGELUActivation QuickGELUActivation SiLUActivation
transformers.models.bert.modeling_bert: BertAttention BertEmbeddings BertEncoder BertForSequenceClassification BertIntermediate BertLayer BertModel BertOutput BertPooler BertSelfAttention BertSelfOutput
transformers.models.clip.modeling_clip: CLIPAttention CLIPEncoder CLIPEncoderLayer CLIPMLP CLIPTextEmbeddings CLIPTextModel
transformers.models.distilbert.modeling_distilbert: DistilBertForSequenceClassification DistilBertModel DistilBertSelfAttention Embeddings FFN Transformer TransformerBlock
transformers.models.gpt2.modeling_gpt2: GPT2Attention GPT2Block GPT2LMHeadModel GPT2MLP GPT2Model
transformers.models.llama.modeling_llama: LlamaAttention LlamaDecoderLayer LlamaForCausalLM LlamaMLP LlamaModel LlamaRMSNorm LlamaRotaryEmbedding
transformers.models.mistral.modeling_mistral: MistralAttention MistralDecoderLayer MistralForCausalLM MistralMLP MistralModel MistralRMSNorm MistralRotaryEmbedding
transformers.models.qwen2.modeling_qwen2: Qwen2Attention Qwen2DecoderLayer Qwen2ForCausalLM Qwen2MLP Qwen2Model Qwen2RMSNorm Qwen2RotaryEmbedding
transformers.models.roberta.modeling_roberta: RobertaAttention RobertaEmbeddings RobertaEncoder RobertaForTokenClassification RobertaIntermediate RobertaLayer RobertaModel RobertaOutput RobertaSelfAttention RobertaSelfOutput
transformers.models.t5.modeling_t5: T5Attention T5Block T5DenseActDense T5ForConditionalGeneration T5LayerCrossAttention T5LayerFF T5LayerNorm T5LayerSelfAttention T5Stack
transformers.models.vit.modeling_vit: ViTAttention ViTEmbeddings ViTForImageClassification ViTLayer ViTMLP ViTModel ViTPatchEmbeddings
transformers.models.whisper.modeling_whisper: WhisperAttention WhisperDecoder WhisperDecoderLayer WhisperEncoder WhisperEncoderLayer WhisperForConditionalGeneration WhisperModel WhisperPositionalEmbedding
transformers.pytorch_utils: Conv1D`,
      },
      ],
      refused: `
transformers.modeling_outputs SequenceClassifierOutput: __post_init__ iterates a first argument that is no tensor and sets attributes by its names; __setitem__ too`,
    },
  ],
  [
    'treelib',
    {
      groups: [
      {
        why: REASONS[1],
        names: `treelib.node: Node
treelib.tree: Tree`,
      },
      ],
    },
  ],
  [
    'trimesh',
    {
      groups: [
      {
        why: REASONS[180],
        names: `trimesh.caching: TrackedArray`,
      },
      {
        why: REASONS[0],
        names: `trimesh.primitives: PrimitiveAttributes`,
      },
      {
        why: REASONS[1],
        names: `trimesh.caching: Cache DataStore
trimesh.parent: LoadSource
trimesh.path.entities: Line
trimesh.permutate: Permutator
trimesh.proximity: ProximityQuery
trimesh.scene.transforms: EnforcedForest
trimesh.triangles: MassProperties
trimesh.visual.color: VertexColor
trimesh.visual.material: PBRMaterial SimpleMaterial`,
      },
      ],
    },
  ],
  [
    'tsfresh',
    {
      groups: [
      {
        why: REASONS[25],
        names: `tsfresh.transformers.feature_augmenter: FeatureAugmenter
tsfresh.transformers.feature_selector: FeatureSelector
tsfresh.transformers.per_column_imputer: PerColumnImputer
tsfresh.transformers.relevant_feature_augmenter: RelevantFeatureAugmenter`,
      },
      ],
      refused: `
tsfresh.feature_extraction.settings ComprehensiveFCParameters: RUNS CODE: its __setstate__ calls cloudpickle.loads on every key of the state (a bytes key holding any pickle)
tsfresh.feature_extraction.settings EfficientFCParameters: RUNS CODE: its __setstate__ calls cloudpickle.loads on every key of the state (a bytes key holding any pickle)
tsfresh.feature_extraction.settings MinimalFCParameters: RUNS CODE: its __setstate__ calls cloudpickle.loads on every key of the state (a bytes key holding any pickle)`,
    },
  ],
  [
    'tslearn',
    {
      groups: [
      {
        why: REASONS[25],
        names: `tslearn.clustering.kmeans: KernelKMeans TimeSeriesKMeans
tslearn.clustering.kshape: KShape
tslearn.neighbors.neighbors: KNeighborsTimeSeries KNeighborsTimeSeriesClassifier KNeighborsTimeSeriesRegressor
tslearn.piecewise.piecewise: OneD_SymbolicAggregateApproximation PiecewiseAggregateApproximation SymbolicAggregateApproximation
tslearn.preprocessing.preprocessing: TimeSeriesResampler TimeSeriesScalerMeanVariance TimeSeriesScalerMinMax
tslearn.svm.svm: TimeSeriesSVC TimeSeriesSVR`,
      },
      ],
    },
  ],
  [
    'typing',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `typing: OrderedDict Tuple Union`,
      },
      {
        why: REASONS[181],
        names: `typing: Any`,
      },
      ],
    },
  ],
  [
    'ultralytics',
    {
      groups: [
      {
        why: REASONS[0],
        names: `ultralytics.engine.results: Boxes Results
ultralytics.utils.metrics: DetMetrics Metric`,
      },
      {
        why: REASONS[182],
        names: `ultralytics.utils: IterableSimpleNamespace`,
      },
      {
        why: REASONS[27],
        names: `ultralytics.nn.modules.block: Attention Bottleneck C1 C2 C2PSA C2f C3 C3k2 DFL PSABlock Proto SPPF
ultralytics.nn.modules.conv: CBAM ChannelAttention Concat Conv ConvTranspose DWConv Focus GhostConv RepConv SpatialAttention
ultralytics.nn.modules.head: Classify Detect OBB Pose Segment
ultralytics.nn.modules.transformer: AIFI
ultralytics.nn.tasks: DetectionModel`,
      },
      ],
    },
  ],
  [
    'umap',
    {
      groups: [
      {
        why: REASONS[25],
        names: `umap.umap_: UMAP`,
      },
      ],
    },
  ],
  [
    'uncertainties',
    {
      groups: [
      {
        why: REASONS[9],
        names: `uncertainties.core: LinearCombination`,
      },
      ],
    },
  ],
  [
    'urllib3',
    {
      groups: [
      {
        why: REASONS[1],
        names: `urllib3.util.retry: Retry`,
      },
      ],
    },
  ],
  [
    'woodwork',
    {
      groups: [
      {
        why: REASONS[5],
        names: `woodwork.column_schema: ColumnSchema
woodwork.logical_types: Categorical Datetime Double EmailAddress Integer LatLong NaturalLanguage Ordinal Unknown
woodwork.table_schema: TableSchema`,
      },
      ],
    },
  ],
  [
    'xarray',
    {
      groups: [
      {
        why: REASONS[16],
        names: `xarray.core.indexes: PandasIndex PandasMultiIndex
xarray.core.indexing: PandasIndexingAdapter PandasMultiIndexingAdapter`,
      },
      {
        why: REASONS[1],
        names: `xarray.coding.cftimeindex: CFTimeIndex`,
      },
      ],
    },
  ],
  [
    'yarl',
    {
      groups: [
      {
        why: REASONS[183],
        names: `yarl: URL`,
      },
      ],
    },
  ],
  [
    'yellowbrick',
    {
      groups: [
      {
        why: REASONS[7],
        storedOnly: true,
        names: `yellowbrick.cluster.elbow: distortion_score`,
      },
      {
        why: REASONS[35],
        names: `yellowbrick.utils.target: TargetType`,
      },
      {
        why: REASONS[25],
        names: `yellowbrick.features.pca: PCA
yellowbrick.features.rankd: Rank2D
yellowbrick.target.class_balance: ClassBalance`,
      },
      {
        why: REASONS[184],
        names: `yellowbrick.classifier.classification_report: ClassificationReport
yellowbrick.classifier.confusion_matrix: ConfusionMatrix
yellowbrick.classifier.rocauc: ROCAUC
yellowbrick.cluster.elbow: KElbowVisualizer
yellowbrick.cluster.silhouette: SilhouetteVisualizer
yellowbrick.model_selection.learning_curve: LearningCurve
yellowbrick.regressor.prediction_error: PredictionError
yellowbrick.regressor.residuals: ResidualsPlot`,
      },
      ],
    },
  ],
]);
