// The data space: what is real, what is generated, what D thinks of it, where G sends the noise.

import { rows, unpack } from "./decode.js";
import { colour, fresh, ofProbability, picture, shades, ticks } from "./colours.js";

// name, key, what it says, for which kinds of data, on at first
export const LAYERS = [
  ["real", "1", "real x", "plane line pictures columns", true],
  ["generated", "2", "generated G(z)", "plane line pictures columns", true],
  ["D", "3", "D(x)", "plane line", true],
  ["star", "4", "D*", "plane line", false],
  ["noise", "5", "noise → G", "plane", false],
  ["minimax", "6", "arrows: log(1 − D)", "plane", false],
  ["non-saturating", "7", "arrows: −log D", "plane", false],
  ["log", "8", "log arrow length", "plane", false],
  ["batch", "9", "minibatch", "plane line", true],
];

export function drawSpace(canvas, scene, frame, on) {
  const { pen, width, height } = fresh(canvas);
  if (scene.kind === "pictures") drawPictures(pen, width, height, scene, frame, on);
  else if (scene.kind === "line") drawLine(pen, width, height, scene, frame, on);
  else drawPlane(pen, width, height, scene, frame, on);
}

// In the plane

function drawPlane(pen, width, height, scene, frame, on) {
  const { low, high } = scene.view, margin = 26;
  const size = Math.min(width - margin, height - margin), left = (width - margin - size) / 2 + margin, top = 2;
  const at = ([x, y]) => [left + ((x - low[0]) / (high[0] - low[0])) * size,
    top + size - ((y - low[1]) / (high[1] - low[1])) * size];
  axes(pen, at, scene);
  pen.save();
  pen.beginPath();
  pen.rect(left, top, size, size);
  pen.clip();
  const D_star = on.star && frame.D_star ? unpack(frame.D_star) : null;
  if (on.D) drawMap(pen, unpack(frame.D), left, top, size, true);
  else if (D_star) drawMap(pen, D_star, left, top, size, false);
  if (on.D) drawLevel(pen, unpack(frame.D), left, top, size, colour.ink, []);
  if (D_star) drawLevel(pen, D_star, left, top, size, colour.star, [6, 4]);
  if (on.noise && frame.warped) drawWarped(pen, frame, at);
  const fake = rows(frame.generated);
  if (on.real) pen.drawImage(drawnOnce(scene, at, width, height), 0, 0, width, height);
  if (on.generated) dots(pen, fake.map(at), 3, colour.fake, 0.9);
  pen.setLineDash([3, 3]);
  for (const mode of on.real ? scene.modes || [] : []) ring(pen, at(mode), 12, colour.guide);
  pen.setLineDash([]);
  if (on.batch && frame.batch) {
    for (const [name, paint] of [["x", colour.real], ["x_fake", colour.fake]]) {
      if (frame.batch[name]) rows(frame.batch[name]).forEach((x) => ring(pen, at(x), 5.5, paint));
    }
  }
  if (frame.arrows) drawArrows(pen, frame, fake, at, size, on, [left + 6, top + size - 6]);
  pen.restore();
  if (scene.columns.length > 1) note(pen, `${scene.columns[1]} over ${scene.columns[0]}`, [left + 4, top + size - 26]);
  if (on.D || D_star) scale(pen, left + size - 4, top + 4, on.D, D_star);
}

// What the colours and the lines of the maps mean.
function scale(pen, right, top, D, D_star) {
  pen.font = "14px system-ui, sans-serif";
  const words = [["line: D = 1/2", colour.ink, D], ["dashed: D* = 1/2, counted", colour.star, D_star]].filter(([, , is]) => is);
  const wide = Math.max(118, ...words.map(([word]) => pen.measureText(word).width + 12)), left = right - wide;
  Object.assign(pen, { globalAlpha: 0.85, fillStyle: colour.paper });
  pen.fillRect(left, top, wide, 24 + 18 * words.length);
  pen.globalAlpha = 1;
  Object.assign(pen, { textAlign: "left", textBaseline: "middle", fillStyle: colour.ink });
  pen.fillText(D ? "D  0" : "D*  0", left + 6, top + 12);
  const from = left + 10 + pen.measureText(D ? "D  0" : "D*  0").width, width = right - 20 - from;
  for (let i = 0; i < width; i++) {
    pen.fillStyle = `rgb(${ofProbability(i / width).join()})`;
    pen.fillRect(from + i, top + 5, 1, 13);
  }
  pen.fillStyle = colour.ink;
  pen.fillText("1", right - 14, top + 12);
  words.forEach(([word, paint], i) => {
    pen.fillStyle = paint;
    pen.fillText(word, left + 6, top + 32 + 18 * i);
  });
}

