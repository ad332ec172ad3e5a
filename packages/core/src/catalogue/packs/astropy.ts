// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'astropy 8.0.2',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
astropy.cosmology._src.flrw.scalar_inv_efuncs: flcdm_inv_efunc flcdm_inv_efunc_norel`,
    },
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
astropy.cosmology._src.flrw.base: NeutrinoInfo`,
    },
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
astropy.coordinates.builtin_frames.galactic: Galactic
astropy.coordinates.builtin_frames.icrs: ICRS
astropy.coordinates.sky_coordinate: SkyCoord
astropy.modeling.core: CompoundModel`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
astropy.convolution.kernels: Gaussian1DKernel
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
      why: 'One fixed field. Read in its source and tried.',
      insideDanger: true,
      names: `
astropy.time.core: TimeInfo
astropy.units.quantity: QuantityInfo`,
    },
    {
      why: 'Three fixed fields, the third as weak reference.',
      insideDanger: true,
      names: `
astropy.nddata.nduncertainty: StdDevUncertainty`,
    },
    {
      why: "__new__ with a Time argument calls val.replicate(), with anything else object.__new__; __getattr__('__setstate__') raises AttributeError on an empty instance; __dict__.update.",
      insideDanger: true,
      names: `
astropy.time.core: Time TimeDelta`,
    },
  ],
  uses: `
NeutrinoInfo: n1(n,d) n7(d,d)
StdDevUncertainty: bT3(do)
Time: n1(o,o)
TimeDelta: n1(o,o)`,
  members: `
astropy.cosmology._src.flrw.lambdacdm.FlatLambdaCDM _flat_age
astropy.cosmology._src.flrw.lambdacdm.FlatLambdaCDM _flat_lookback_time
astropy.cosmology._src.flrw.lambdacdm.FlatLambdaCDM _hypergeometric_comoving_distance_z1z2`,
  shapes: '',
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
};
