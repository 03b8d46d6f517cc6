// The structure of parsed answers: names and types, without values. Lists are the set of what is in them, and texts that
// only one of two answers can have at a place (a text or null) stay apart.
export function shape(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return [...new Set(value.map(it => JSON.stringify(shape(it))))].sort();
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(
    Object.keys(value)
      .filter(key => !key.startsWith('_') && value[key] !== undefined && typeof value[key] !== 'function')
      .sort()
      .map(key => [key, shape(value[key])]));
}

// Shapes in their order, repetitions left out.
export function shapes(values) {
  return values.map(it => JSON.stringify(shape(it))).filter((it, i, all) => i === 0 || it !== all[i - 1]);
}
