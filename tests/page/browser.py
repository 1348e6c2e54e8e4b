"""A browser for the tests of the report's page: Chromium, driven over the WebDriver protocol by
nothing but the standard library. It has no network, and everything the page says to the console,
every breach of its security policy and every request is kept."""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Left": "\ue012", "Up": "\ue013", "Right": "\ue014",
        "Down": "\ue015", "Space": " ", "Shift": "\ue008", "Home": "\ue011", "End": "\ue010"}


def missing():
    """What a test needs and this machine has not; empty if all is there."""
    return [name for name in ("chromium", "chromedriver") if not shutil.which(name)]


class PageError(Exception):
    pass


class Browser:
    """with Browser() as browser: browser.open(path, "#/topic/1") …"""

    def __init__(self, width=1280, height=1000, dark=False, script=True):
        self.profile = pathlib.Path(tempfile.mkdtemp(prefix="themata-browser-"))
        self.downloads = self.profile / "downloads"
        self.downloads.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(self.profile / "driver.log", "wb")
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}"], stdout=self.log, stderr=subprocess.STDOUT,
                                       env={**os.environ, "HOME": str(self.profile)})
        arguments = ["--headless=new", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
                     "--disable-dev-shm-usage", "--hide-scrollbars", f"--window-size={width},{height}", f"--user-data-dir={self.profile}/data",
                     "--host-resolver-rules=MAP * ~NOTFOUND", "--lang=en-GB"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        if dark:
            arguments.append("--blink-settings=preferredColorScheme=0")
        preferences = {"download.default_directory": str(self.downloads), "profile.default_content_setting_values.automatic_downloads": 1}
        if not script:
            preferences["profile.managed_default_content_settings.javascript"] = 2
        capabilities = {"alwaysMatch": {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                                        "goog:chromeOptions": {"args": arguments, "prefs": preferences}}}
        self._wait_for_driver()
        self.session = self._ask("POST", "/session", {"capabilities": capabilities})["sessionId"]
        self.base = f"/session/{self.session}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        try:
            self._ask("DELETE", self.base)
        except (OSError, PageError):
            pass
        self.driver.terminate()
        try:
            self.driver.wait(10)
        except subprocess.TimeoutExpired:
            self.driver.kill()
            self.driver.wait()
        self.log.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _wait_for_driver(self):
        end = time.monotonic() + 20
        while True:
            try:
                if self._ask("GET", "/status")["ready"]:
                    return
            except OSError:
                pass
            if time.monotonic() > end or self.driver.poll() is not None:
                raise PageError("chromedriver does not answer: " + (self.profile / "driver.log").read_text()[-2000:])
            time.sleep(0.05)

    def _ask(self, method, path, body=None):
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise PageError(f"{value['error']}: {value['message'].splitlines()[0]}") from None

    # ---- pages ----

    def open(self, path, place=""):
        """Opens a file anew and waits until the page is ready, or says that it is broken."""
        self._ask("POST", f"{self.base}/url", {"url": "about:blank"})
        self._ask("POST", f"{self.base}/url", {"url": pathlib.Path(path).resolve().as_uri() + place})
        self.wait("return document.documentElement.dataset.ready !== undefined || document.querySelector('.broken') !== null || document.getElementById('app') === null")

    def go(self, place):
        """Another view of the page that is open."""
        self.run("location.hash = arguments[0]", place)
        self.run("return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")

    def run(self, script, *arguments):
        return self._ask("POST", f"{self.base}/execute/sync", {"script": script, "args": list(arguments)})

    def wait(self, script, *arguments, seconds=30):
        """Runs a script until what it returns is true, and returns that."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script, *arguments)
            if value:
                return value
            if time.monotonic() > end:
                raise PageError(f"this does not become true: {script}")
            time.sleep(0.02)

    def text(self, selector="main"):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", selector)

    def count(self, selector):
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    # ---- hands ----

    def press(self, *keys):
        """Keys, one after the other; 'Shift+Tab' holds the first."""
        actions = []
        for key in keys:
            held = key.split("+")
            codes = [KEYS.get(part, part) for part in held]
            actions += [{"type": "keyDown", "value": code} for code in codes]
            actions += [{"type": "keyUp", "value": code} for code in reversed(codes)]
        self._ask("POST", f"{self.base}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def type(self, selector, text):
        """Puts a text into a field, as if it had been typed."""
        self.run("""const field = document.querySelector(arguments[0]); field.focus(); field.value = arguments[1];
                    field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }));""", selector, text)

    def click(self, selector):
        self.run("const e = document.querySelector(arguments[0]); if (!e) throw new Error('no ' + arguments[0]); e.click()", selector)

    def download(self, selector, seconds=10):
        """Clicks, and returns the bytes of the file that is downloaded."""
        self.cdp("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(self.downloads)})
        for path in self.downloads.iterdir():  # a file of the same name would be written over
            path.unlink()
        self.click(selector)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = list(self.downloads.iterdir())  # the name may be there, empty, before the bytes are
            if found and all(path.suffix != ".crdownload" and path.stat().st_size > 0 for path in found):
                return found[0].read_bytes()
            time.sleep(0.05)
        raise PageError(f"{selector}: nothing was downloaded")

    # ---- what the browser knows ----

    def cdp(self, command, parameters):
        return self._ask("POST", f"{self.base}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def complaints(self):
        """Errors, warnings and breaches of the policy since the last call."""
        return [entry["message"] for entry in self._ask("POST", f"{self.base}/se/log", {"type": "browser"}) if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self):
        """Addresses that were asked for since the last call, but for files, data and blobs of the page."""
        asked = []
        for entry in self._ask("POST", f"{self.base}/se/log", {"type": "performance"}):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                parameters = message["params"]
                asked.append(parameters.get("url") or parameters["request"]["url"])
        return [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:", "chrome:"))]

    def emulate(self, *, width=None, height=900, media=None, features=()):
        """A screen so wide; print; colour schemes and the like: [("prefers-color-scheme", "dark")]."""
        if width:
            self.cdp("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
        self.cdp("Emulation.setEmulatedMedia", {"media": media or "", "features": [{"name": n, "value": v} for n, v in features]})

    def screenshot(self, path, full=True):
        picture = self.cdp("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": full})
        pathlib.Path(path).write_bytes(base64.b64decode(picture["data"]))

    def pdf(self):
        return base64.b64decode(self.cdp("Page.printToPDF", {"printBackground": False})["data"])
