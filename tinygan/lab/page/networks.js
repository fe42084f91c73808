// The networks: units in columns, weights between them, and how the unit that is pointed at responds.

import { unpack } from "./decode.js";
import { colour, fresh, picture, shades } from "./colours.js";

const DRAWN = 350;                                    // weights of a layer, the strongest

export function layout(scene, width, height) {
  const places = [];
  ["G", "D"].forEach((net, side) => {
    const widths = scene.widths[net], left = side * width / 2 + 14, right = (side + 1) * width / 2 - 14;
    widths.forEach((n, layer) => {
      const shown = Math.min(n, 64), step = Math.min(26, (height * 0.55) / shown);
      const x = left + (right - left) * (layer / (widths.length - 1));
      for (let unit = 0; unit < shown; unit++) {
        places.push({ net, layer, unit, x, y: 24 + height * 0.29 + (unit - (shown - 1) / 2) * step,
          size: Math.max(1.5, Math.min(6, step * 0.42)) });
      }
    });
  });
  return places;
}

export function nearest(places, scene, x, y) {
  const hidden = places.filter(({ net, layer }) => layer > 0 && layer < scene.widths[net].length - 1);
  const far = (place) => Math.hypot(place.x - x, place.y - y);
  const best = hidden.reduce((a, b) => (far(b) < far(a) ? b : a), hidden[0]);
  return best && far(best) < 18 ? best : null;
}

export function drawNetworks(canvas, scene, weights, unit) {
  const { pen, width, height } = fresh(canvas);
  const places = layout(scene, width, height), at = {};
  for (const place of places) at[`${place.net} ${place.layer} ${place.unit}`] = place;
  pen.font = "14px system-ui, sans-serif";
  pen.textAlign = "left";
  pen.textBaseline = "top";
  ["G", "D"].forEach((net, side) => {
    pen.fillStyle = colour.ink;
    pen.globalAlpha = 1;
    pen.fillText(`${net}: ${scene.widths[net].join(" – ")}`, side * width / 2 + 8, 2);
    (weights ? weights[net] : []).forEach((packed, layer) => drawWeights(pen, unpack(packed), net, layer, at));
  });
  pen.globalAlpha = 1;
  for (const { net, layer, unit: u, x, y, size } of places) {
    const chosen = unit && unit.net === net && unit.layer + 1 === layer && unit.unit === u;
    pen.fillStyle = chosen ? colour.fake : colour.ink;
    pen.beginPath();
    pen.arc(x, y, chosen ? size + 3 : size, 0, 7);
    pen.fill();
  }
  if (unit) drawResponse(pen, scene, unit, width, height);
}

function drawWeights(pen, { shape: [fanIn, fanOut], values }, net, layer, at) {
  const strongest = Array.from(values, (w, i) => [Math.abs(w), i]).sort((a, b) => b[0] - a[0]).slice(0, DRAWN);
  const largest = strongest[0][0] || 1, outs = fanOut;
  for (const [size, i] of strongest) {
    const from = at[`${net} ${layer} ${Math.floor(i / outs)}`], to = at[`${net} ${layer + 1} ${i % outs}`];
    if (!from || !to) continue;                       // a unit that is not drawn
    pen.strokeStyle = values[i] > 0 ? colour.real : colour.fake;
    pen.globalAlpha = 0.08 + 0.6 * (size / largest);
    pen.lineWidth = 0.4 + 2 * (size / largest);
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  }
}

// Blue where the unit is above 0, orange where it is below.
function drawResponse(pen, scene, unit, width, height) {
  const side = height * 0.3, top = height - side - 2, left = 8;
  pen.fillStyle = colour.ink;
  if (!unit.map) return pen.fillText(scene.kind === "pictures" ? "Of pictures, D’s first hidden layer is shown."
    : "Responses are shown for data of one or two dimensions.", left, top + 6);
  const map = unpack(unit.map);
  const low = Math.min(...map.values), high = Math.max(...map.values);
  const over = scene.kind === "pictures" ? "its weights, pixel by pixel"
    : unit.net === "D" ? "over the data space" : "over the noise (z₁, z₂)";
  if (map.shape.length === 2) {
    const most = Math.max(-low, high) || 1;
    const scaled = { shape: map.shape, values: map.values.map((v) => 0.5 + v / (2 * most)) };
    pen.imageSmoothingEnabled = scene.kind !== "pictures";
    const [h, w] = map.shape, cell = side / Math.max(h, w);
    pen.drawImage(picture(scaled, shades.probability), left, top, w * cell, h * cell);
  } else {
    pen.strokeStyle = colour.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    map.values.forEach((v, i) => {
      const x = left + (i / (map.values.length - 1)) * side * 1.5;
      const y = top + side - ((v - low) / (high - low || 1)) * side;
      if (i) pen.lineTo(x, y);
      else pen.moveTo(x, y);
    });
    pen.stroke();
  }
  pen.fillStyle = colour.ink;
  const words = [`${unit.net}, hidden layer ${unit.layer + 1}, unit ${unit.unit + 1},`,
    `${over}${unit.when ? `, ${unit.when}` : ""}`,
    `from ${low.toPrecision(3)} to ${high.toPrecision(3)}`];
  words.forEach((line, i) => pen.fillText(line, left + side * 1.5 + 14, top + 6 + 20 * i));
}
