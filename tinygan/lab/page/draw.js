// Draw a distribution: each touch of the brush is a Gaussian, with a spread and a weight.

import { colour, fresh } from "./colours.js";

const REACH = 2;                                      // the drawing's square goes from −2 to 2

export class Drawing {
  constructor(canvas, brush) {
    this.canvas = canvas;
    this.brush = brush;                               // () → {spread, weight, eraser}
    this.touches = [];
    this.cursor = [0, 0];
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.touch(this.place(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.buttons) this.touch(this.place(event));
    });
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.show());
    canvas.addEventListener("blur", () => this.show());
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    const side = (offset, size) => (2 * REACH * offset) / size - REACH;
    return [side(event.clientX - box.left, box.width), -side(event.clientY - box.top, box.height)];
  }

  touch(at) {
    const { spread, weight, eraser } = this.brush(), [x, y] = at.map((v) => +Math.max(-2, Math.min(2, v)).toFixed(3));
    const far = (touch) => Math.hypot(touch.x - x, touch.y - y);
    if (eraser) this.touches = this.touches.filter((touch) => far(touch) > Math.max(0.1, spread));
    else if (this.touches.length < 2000
      && !this.touches.some((t) => far(t) < Math.max(0.02, spread / 2) && t.spread === spread)) {
      this.touches.push({ x, y, spread, weight });
    }
    this.cursor = [x, y];
    this.show();
  }

  key(event) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (move) this.cursor = this.cursor.map((v, i) => Math.max(-REACH, Math.min(REACH, v + 0.1 * move[i])));
    else if (event.key === " " || event.key === "Enter") this.touch(this.cursor);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.show();
  }

  show() {
    const { pen, width, height } = fresh(this.canvas), at = (v, size) => ((v + REACH) / (2 * REACH)) * size;
    pen.fillStyle = colour.real;
    for (const { x, y, spread, weight } of this.touches) {
      for (const [times, alpha] of [[2, 0.12], [1, 0.3]]) {
        pen.globalAlpha = alpha * (0.4 + weight / 10);
        pen.beginPath();
        pen.arc(at(x, width), height - at(y, height), Math.max(2, (times * spread * width) / (2 * REACH)), 0, 7);
        pen.fill();
      }
    }
    pen.globalAlpha = 1;
    if (document.activeElement === this.canvas) {
      pen.strokeStyle = colour.fake;
      pen.beginPath();
      pen.arc(at(this.cursor[0], width), height - at(this.cursor[1], height), 8, 0, 7);
      pen.stroke();
    }
    this.canvas.setAttribute("aria-label", `a drawing of ${this.touches.length} touches; arrow keys move, space draws`);
  }

  command() {
    return { do: "draw", means: this.touches.map(({ x, y }) => [x, y]), std: this.touches.map(({ spread }) => spread),
      weights: this.touches.map(({ weight }) => weight) };
  }
}
