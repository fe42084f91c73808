// Arrays as frames.py packs them: base64 of whole numbers between low and high, or of float32.

const KINDS = { 8: Uint8Array, 16: Uint16Array, 32: Float32Array };

export function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed.data), (letter) => letter.charCodeAt(0));
  const codes = new KINDS[packed.bits](bytes.buffer);
  const { shape, low, high } = packed;
  if (packed.bits === 32) return { shape, values: codes };
  const largest = 2 ** packed.bits - 1, step = (high - low) / (largest - 1);
  return { shape, values: Float64Array.from(codes, (code) => (code === largest ? NaN : low + code * step)) };
}

// Rows of points, (n, d): a list of [x, y, …].
export function rows(packed) {
  const { shape, values } = unpack(packed), d = shape[shape.length - 1];
  return Array.from({ length: values.length / d }, (_, i) => Array.from(values.subarray(i * d, (i + 1) * d)));
}
