/**
 * Classes with slots whose default pickles carry a two-part state (object.__reduce_ex__, copyreg._slotnames): the second
 * part is set attribute by attribute. Found by introspection of the allowed classes.
 */
const SLOT_WRITERS = new Set([
  'dateutil._common.weekday',
  'scipy.interpolate._cubic.Akima1DInterpolator',
  'scipy.interpolate._cubic.CubicHermiteSpline',
  'scipy.interpolate._cubic.CubicSpline',
  'scipy.interpolate._cubic.PchipInterpolator',
  'scipy.interpolate._interpolate.BPoly',
  'scipy.interpolate._interpolate.PPoly',
  'scipy.interpolate._interpolate._BPoly',
  'scipy.interpolate._interpolate._PPoly',
  'scipy.interpolate._interpolate.interp1d',
  'scipy.interpolate._polyint.BarycentricInterpolator',
  'scipy.interpolate._polyint.KroghInterpolator',
  'scipy.interpolate.interpolate.BPoly',
  'scipy.interpolate.interpolate.PPoly',
  'scipy.interpolate.interpolate.interp1d',
  'scipy.interpolate.polyint.BarycentricInterpolator',
  'scipy.interpolate.polyint.KroghInterpolator',
  'sklearn.utils._tags.ClassifierTags',
  'sklearn.utils._tags.InputTags',
  'sklearn.utils._tags.RegressorTags',
  'sklearn.utils._tags.Tags',
  'sklearn.utils._tags.TargetTags',
  'sklearn.utils._tags.TransformerTags',
]);

export function writesAttributeState(module: string, name: string): boolean {
  return SLOT_WRITERS.has(`${module}.${name}`);
}
