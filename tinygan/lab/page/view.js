// A run on the page: its data space, its curves, its layers and its measure.

import { columns, drawCurves } from "./curves.js";
import { by, make, recording } from "./dom.js";
import { drawSpace, LAYERS } from "./space.js";

export const on = Object.fromEntries(LAYERS.map(([name, , , , first]) => [name, first]));

const shownLayers = ({ kind }) => LAYERS.filter(([name, , , kinds]) => kinds.split(" ").includes(kind)
  && !(recording && name === "batch"));

// `toggle(name, shown)` is told of a layer, `chosen(name)` of a measure.
export class View {
  constructor(title, toggle, chosen) {
    this.space = make("canvas", { tabIndex: -1 });
    this.charts = make("canvas");
    for (const [canvas, name] of [[this.space, "the data space"], [this.charts, "the curves"]]) {
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", name);
    }
    this.toggle = toggle;
    this.layers = make("div", { className: "layers" });
    this.measure = make("select", { onchange: () => chosen(this.measure.value) });
    this.root = make("div", { className: "run" }, make("h2", { textContent: title, hidden: !title }),
      make("div", { className: "space" }, this.space), make("div", { className: "charts" }, this.charts),
      this.layers, make("label", { className: "measure" }, "measure ", this.measure));
    by("runs").append(this.root);
  }

  setScene(scene) {
    this.scene = scene;
    const old = this.measure.value, first = scene.measures.find((name) => /JSD|20 good|precision|KL|KS/.test(name));
    this.measure.replaceChildren(...scene.measures.map((name) => make("option", { textContent: name })));
    this.measure.value = scene.measures.includes(old) ? old : first || scene.measures[0];
    this.layers.replaceChildren(...shownLayers(scene).map(
      ([name, key, words]) => make("label", { className: name, title: `key ${key}` }, make("input", { type: "checkbox",
        checked: on[name], name, onchange: (event) => this.toggle(name, event.target.checked) }), ` ${words}`)));
  }

  draw(frame, now, branch, turn, all) {
    drawSpace(this.space, this.scene, frame, on);
    if (!all) return;
    const mine = columns(now, this.scene);
    const beside = recording ? recording.runs.map(({ curves }) => columns(curves, this.scene)) : [mine];
    drawCurves(this.charts, this.scene, mine, columns(branch, this.scene), turn, this.measure.value, beside);
  }
}
