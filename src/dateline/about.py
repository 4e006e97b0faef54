"""What this installation is made of."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata, version
from importlib.resources import files
from typing import Any

from dateline.coder import Coder
from dateline.defaults import DEFAULT_MODEL
from dateline.yamls import load_yaml

LIBRARIES = (
    "spacy", "pydantic", "trafilatura", "htmldate", "ftfy", "rapidfuzz", "Metaphone",
    "anyascii", "py3langid", "narwhals", "pyarrow", "typer", "rich",
)  # fmt: skip


def about(model: str = DEFAULT_MODEL) -> dict[str, list[dict[str, str]]]:
    """Return versions and data sources, each with its licence.

    Raises:
        SetupError: the model is not installed.
    """
    versions = Coder(model).versions
    found = [{"name": "dateline", "version": versions.dateline, "licence": "Apache-2.0"}]
    found.append({"name": "language model", "version": versions.model, "licence": "MIT"})
    found += [{"name": n, "version": v, "licence": ""} for n, v in versions.data]
    found += [_library(name) for name in LIBRARIES]
    return {"versions": found, "data": sources()}


def sources() -> list[dict[str, str]]:
    """Return the data sources whose facts ship with dateline, with licence and attribution."""
    text = files("dateline").joinpath("sources.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, str]] = load_yaml(text)["sources"]
    return loaded


def _library(name: str) -> dict[str, str]:
    try:
        about: Any = metadata(name)
        licence = about.get("License-Expression") or about.get("License") or ""
        return {
            "name": name,
            "version": version(name),
            "licence": licence.splitlines()[0][:40] if licence else "",
        }
    except PackageNotFoundError:
        return {"name": name, "version": "not installed", "licence": ""}
