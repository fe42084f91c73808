// The page: what the buttons and keys do, and what is drawn when a state arrives.

import { readColours } from "./colours.js";
import { by, download, make, recording } from "./dom.js";
import { fillRestart, fillSettings, showSettings } from "./forms.js";
import { LAYERS } from "./space.js";
import { on, View } from "./view.js";
import { drawNetworks, layout, nearest } from "./networks.js";
import { makeListing, showListing } from "./algorithm.js";
import { Drawing } from "./draw.js";
import { Live, Recorded } from "./source.js";

const views = [];                                     // one for each run: its canvases, its scene, its frame
let state = null, source = null, about = null, pointed = null;
let waiting = false, curvesDrawn = 0, toldAt = 0, later = 0;
const page = Math.random();                           // by which the server knows what this page shows
window.lab = { get state() { return state; }, drawn: 0 };

// What is drawn: what the page does not show is not computed.
function look() {
  if (recording) return;
  const parts = [[on.star, "D_star"], [on.noise, "warped"], [on.minimax || on["non-saturating"], "arrows"],
    [!by("networks").hidden, "networks"]];
  source.send({ do: "look", page, parts: parts.filter(([shown]) => shown).map(([, part]) => part) });
}

function toggle(name, value = !on[name]) {
  on[name] = value;
  look();
  document.querySelectorAll(`.layers input[name="${name}"]`).forEach((box) => { box.checked = value; });
  redraw();
}

// One measure for all runs.
function choose(measure) {
  for (const view of views) view.measure.value = measure;
  redraw();
}

function redraw() {
  if (!waiting) requestAnimationFrame(draw);
  waiting = true;
}

function draw() {
  waiting = false;
  if (!state || !views[0].scene) return;
  const now = performance.now(), all = recording || !state.playing || now - curvesDrawn > 150;
  if (all) curvesDrawn = now;
  views.forEach((view, i) => {
    const frame = recording ? state.frames[i] : state.frame;
    const now = recording ? recording.runs[i].curves : state.curves;
    view.scene.single = !recording && state.turn !== state.iteration;
    view.draw(frame, now, state.branch, recording ? frame.turn : state.turn, all);
    if (!state.playing) view.space.setAttribute("aria-label", `the data space. ${state.says}`);
  });
  if (!by("networks").hidden) {
    const frame = recording ? state.frames[0] : state.frame;
    drawNetworks(networks, views[0].scene, frame.networks, recording ? recordedUnit() : frame.unit);
  }
  window.lab.drawn += 1;
}

// The responses of units are recorded at the end alone.
function recordedUnit() {
  const { frames } = recording.runs[0], units = frames[frames.length - 1].units, { unit } = source;
  return unit && units ? { ...unit, map: (units[unit.net][unit.layer] || [])[unit.unit], when: "at the end" } : unit;
}

async function show(next) {
  if (!recording && (!about || next.scene !== about.scene)) {
    const answer = await source.send({ do: "about" });
    if (answer.error) return say(answer.error);
    if (answer.scene !== next.scene) return null;     // this state is of an earlier game: the next one is on its way
    about = answer;
    pointed = null;
    views[0].setScene(about);
    by("about").textContent = `${about.name}: ${about.about}`;
    fillRestart(about);
    fillSettings(next.settings, async (name, value) => (
      { ...await source.send({ do: "set", name, value }), turn: state.turn }));
  }
  const settled = !next.playing && (!state || state.playing || state.turn !== next.turn);
  const changed = !state || !next.playing || !state.playing || recording;
  state = next;
  if (settled) by("says").textContent = state.says;
  if (settled && !recording && !by("python").hidden && state.line === null) showPython();
  clearTimeout(later);
  if (changed || performance.now() - toldAt > 150) tell();
  else later = setTimeout(() => { tell(); redraw(); }, 200);
  redraw();
}

// What is told in words, while it plays not with each picture.
function tell() {
  toldAt = performance.now();
  by("play").textContent = state.playing ? "❚❚ pause" : "▶ play";
  by("clock").textContent = `iteration ${state.iteration.toLocaleString("en")}`;
  const slider = by("slider"), moment = recording ? state.at : state.moments.lastIndexOf(state.turn);
  slider.max = state.moments.length - 1;
  if (moment >= 0 && !going) slider.value = moment;
  slider.setAttribute("aria-valuetext", by("clock").textContent);
  if (recording) return;
  say(state.message);
  by("swap").hidden = !state.other;
  by("players").value = state.players;
  by("speed").value = String(state.speed);
  showListing(state);
  showSettings(state.settings, state.turn);
}

let lost = "", mistake = "", others = "";
function say(words) {
  const all = lost || mistake || words || others;
  Object.assign(by("message"), { textContent: all, hidden: !all });
}

async function send(command) {
  const answer = await source.send(command);
  mistake = answer.error || "";
  say(state ? state.message : "");
  return answer;
}

// New games

