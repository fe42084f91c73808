// The forms: settings that take effect at once, and what starts the game anew.

import { by, make } from "./dom.js";

const MEANING = {
  k: "k; updates of D for one of G", m: "m; size of a minibatch", lr_d: "lr_d; learning rate of D",
  lr_g: "lr_g; learning rate of G", momentum: "momentum; μ: 0.5, or 0.5, 0.7", objective: "objective; what G descends",
  update: "update; in turns, or at once", max_norm: "max_norm; cap on D’s weights: none, 2 or 0.8, 4",
  schedule: "schedule; of both rates: constant, linear, 0.3", iterations: "iterations; where schedules end",
  r1: "r1; penalty on D’s slope",
};
const HIDDEN = ["relu", "leaky_relu", "tanh", "sigmoid", "maxout"];
const CHOICES = { objective: ["minimax", "non-saturating"], update: ["alternating", "simultaneous"],
  noise: ["Normal", "Uniform"], G_hidden: HIDDEN, D_hidden: HIDDEN };

function field(form, name, words, value, choices, changed) {
  const input = choices ? make("select", {}, ...choices.map((choice) => make("option", { textContent: choice })))
    : make("input", { type: "text", spellcheck: false });
  Object.assign(input, { name, value, id: `${form.id}-${name}`, onchange: changed });
  const [first, ...rest] = words.split("; ");
  const label = make("label", { htmlFor: input.id }, first, " ", make("small", { textContent: rest.join() }));
  form.querySelector(".fields").append(label, input,
    make("div", { className: "error", hidden: true }));
}

// `set(name, value)` answers {error} where that can't be.
export function fillSettings(settings, set) {
  by("settings").querySelector(".fields").replaceChildren();
  for (const [name, value] of Object.entries(settings)) {
    field(by("settings"), name, MEANING[name], value, CHOICES[name], async (event) => {
      event.target.setAttribute("aria-invalid", true);
      event.target.dataset.turn = "asked";             // until it is known
      const { error, turn } = await set(name, event.target.value);
      const sentence = event.target.nextElementSibling;
      Object.assign(sentence, { textContent: error || "", hidden: !error });
      event.target.setAttribute("aria-invalid", Boolean(error));
      event.target.dataset.turn = turn;
    });
  }
}

// What is wrong stays in its field until the game goes on.
export function showSettings(settings, turn) {
  for (const [name, value] of Object.entries(settings)) {
    const input = by("settings").elements[name], wrong = input && input.getAttribute("aria-invalid") === "true";
    if (!input || input === document.activeElement || (wrong && ["asked", `${turn}`].includes(input.dataset.turn))) {
      continue;
    }
    input.value = value;
    if (wrong) {
      input.setAttribute("aria-invalid", false);
      input.nextElementSibling.hidden = true;
    }
  }
}

// What there is to choose from, and what is chosen now.
export function fillRestart({ recipes, restart }) {
  const words = { recipe: "data", seed: "seed", noise: "noise p_z", noise_dim: "its dimension",
    G_widths: "G’s hidden widths", G_hidden: "G’s hidden function", D_widths: "D’s hidden widths",
    D_hidden: "D’s hidden function" };
  by("restart").querySelector(".fields").replaceChildren();
  for (const [name, value] of Object.entries(restart)) {
    const choices = name === "recipe" ? [...new Set([...recipes, value])] : CHOICES[name];
    field(by("restart"), name, words[name], value, choices, name === "recipe" ? (event) => {
      for (const input of by("restart").querySelectorAll("input[type=text], select")) {
        if (!["recipe", "seed"].includes(input.name)) input.disabled = event.target.value !== restart.recipe;
      }
    } : null);
  }
}
