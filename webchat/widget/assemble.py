"""Puts the script and the style of the page and of the widget together from `src/`.

    python -m webchat.widget.assemble

writes the files; a test checks that they are up to date. A version once released never changes:
raise VERSION with the first change after it.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

VERSION = "1.0.0"

HERE = Path(__file__).parent
SOURCES = HERE / "src"
RELEASES = HERE / "dist"
STATIC = HERE.parent / "static"

_CHAT = ["client.js", "ear.js", "line.js", "upload.js", "view.js"]

RECIPES = {
    STATIC / "chat.js": [*_CHAT, "page.js"],
    STATIC / "chat.css": ["chat.css", "page.css"],
    RELEASES / f"{VERSION}.js": [*_CHAT, "skeleton.js", "panel.js"],
    RELEASES / f"{VERSION}.css": ["chat.css", "panel.css"],
}


def assembled(target: Path) -> str:
    """The content that `target` should have."""
    parts = [(SOURCES / name).read_text(encoding="utf-8") for name in RECIPES[target]]
    head = f"/* CivicLine chat {VERSION}. Made from {', '.join(RECIPES[target])}. */\n"
    if target.suffix == ".css":
        return head + "\n".join(parts)
    # One function around all: nothing but the chat itself is left in the page's global names.
    return head + '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def integrity(content: bytes) -> str:
    """The value of an `integrity` attribute (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")


def main() -> None:
    for target in RECIPES:
        target.parent.mkdir(exist_ok=True)
        target.write_text(assembled(target), encoding="utf-8")


if __name__ == "__main__":
    main()