by("restart").onsubmit = (event) => {
  event.preventDefault();
  send({ do: "start", ...Object.fromEntries(new FormData(by("restart"))), file: undefined });
};
by("settings").onsubmit = (event) => {
  event.preventDefault();
  document.activeElement.blur();
};

async function learnFile(file) {
  if (!file) return;
  if (file.size > 20 * 2 ** 20) { mistake = `${file.name} is larger than 20 MiB: use tinygan lab --data`; say(""); return; }
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  send({ do: "file", name: file.name, content: btoa(text) });
}
by("file").onchange = (event) => learnFile(event.target.files[0]);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!recording) learnFile(event.dataTransfer.files[0]);
});

// Drawing, networks, Python, tabs

const drawing = new Drawing(by("draw").querySelector("canvas"), () => (
  { spread: +by("spread").value, weight: +by("weight").value, eraser: by("eraser").checked }));
by("learn").onclick = () => send(drawing.command());
by("clear").onclick = () => { drawing.touches = []; drawing.show(); };
by("keep").onclick = () => download("drawing.json", JSON.stringify(drawing.touches), "application/json");
by("load").onchange = async (event) => {
  try {
    const touches = JSON.parse(await event.target.files[0].text());
    if (!touches.every((t) => ["x", "y", "spread", "weight"].every((name) => Number.isFinite(t[name])))) throw Error();
    drawing.touches = touches;
    drawing.show();
  } catch {
    mistake = "This file is not a drawing that was saved here.";
    say("");
  }
};

const networks = by("networks").querySelector("canvas");
function point(place) {
  if (JSON.stringify(place) === JSON.stringify(pointed)) return;
  pointed = place;
  source.send(place ? { do: "point", net: place.net, layer: place.layer - 1, unit: place.unit } : { do: "point" });
}
networks.onpointermove = (event) => {
  const box = networks.getBoundingClientRect();
  point(nearest(layout(views[0].scene, box.width, box.height), views[0].scene, event.clientX - box.left,
    event.clientY - box.top));
};
networks.onpointerleave = () => point(null);
networks.onkeydown = (event) => {
  const { widths } = views[0].scene, step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const hidden = ["G", "D"].flatMap((net) => widths[net].slice(1, -1).map((n, i) => ({ net, layer: i + 1, n })));
  if (!hidden.length) return;
  let i = Math.max(0, hidden.findIndex(({ net, layer }) => pointed && net === pointed.net && layer === pointed.layer));
  let unit = pointed ? pointed.unit : -1;
  if (event.key.endsWith("t")) i = (i + step + hidden.length) % hidden.length;           // left or right
  else unit += step;
  const { net, layer, n } = hidden[i];
  point({ net, layer, unit: (unit + Math.min(n, 64)) % Math.min(n, 64) });
};

async function showPython() {
  const { python } = await source.send({ do: "python" });
  if (python) by("python").querySelector("pre").textContent = python;
  return python;
}
by("copy").onclick = async () => {
  const python = recording ? recording.runs[0].python : await showPython();
  try {
    await navigator.clipboard.writeText(python);
    by("copy").textContent = "copied";
  } catch {
    getSelection().selectAllChildren(by("python").querySelector("pre"));
    by("copy").textContent = "selected: Ctrl+C";
  }
  setTimeout(() => { by("copy").textContent = "copy"; }, 2000);
};

const tabs = [...document.querySelectorAll(".tab")].filter((tab) => !(recording && tab.classList.contains("live")));
function openTab(tab) {
  document.querySelectorAll(".tab").forEach((each) => { each.hidden = each !== tab; });
  [...by("tabs").children].forEach((button, i) => {
    button.setAttribute("aria-selected", tabs[i] === tab);
    button.tabIndex = tabs[i] === tab ? 0 : -1;
  });
  document.querySelector("aside").classList.toggle("tall", tab.id !== "settings" && !recording);
  if (tab.id === "python" && !recording) showPython();
  if (tab.id === "draw") drawing.show();
  if (source) look();
  redraw();
}
tabs.forEach((tab, i) => {
  const button = make("button", { type: "button", textContent: tab.dataset.name, onclick: () => openTab(tab) });
  button.setAttribute("role", "tab");
  button.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.stopPropagation();
    const next = (i + step + tabs.length) % tabs.length;
    openTab(tabs[next]);
    by("tabs").children[next].focus();
  };
  by("tabs").append(button);
});

// Buttons and keys

const PACES = recording ? [["2", "2 pictures/s"], ["5", "5 pictures/s"], ["10", "10 pictures/s"], ["20", "20 pictures/s"]]
  : [["lines", "line by line"], ["1", "1 iteration/s"], ["5", "5/s"], ["25", "25/s"], ["100", "100/s"], ["400", "400/s"],
    ["null", "as fast as it can"]];