function axes(pen, at, scene) {
  const { low, high } = scene.view;
  const [[left, bottom], [right, top]] = [at(low), at(high)];
  pen.strokeStyle = colour.line;
  pen.strokeRect(left, top, right - left, bottom - top);
  pen.fillStyle = colour.faint;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const x of ticks(low[0], high[0], 4)) pen.fillText(x, at([x, low[1]])[0], bottom + 4);
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const y of ticks(low[1], high[1], 4)) pen.fillText(y, left - 4, at([low[0], y])[1]);
}

// A map: its values are at the middles of its cells.
function drawMap(pen, map, left, top, size, smooth) {
  const cell = size / (map.shape[1] - 1);
  pen.imageSmoothingEnabled = smooth;
  pen.drawImage(picture(map, shades.probability), left - cell / 2, top - cell / 2, size + cell, size + cell);
}

// A line where the map is 1/2.
function drawLevel(pen, map, left, top, size, paint, dash) {
  const [h, w] = map.shape, cell = size / (w - 1);
  Object.assign(pen, { strokeStyle: paint, lineWidth: 1.7 });
  pen.setLineDash(dash);
  pen.beginPath();
  const value = (i, j) => map.values[i * w + j] - 0.5;
  for (let i = 0; i < h - 1; i++) {
    for (let j = 0; j < w - 1; j++) {
      const below = value(i, j) < 0;
      if (below === value(i, j + 1) < 0 && below === value(i + 1, j + 1) < 0 && below === value(i + 1, j) < 0) continue;
      const corners = [[i, j], [i, j + 1], [i + 1, j + 1], [i + 1, j]], ends = [];
      corners.forEach((a, side) => {
        const b = corners[(side + 1) % 4], [p, q] = [value(...a), value(...b)];
        if ((p < 0) !== (q < 0) && p - q === p - q) {              // (NaN is not itself)
          const t = p / (p - q);
          ends.push([left + (a[1] + t * (b[1] - a[1])) * cell, top + size - (a[0] + t * (b[0] - a[0])) * cell]);
        }
      });
      for (let e = 0; e + 1 < ends.length; e += 2) {
        pen.moveTo(...ends[e]);
        pen.lineTo(...ends[e + 1]);
      }
    }
  }
  pen.stroke();
  pen.setLineDash([]);
}

// The grid of noise where G puts it: the denser, the less it lets through.
function drawWarped(pen, frame, at) {
  const grid = rows(frame.warped), opacity = unpack(frame.opacity), n = frame.warped.shape[0];
  pen.fillStyle = pen.strokeStyle = colour.star;
  pen.lineWidth = 0.7;
  for (let i = 0; i < n - 1; i++) {
    for (let j = 0; j < n - 1; j++) {
      const corners = [grid[i * n + j], grid[i * n + j + 1], grid[(i + 1) * n + j + 1], grid[(i + 1) * n + j]].map(at);
      pen.beginPath();
      corners.forEach((corner, c) => (c ? pen.lineTo(...corner) : pen.moveTo(...corner)));
      pen.closePath();
      pen.globalAlpha = 0.05 + 0.6 * opacity.values[i * (n - 1) + j];
      pen.fill();
      pen.globalAlpha = 0.8;
      pen.stroke();
    }
  }
  pen.globalAlpha = 1;
}

// How far each objective would push a generated point; the same scale for both, and in words below.
function drawArrows(pen, frame, from, at, size, on, corner) {
  const both = frame.arrows.map(rows), n = both[0].length;
  const shown = [["minimax", 0, colour.ink, 3.2], ["non-saturating", 1, colour.star, 1.4]].filter(([name]) => on[name]);
  if (!shown.length) return;
  const flights = [0, 1].map((k) => from.slice(0, n).map((x, i) => {
    const [a, b] = [at(x), at(both[k][i].map((d, j) => x[j] + d))];
    return [a, [b[0] - a[0], b[1] - a[1]]];
  }));
  const lengths = flights.flat().map(([, d]) => Math.hypot(...d)).sort((a, b) => a - b);
  const longest = lengths[Math.floor(0.97 * (lengths.length - 1))] || 1, reach = size * 0.14;
  shown.forEach(([, k, paint, thick]) => {
    for (const [a, d] of flights[k]) {
      const long = Math.hypot(...d) / longest;
      const drawn = (on.log ? Math.log1p(1000 * long) / Math.log1p(1000) : long) * reach;
      const [x, y] = d.map((each) => (each / (Math.hypot(...d) || 1)) * drawn);
      arrow(pen, a, [a[0] + x, a[1] + y], paint, thick);
    }
  });
  pen.font = pen.font.replace(/^[\d.]+/, "14");
  const times = (reach / longest).toPrecision(2);
  note(pen, on.log ? "arrows: logarithms of lengths" : `arrows: × ${times} (η = 1)`, corner);
}

