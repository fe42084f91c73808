// The colours of the theme that is on, and canvases that are as fine as the screen.

export const colour = {};

export function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "card", "ink", "faint", "line", "lit", "real", "fake", "star", "guide"]) {
    colour[name] = style.getPropertyValue(`--${name}`).trim();
  }
  for (const name of ["low", "middle", "high"]) {
    colour[name] = style.getPropertyValue(`--${name}`).split(",").map(Number);
  }
  for (let i = 0; i < 256; i++) {
    shades.probability[i] = asPixel(ofProbability(i / 255));
    shades.ink[i] = asPixel([255 - i, 255 - i, 255 - i]);
  }
}

// For each value from 0 to 255 its pixel: of a probability, and of a glyph's ink.
export const shades = { probability: new Uint32Array(256), ink: new Uint32Array(256) };
const asPixel = ([r, g, b]) => (255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r);

// D(x) from orange, 0, over the paper's colour, 1/2, to blue, 1.
export function ofProbability(p) {
  const [from, to, t] = p < 0.5 ? [colour.middle, colour.low, 1 - 2 * p] : [colour.middle, colour.high, 2 * p - 1];
  return from.map((channel, i) => channel + (to[i] - channel) * t);
}

const sizes = new Map();
const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => sizes.delete(target)));

// A canvas's context, in the page's pixels, cleared; and its size, which is asked for once until it changes.
export function fresh(canvas) {
  if (!sizes.has(canvas)) {
    sizes.set(canvas, canvas.getBoundingClientRect());
    observer.observe(canvas);
  }
  const { width, height } = sizes.get(canvas), fine = window.devicePixelRatio || 1;
  const [w, h] = [Math.max(1, Math.round(width * fine)), Math.max(1, Math.round(height * fine))];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const pen = canvas.getContext("2d");
  pen.setTransform(fine, 0, 0, fine, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = `${Math.max(13, Math.min(18, width / 38))}px system-ui, sans-serif`;
  pen.lineWidth = 1;
  pen.globalAlpha = 1;
  return { pen, width, height };
}

// A map of values from 0 to 1, (h, w) from the lowest row up, as a picture that can be stretched; NaN is left out.
export function picture({ shape: [h, w], values }, pixels) {
  const image = new ImageData(w, h), data = new Uint32Array(image.data.buffer);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      const value = values[i * w + j];
      if (value === value) data[(h - 1 - i) * w + j] = pixels[Math.round(255 * value)];
    }
  }
  const small = Object.assign(document.createElement("canvas"), { width: w, height: h });
  small.getContext("2d").putImageData(image, 0, 0);
  return small;
}

// A few round numbers from low to high.
export function ticks(low, high, about) {
  const raw = (high - low) / about || 1, power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((n) => n * power >= raw * 0.99);
  const first = Math.ceil(low / step - 1e-9), last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => +((first + i) * step).toPrecision(12));
}
