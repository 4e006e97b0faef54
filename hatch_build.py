"""Builds the web app into the wheel, where Node is there and it is not built yet."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebApp(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and `npm run build`; without Node the wheel has the API alone, and says so."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app before the files of a wheel are gathered."""
        root = Path(self.root)
        built = root / "src" / "dateline" / "server" / "static" / "index.html"
        web = root / "web"
        if version != "standard" or built.exists() or os.environ.get("DATELINE_SKIP_WEB"):
            return
        npm = shutil.which("npm")
        if npm is None or not (web / "package-lock.json").exists():
            self.app.display_warning(
                "no web app in this wheel: install Node 20 and build again, or run `make web` first"
            )
            return
        try:
            for words in (["ci"], ["run", "build"]):
                subprocess.run([npm, *words, "--silent"], cwd=web, check=True)
        except subprocess.CalledProcessError:
            self.app.display_warning(
                "the web app could not be built, so this wheel has the API alone: see what npm says "
                "above, mend it, and build again"
            )
