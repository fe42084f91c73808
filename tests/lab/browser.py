"""A headless Chromium for tests, driven over its DevTools protocol through a pipe, with the standard library alone.

    with Browser(1366, 768) as browser:
        browser.open("http://…")
        browser.until("document.title === 'tinygan lab'")
        browser.click("#play")
        assert not browser.errors
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PATIENCE = 30                                         # seconds for one answer


class Browser:
    """One page in one browser."""

    def __init__(self, width, height):
        self.size, self.number, self.errors, self.answers = (width, height), 0, [], {}

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        command = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   f"--user-data-dir={self.folder.name}/profile", "--remote-debugging-pipe", "--no-first-run",
                   f"--window-size={self.size[0]},{self.size[1]}", "--force-color-profile=srgb"]
        # Chromium reads commands from its file 3 and answers on 4
        self.process = subprocess.Popen(["bash", "-c", f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}', "bash", *command],
                                        pass_fds=(theirs_in, theirs_out), stderr=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, env={**os.environ, "HOME": self.folder.name})
        os.close(theirs_in)
        os.close(theirs_out)
        self.out, self.read, self.rest = ours_out, ours_in, b""
        os.set_blocking(self.read, False)
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = None
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "DOM"):
            self.ask(f"{domain}.enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=self.size[0], height=self.size[1], deviceScaleFactor=1,
                 mobile=False)
        self.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=self.folder.name)
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
        os.close(self.out)
        os.close(self.read)
        self.folder.cleanup()

    session = None

    def ask(self, method, **parameters):
        """What the browser answers to one command."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        end = time.monotonic() + PATIENCE
        while self.number not in self.answers:
            self._listen(end)
        answer = self.answers.pop(self.number)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def _listen(self, end):
        assert time.monotonic() < end, "the browser does not answer"
        if select.select([self.read], [], [], 1)[0]:
            read = os.read(self.read, 1 << 20)
            assert read, "the browser has gone"
            *whole, self.rest = (self.rest + read).split(b"\0")
            for message in map(json.loads, whole):
                if "id" in message:
                    self.answers[message["id"]] = message
                elif message["method"] == "Runtime.exceptionThrown":
                    details = message["params"]["exceptionDetails"]
                    self.errors.append(details.get("exception", {}).get("description") or details["text"])
                elif message["method"] == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
                    self.errors.append(message["params"]["entry"]["text"])
                elif message["method"] == "Runtime.consoleAPICalled" and message["params"]["type"] == "error":
                    self.errors.append(str(message["params"]["args"]))

    def open(self, address):
        """Go to a page."""
        self.ask("Page.navigate", url=address)

    def value(self, expression):
        """What a JavaScript expression is, after its promise if it is one."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, expression):
        """Wait until it is true; the page itself looks, at each of its frames."""
        assert self.value(f"""new Promise((done) => {{
            const end = performance.now() + {1000 * PATIENCE * 0.8};
            const look = () => {{
                let is = false;
                try {{ is = {expression}; }} catch {{ }}
                if (is) done(true);
                else if (performance.now() > end) done(false);
                else setTimeout(look, 10);
            }};
            look();
        }})"""), expression

    def click(self, selector):
        """Press and release the mouse in the middle of what a selector finds."""
        x, y = self.middle(selector)
        self.mouse("mousePressed", x, y)
        self.mouse("mouseReleased", x, y)

    def middle(self, selector):
        """Where it is, once it is scrolled into view."""
        box = self.value(f"""(() => {{ const e = document.querySelector({json.dumps(selector)});
            e.scrollIntoView({{ block: "nearest" }}); const b = e.getBoundingClientRect();
            return [b.x + b.width / 2, b.y + b.height / 2, b.width]; }})()""")
        assert box[2] > 0, f"{selector} is not to be seen"
        return box[:2]

    def mouse(self, kind, x, y, buttons=1):
        """One event of the mouse."""
        self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if buttons else "none",
                 buttons=buttons * (kind != "mouseReleased"), clickCount=1)

    def key(self, key):
        """Press and release one key."""
        code = {"ArrowLeft": 37, "ArrowRight": 39, "ArrowUp": 38, "ArrowDown": 40, "Home": 36, "End": 35, "Enter": 13,
                "Tab": 9, "Escape": 27}.get(key, ord(key[0].upper()))
        text = {"text": key} if len(key) == 1 else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def choose(self, selector, value):
        """Choose or type a value, as a person would who then leaves the field."""
        self.value(f"""(() => {{ const e = document.querySelector({json.dumps(selector)});
            e.value = {json.dumps(value)};
            e.dispatchEvent(new Event("input", {{ bubbles: true }}));
            e.dispatchEvent(new Event("change", {{ bubbles: true }})); }})()""")

    def give(self, selector, path):
        """Put a file into a file input."""
        node = self.ask("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self.ask("DOM.setFileInputFiles", files=[str(path)], objectId=node["result"]["objectId"])

    def picture(self, path):
        """Write a screenshot."""
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))
