"""The desk: an archive over HTTP, for the web app and for programs."""

from dateline.server.app import create_app
from dateline.server.settings import Settings

__all__ = ["Settings", "create_app"]