function note(pen, text, [x, y]) {
  pen.textAlign = "left";
  pen.textBaseline = "bottom";
  pen.fillStyle = colour.paper;
  pen.globalAlpha = 0.8;
  pen.fillRect(x, y - 18, pen.measureText(text).width + 12, 22);
  pen.globalAlpha = 1;
  pen.fillStyle = colour.ink;
  pen.fillText(text, x + 6, y);
}

// The real points stay where they are: they are drawn once for each size and theme.
const kept = new WeakMap();
function drawnOnce(scene, at, width, height) {
  const fine = window.devicePixelRatio || 1, key = [width, height, fine, colour.real].join();
  if ((kept.get(scene) || {}).key !== key) {
    const canvas = Object.assign(document.createElement("canvas"), { width: width * fine, height: height * fine });
    const pen = canvas.getContext("2d");
    pen.scale(fine, fine);
    dots(pen, rows(scene.real).map(at), 3.6, colour.real, 0.75);
    kept.set(scene, { key, canvas });
  }
  return kept.get(scene).canvas;
}

// A dot is drawn once and then stamped, for speed.
const stamps = new Map();
function dots(pen, places, radius, paint, alpha) {
  const fine = window.devicePixelRatio || 1, size = 2 * radius + 3, key = [radius, paint, alpha, fine, colour.paper].join();
  if (!stamps.has(key)) {
    const stamp = Object.assign(document.createElement("canvas"), { width: size * fine, height: size * fine });
    const ink = stamp.getContext("2d");
    ink.scale(fine, fine);
    Object.assign(ink, { fillStyle: paint, strokeStyle: colour.paper, lineWidth: 1.6 });
    ink.arc(size / 2, size / 2, radius, 0, 7);
    ink.stroke();
    ink.globalAlpha = alpha;
    ink.fill();
    stamps.set(key, stamp);
  }
  for (const [x, y] of places) pen.drawImage(stamps.get(key), x - size / 2, y - size / 2, size, size);
}

function ring(pen, [x, y], radius, stroke) {
  pen.strokeStyle = stroke;
  pen.lineWidth = 1.8;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  pen.stroke();
}

function arrow(pen, [x, y], [u, v], paint, thick = 1.6) {
  const angle = Math.atan2(v - y, u - x), head = Math.min(7, 2 + Math.hypot(u - x, v - y) / 3);
  pen.strokeStyle = paint;
  pen.lineWidth = thick;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(u, v);
  for (const turn of [2.6, -2.6]) {
    pen.moveTo(u, v);
    pen.lineTo(u + head * Math.cos(angle + turn), v + head * Math.sin(angle + turn));
  }
  pen.stroke();
}

// On the line: Figure 1