by("speed").append(...PACES.map(([value, textContent]) => make("option", { value, textContent })));
function pace() {
  const { value } = by("speed"), speed = { lines: "lines", null: null }[value];
  send({ do: "pace", speed: speed === undefined ? +value : speed, ...(recording ? {} : { players: by("players").value }) });
}
function faster(step) {
  const speed = by("speed");
  speed.selectedIndex = Math.max(0, Math.min(speed.length - 1, speed.selectedIndex + step));
  pace();
}
function go(step) {
  by("slider").value = +by("slider").value + step;
  scrub();
}
let going = false, wanted = null;                     // while the slider is dragged, only its newest place is asked for
async function scrub() {
  wanted = +by("slider").value;
  if (going) return;
  going = true;
  while (wanted !== null) {
    const turn = state.moments[wanted];
    wanted = null;
    await send({ do: "go", turn });
  }
  going = false;
}

const ACTS = {
  play: () => send({ do: state.playing ? "pause" : "play" }),
  step: () => send({ do: "step" }),
  line: () => send({ do: "line" }),
  D: () => send({ do: "step", players: "D" }),
  G: () => send({ do: "step", players: "G" }),
  reset: () => send({ do: "reset" }),
  swap: () => send({ do: "swap" }),
  record: async () => {
    const { name, html } = await send({ do: "record" });
    if (html) download(name, html, "text/html");
  },
  theme: () => {
    const { dataset } = document.documentElement;
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
    readColours();
    drawing.show();
    redraw();
  },
  help: () => by("keys").showModal(),
};
for (const [id, act] of Object.entries(ACTS)) by(id).onclick = act;
by("speed").onchange = by("players").onchange = pace;
by("slider").oninput = scrub;

const KEYS = [
  [" ", "space", "play or pause", ACTS.play], ["n", "n", "one iteration; the next picture of a recording", ACTS.step],
  ["l", "l", "slow motion: one line of Algorithm 1", ACTS.line, true], ["d", "d", "one update of D alone", ACTS.D, true],
  ["g", "g", "one update of G alone", ACTS.G, true], ["ArrowLeft", "←", "back", () => go(-1)],
  ["ArrowRight", "→", "forward", () => go(1)], ["Home", "Home", "to the first moment", () => go(-1e9)],
  ["End", "End", "to the last moment", () => go(1e9)], ["+", "+", "faster", () => faster(1)],
  ["-", "−", "slower", () => faster(-1)], ["b", "b", "the other branch", ACTS.swap, true],
  ["r", "r", "reset", ACTS.reset, true], ["s", "s", "save the recording", ACTS.record, true],
  ["t", "t", "light or dark", ACTS.theme], ["?", "?", "these keys", ACTS.help],
  ...LAYERS.map(([name, key, words]) => [key, key, `show or hide: ${words}`, () => toggle(name), name === "batch"]),
].filter(([, , , , live]) => !(live && recording));
by("keys").querySelector("table").append(...KEYS.map(([, key, words]) => make("tr", {}, make("td", {}, make("kbd", {
  textContent: key })), make("td", { textContent: words }))));
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=text], select, pre") || by("keys").open;
  const own = event.target.matches("button, input[type=checkbox], input[type=file]") && [" ", "Enter"].includes(event.key);
  const sliding = event.target.matches("input[type=range]") && /^(Arrow|Home|End)/.test(event.key);
  if (typing || own || sliding || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = KEYS.find(([key]) => key === event.key);
  if (!found) return;
  event.preventDefault();
  found[3]();
});

// After a click the keys are the page's again, not the button's.
document.addEventListener("click", (event) => {
  if (event.detail && event.target.closest("button, input[type=checkbox]")) document.activeElement.blur();
});
document.addEventListener("change", ({ target }) => { if (target.matches("select, input[type=text]")) target.blur(); });

// Begin

document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
readColours();
makeListing(by("listing"));
window.addEventListener("resize", () => { redraw(); drawing.show(); });
new ResizeObserver(redraw).observe(by("runs"));
if (recording) {
  document.body.classList.add("recorded");
  if (recording.runs.length > 1) document.body.classList.add("pair");
  for (const run of recording.runs) views.push(new View(recording.runs.length > 1 ? run.title : "", toggle, choose));
  recording.runs.forEach(({ scene }, i) => views[i].setScene(scene));
  by("title").textContent = recording.title || recording.runs[0].title;
  const [{ scene, settings, python }] = recording.runs;
  by("about").textContent = scene.about;
  by("python").querySelector("pre").textContent = python;
  showListing({ line: null, lines: {}, settings });
  for (const [name, value] of Object.entries(settings)) by("recorded").append(`${name} = ${value}`, make("br"));
  by("speed").value = "10";
  by("step").textContent = "1 picture";
  openTab(by("networks"));
  source = new Recorded(recording, show);
} else {
  views.push(new View("", toggle, choose));
  openTab(by("settings"));
  const tabs = new BroadcastChannel(`tinygan ${location.host}`);
  tabs.onmessage = ({ data }) => {
    if (data === "hello") tabs.postMessage("here");
    others = "This lab is open in another tab, too: both show and drive the same game.";
    say(state ? state.message : "");
  };
  tabs.postMessage("hello");
  source = new Live(show, (words) => { if (words !== lost) { lost = words; say(state ? state.message : ""); } });
  look();
}
