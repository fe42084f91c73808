// Algorithm 1, with the line that runs lit, and what each line has computed.

// number, how far indented, the line, its formula
const LINES = [
  [1, 0, "for each training iteration:", ""],
  [2, 1, "k times:", ""],
  [3, 2, "sample m noise vectors z ∼ p_z", ""],
  [4, 2, "sample m examples x ∼ p_data", ""],
  [5, 2, "D ascends", "∇ of V = mean log D(x) + mean log(1 − D(G(z)))"],
  [6, 1, "end", ""],
  [7, 1, "sample m noise vectors z ∼ p_z", ""],
  [8, 1, "G descends", ""],
  [9, 0, "end", ""],
];
const WORDS = LINES[6][2];
const LOSS = { minimax: "∇ of mean log(1 − D(G(z)))", "non-saturating": "∇ of −mean log D(G(z))" };

export function makeListing(list) {
  for (const [number, depth, words] of LINES) {
    const item = document.createElement("li");
    item.id = `line${number}`;
    item.innerHTML = "<span></span> <em></em> <span class='value'></span>";
    item.firstChild.textContent = words;
    if (depth) item.style.paddingLeft = `${1.1 * depth}em`;
    list.append(item);
  }
}

export function showListing(state) {
  for (const [number, , , formula] of LINES) {
    const item = document.getElementById(`line${number}`);
    item.classList.toggle("lit", state.line === number);
    const penalised = number === 5 && +state.settings.r1 ? `${formula} − R, the penalty on D’s slope` : formula;
    item.querySelector("em").textContent = number === 8 ? LOSS[state.settings.objective] || "" : penalised;
    if (number === 7) item.firstChild.textContent = state.settings.update === "simultaneous" ? "(the same z)" : WORDS;
    item.querySelector(".value").textContent = state.lines[number] || "";
    if (number === 2) item.firstChild.textContent = `k = ${state.settings.k} times:`;
  }
}