function drawLine(pen, width, height, scene, frame, on) {
  const [low, high] = [scene.view.low[0], scene.view.high[0]], left = 44, right = width - 10;
  const across = (x) => left + ((x - low) / (high - low)) * (right - left);
  const x = unpack(scene.x).values, p_data = unpack(scene.p_data).values, p_g = unpack(frame.p_g).values;
  const tallest = 1.15 * Math.max(...p_data, Math.min(Math.max(...p_g), 2.5 * Math.max(...p_data)));
  const bands = [[8, height * 0.46], [height * 0.5, height * 0.72], [height * 0.8, height - 26]];
  const up = ([top, bottom], value, most) => bottom - (value / most) * (bottom - top);
  const curve = (band, values, most, paint, dashed, thick = 2.4) => {
    pen.strokeStyle = paint;
    pen.lineWidth = thick;
    pen.setLineDash(dashed ? [7, 5] : []);
    pen.beginPath();
    let down = false;
    values.forEach((value, i) => {
      if (Number.isNaN(value)) down = false;
      else {
        pen[down ? "lineTo" : "moveTo"](across(x[i]), Math.max(band[0] - 6, up(band, value, most)));
        down = true;
      }
    });
    pen.stroke();
    pen.setLineDash([]);
  };
  const name = (text, place, y, paint, align = "left") => {
    pen.fillStyle = paint;
    pen.textAlign = align;
    pen.textBaseline = "middle";
    pen.fillText(text, place, y);
  };
  for (const [band, most] of [[bands[0], tallest], [bands[1], 1]]) {
    pen.strokeStyle = colour.line;
    pen.strokeRect(left, band[0], right - left, band[1] - band[0]);
    for (const tick of ticks(0, most, 4)) name(tick, left - 5, up(band, tick, most), colour.faint, "right");
  }
  pen.strokeStyle = colour.guide;
  pen.setLineDash([3, 4]);
  pen.beginPath();
  pen.moveTo(left, up(bands[1], 0.5, 1));
  pen.lineTo(right, up(bands[1], 0.5, 1));
  pen.stroke();
  pen.setLineDash([]);
  if (on.real) curve(bands[0], p_data, tallest, colour.real, false, 3);
  if (on.generated) curve(bands[0], p_g, tallest, colour.fake, true, 3);
  if (on.star) curve(bands[1], unpack(frame.D_star).values, 1, colour.star, true);
  if (on.D) curve(bands[1], unpack(frame.D).values, 1, colour.ink);
  const counted = scene.exact ? "" : ", a histogram";
  if (on.real) name(`p_data${counted}`, left + 10, bands[0][0] + 18, colour.real);
  if (on.generated) name(`p_g (dashed)${counted}`, left + 10, bands[0][0] + 42, colour.fake);
  if (on.D) name("D(x)", left + 10, bands[1][0] + 16, colour.ink);
  if (on.star) name("D* (dashed)", left + 80, bands[1][0] + 16, colour.star);
  for (const [batch, paint, y] of on.batch ? [["x", colour.real, 0], ["x_fake", colour.fake, 6]] : []) {
    pen.strokeStyle = paint;                          // the minibatch, a stroke for each example
    pen.beginPath();
    for (const [value] of frame.batch && frame.batch[batch] ? rows(frame.batch[batch]) : []) {
      pen.moveTo(across(value), bands[0][1] - y);
      pen.lineTo(across(value), bands[0][1] - y - 12);
    }
    pen.stroke();
  }
  const z = unpack(scene.z).values, ends = unpack(frame.arrows).values, [first, last] = [z[0], z[z.length - 1]];
  const ofNoise = (value) => left + ((value - first) / (last - first)) * (right - left);
  name("x", left - 16, bands[2][0], colour.faint);
  name("z", left - 16, bands[2][1], colour.faint);
  z.forEach((value, i) => {
    const end = Math.max(left - 30, Math.min(right + 30, across(ends[i])));
    arrow(pen, [ofNoise(value), bands[2][1]], [end, bands[2][0]], colour.fake);
  });
  pen.strokeStyle = colour.ink;
  for (const y of bands[2]) pen.strokeRect(left, y, right - left, 0);
  for (const tick of ticks(low, high, 6)) name(tick, across(tick), bands[1][1] + 12, colour.faint, "center");
  for (const tick of ticks(first, last, 6)) name(tick, ofNoise(tick), bands[2][1] + 13, colour.faint, "center");
}

// Pictures

function drawPictures(pen, width, height, scene, frame, on) {
  const kinds = [["generated", frame.generated, "generated G(z)", colour.fake],
    ["real", scene.real, "real x", colour.real]].filter(([name]) => on[name]);
  const wide = (width - 12 * (kinds.length - 1)) / kinds.length, high = height - 24;
  kinds.forEach(([, packed, title, paint], place) => {
    const pictures = unpack(packed), columns = columnsFor(pictures.shape[0], scene.shape, wide / high);
    const sheet = sheetOf(pictures, scene.shape, columns), [h, w] = sheet.shape, left = place * (wide + 12);
    const cell = Math.min(high / h, wide / w);
    pen.fillStyle = paint;
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.fillText(title, left, 2);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(picture(sheet, shades.ink), left, 24, w * cell, h * cell);
  });
}

// In how many columns n pictures become largest, in a place that is `ratio` times as wide as it is high.
function columnsFor(n, [height, width], ratio) {
  const size = (columns) => Math.min(ratio / (columns * (width + 1)), 1 / (Math.floor(n / columns) * (height + 1)));
  return Array.from({ length: n }, (_, i) => i + 1).reduce((best, columns) => (size(columns) > size(best) ? columns : best));
}

// Whole rows of pictures in one map, its lowest row first, with a gap of one pixel between them.
function sheetOf({ shape: [n, dim], values }, [height, width], columns) {
  const [h, w] = [(height + 1) * Math.floor(n / columns) - 1, (width + 1) * columns - 1];
  const sheet = new Float64Array(h * w).fill(NaN);
  for (let i = 0; i < n - (n % columns); i++) {
    const top = (height + 1) * Math.floor(i / columns), left = (width + 1) * (i % columns);
    for (let p = 0; p < dim; p++) {
      sheet[(h - 1 - top - Math.floor(p / width)) * w + left + (p % width)] = values[dim * i + p];
    }
  }
  return { shape: [h, w], values: sheet };
}
