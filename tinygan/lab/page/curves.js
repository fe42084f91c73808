// The curves: V, what D says, and a distance beside its floor.

import { unpack } from "./decode.js";
import { colour, fresh, ticks } from "./colours.js";

// The columns of a packed table, by name: the turn, the turn that the measures are of, the scene's values and measures.
export function columns(packed, scene) {
  if (!packed) return null;
  const { shape: [n, width], values } = unpack(packed);
  const names = ["turn", "measured", ...scene.values, ...scene.measures];
  return Object.fromEntries(names.map((name, j) => [name, Array.from({ length: n }, (_, i) => values[i * width + j])]));
}

// `all` are the runs side by side, which share their scales.
export function drawCurves(canvas, scene, now, branch, turn, measure, all) {
  const { pen, width, height } = fresh(canvas), wide = width > 2.4 * height;
  const floor = scene.floor[measure] || [];
  const charts = [
    { title: "V(D, G) in nats", guide: Math.log(0.25), told: "−log 4", lines: [["V", colour.ink, ""]], most: 0.05,
      least: -3 },
    { title: "D", guide: 0.5, told: "1/2", least: 0, most: 1,
      lines: [["D_real", colour.real, "D(x)"], ["D_fake", colour.fake, "D(G(z))"], ["D_spread", colour.guide, "spread"]] },
    { title: measure, guide: floor[0], told: "ideal", band: floor.slice(1), lines: [[measure, colour.star, ""]],
      times: "measured" },
  ];
  const axis = scene.single ? "turn" : "iteration";       // a turn may be of one player alone
  charts.forEach((chart, i) => {
    chart.axis = axis;
    const box = wide ? [i * width / 3, 0, width / 3 - 6, height] : [0, i * height / 3, width, height / 3 - 4];
    if (chart.lines[0][0]) drawChart(pen, chart, box, now, branch, turn, [...all, ...(branch ? [branch] : [])]);
  });
}

function drawChart(pen, chart, [x0, y0, w, h], now, branch, turn, all) {
  const left = x0 + 46, right = x0 + w - 20, top = y0 + 24, bottom = y0 + h - 20;
  const seen = chart.lines.flatMap(([name]) => all.flatMap((each) => each[name])).filter(Number.isFinite);
  const known = [...seen, chart.guide, ...(chart.band || [])].filter((value) => value !== null && Number.isFinite(value));
  let low = Math.max(Math.min(...known), chart.least ?? -Infinity);
  let high = Math.min(Math.max(...known), chart.most ?? Infinity);
  if (chart.least === 0) [low, high] = [0, 1];
  const margin = 0.06 * (high - low) || 0.1;
  [low, high] = [low - margin, high + margin];
  const last = Math.max(10, ...all.flatMap((each) => each.turn));
  const at = (t, value) => [left + (t / last) * (right - left),
    bottom - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (bottom - top)];
  const text = (words, x, y, paint, align) => {
    Object.assign(pen, { fillStyle: paint, textAlign: align, textBaseline: "middle" });
    pen.fillText(words, x, y);
  };
  pen.font = "15px system-ui, sans-serif";
  const cut = Math.min(...seen) < chart.least ? `, cut at ${chart.least}` : "";
  if (w > 240) text(`${chart.title}; dashed: ${chart.told}${cut}`, left, y0 + 11, colour.ink, "left");
  else if (chart.lines.length === 1) text(chart.title, left, y0 + 11, colour.ink, "left");
  pen.strokeStyle = colour.line;
  pen.strokeRect(left, top, right - left, bottom - top);
  pen.font = "13px system-ui, sans-serif";
  for (const y of ticks(low, high, 3)) text(+y.toPrecision(4), left - 5, at(0, y)[1], colour.faint, "right");
  for (const t of ticks(0, last, w < 260 ? 2 : 4)) {
    text(t || w < 240 ? t : `${chart.axis} 0`, at(t, 0)[0], bottom + 10, colour.faint, "center");
  }
  if (chart.band && chart.band[0] !== null && chart.band.length) {
    const [[, upper], [, lower]] = [at(0, chart.band[1]), at(0, chart.band[0])];
    pen.fillStyle = colour.star;
    pen.globalAlpha = 0.25;
    pen.fillRect(left, upper, right - left, Math.max(2, lower - upper));
    pen.globalAlpha = 1;
  }
  const line = (points, paint, dash, thick) => {
    Object.assign(pen, { strokeStyle: paint, lineWidth: thick });
    pen.setLineDash(dash);
    pen.beginPath();
    let down = false;
    for (const [t, value] of points) {
      if (!Number.isFinite(value)) continue;
      pen[down ? "lineTo" : "moveTo"](...at(t, value));
      down = true;
    }
    pen.stroke();
    pen.setLineDash([]);
  };
  for (const [name, paint] of chart.lines) {
    pen.globalAlpha = 0.6;
    const times = chart.times || "turn";
    if (branch) line(branch[times].map((t, i) => [t, branch[name][i]]), paint, [2, 3], 1.5);
    pen.globalAlpha = 1;
    line(now[times].map((t, i) => [t, now[name][i]]), paint, [], 1.8);
  }
  if (chart.guide !== undefined && chart.guide !== null) {
    line([[0, chart.guide], [last, chart.guide]], colour.guide, [5, 4], 1.2);
  }
  line([[turn, low], [turn, high]], colour.ink, [], 0.8);
  let place = right;
  for (const [, paint, words] of [...chart.lines].reverse()) {
    text(words, place, y0 + 11, paint, "right");
    place -= pen.measureText(words).width + 12;
  }
}
