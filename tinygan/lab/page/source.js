// Where states come from: a server that plays, or a recording. Both have `send`, which answers a command.

export class Live {
  constructor(show, lost) {
    this.token = new URLSearchParams(location.search).get("token") || "";
    this.number = -1;
    this.before = Promise.resolve();
    this.follow(show, lost);
  }

  // One after the other: on connections of their own a later command might come first.
  send(command) {
    this.before = this.before.then(() => this.post(command));
    return this.before;
  }

  async post(command) {
    const headers = { "Content-Type": "application/json", "X-Token": this.token };
    try {
      const answer = await fetch("/command", { method: "POST", headers, body: JSON.stringify(command) });
      return answer.ok ? await answer.json() : { error: await answer.text() };
    } catch {
      return { error: "The server does not answer: nothing was changed." };
    }
  }

  async follow(show, lost) {
    for (;;) {
      let number, state;
      try {
        const answer = await fetch(`/state?after=${this.number}`, { headers: { "X-Token": this.token } });
        if (answer.status === 403) return lost(`${await answer.text()}What is shown stays.`);
        number = +answer.headers.get("X-Number");
        state = await answer.json();
      } catch {
        lost("The lab's server does not answer: it was ended, or this computer slept. What is shown stays, and this "
          + "page goes on by itself once the server answers.");
        await new Promise((resolve) => setTimeout(resolve, 1000));
        continue;
      }
      lost("");
      if (number !== this.number) await show(state);
      this.number = number;
    }
  }
}

export class Recorded {
  constructor(recording, show) {
    Object.assign(this, { recording, show, at: 0, playing: false, speed: 10 });
    this.length = Math.max(...recording.runs.map(({ frames }) => frames.length));
    this.timer = null;
    show(this.state());
  }

  // The last weights that were recorded up to a frame, and the units' responses at the end.
  frame(run) {
    const i = Math.min(this.at, run.frames.length - 1), frame = { ...run.frames[i] };
    for (let j = i; !frame.networks && j >= 0; j--) frame.networks = run.frames[j].networks;
    return frame;
  }

  state() {
    const frames = this.recording.runs.map((run) => this.frame(run));
    const { iteration, turn } = frames.reduce((a, b) => (b.turn > a.turn ? b : a));
    return { frames, playing: this.playing, speed: this.speed, iteration, turn,
      moments: Array.from({ length: this.length }, (_, i) => i), at: this.at, message: "", says: this.says(frames) };
  }

  says(frames) {
    return this.recording.runs.map(({ title }, i) => `${title}. ${frames[i].says}`).join(" ");
  }

  async send(command) {
    const act = {
      play: () => { this.playing = true; if (this.at === this.length - 1) this.at = 0; },
      pause: () => { this.playing = false; },
      step: () => { this.playing = false; this.at = Math.min(this.at + 1, this.length - 1); },
      go: () => { this.playing = false; this.at = command.turn; },
      pace: () => { this.speed = command.speed; },
      point: () => { this.unit = command.net ? command : null; },
    }[command.do];
    if (act) act();
    clearInterval(this.timer);
    if (this.playing) this.timer = setInterval(() => this.advance(), 1000 / this.speed);
    this.show(this.state());
    return {};
  }

  advance() {
    this.at += 1;
    if (this.at >= this.length - 1) {
      this.at = this.length - 1;
      this.playing = false;
      clearInterval(this.timer);
    }
    this.show(this.state());
  }
}
