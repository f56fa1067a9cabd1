"""A slow machine on a fast one: `SLOW=4 make test ARGS=tests/browser` shows which test does not wait for what it needs.

Pages compute so many times slower, and each answer that they fetch comes up to a second and a half later, one at once
and another not.
"""

import os

from playwright.sync_api import BrowserContext, Page

SLOW = float(os.environ.get("SLOW", "1"))
LATENCY = 150  # milliseconds, on the way of everything, the code of the pages too
ANSWERS_WAIT = """
    const fetchAtOnce = window.fetch;
    window.fetch = async (...asked) => {
      const answer = await fetchAtOnce(...asked);
      await new Promise((go) => setTimeout(go, Math.random() * 1500));
      return answer;
    };
"""


def slow_down(context: BrowserContext) -> None:
    """All pages of this window, unless the machine is to be taken as it is."""
    if SLOW > 1:
        context.add_init_script(ANSWERS_WAIT)
        context.on("page", _slow_down)


def _slow_down(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    anything = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    devtools.send("Network.emulateNetworkConditions", {**anything, "latency": LATENCY})
