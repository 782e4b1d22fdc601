"""The atlas in the browser: a Flask application over the library."""

from webapp.factory import create_app

__all__ = ["create_app"]
