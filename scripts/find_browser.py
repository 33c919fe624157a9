"""Find Chromium for the browser tests, or install it; say in a sentence what to do where neither works."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """The browser to use: the one named in PATHWAY_CHROMIUM, or the first on the path."""
    named = os.environ.get("PATHWAY_CHROMIUM")
    if named and shutil.which(named):
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Debian's package where there is apt and the right to use it; Playwright's own download elsewhere."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)
        return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


if __name__ == "__main__":
    if not (found() or playwright_has_one()):
        print("No browser here yet: installing Chromium for the browser tests.")
        install()
    if not (found() or playwright_has_one()):
        sys.exit("The browser tests need Chromium, and it couldn't be installed. Install it, or set PATHWAY_CHROMIUM.")
