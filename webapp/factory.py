"""Make the Flask application: read the settings, open the store, register the views."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask
from flask_babel import Babel

from geodata.index import EventIndex
from geodata.store import Store
from webapp import errors, security
from webapp.atlas import Atlas
from webapp.control import ControlKeeper
from webapp.drawn import DrawnShelf
from webapp.languages import locale
from webapp.settings import Value, comma_separated, read_settings
from webapp.turnstile import Turnstile
from webapp.views import api, control, drawn, exports, geocoding, pages, places


def create_app(config: Mapping[str, Value] | None = None) -> Flask:
    """Make the web application over a store that is migrated and filled (see ``geodata.store.prepare``).

    Parameters
    ----------
    config : mapping of setting to value, optional
        Overrides `webapp.settings.SETTINGS` and the environment.

    Raises
    ------
    BadInput
        When an environment variable does not fit its setting, or the folder of drawn fronts is not there.
    StoreError
        When the store cannot be read.
    """
    app = Flask(__name__)
    app.config.from_mapping(read_settings())
    app.config.from_mapping(config or {})
    app.config["TRUSTED_HOSTS"] = comma_separated(str(app.config["TRUSTED_HOSTS"])) or None
    # Flask would answer //events with a redirect to whatever host the request named.
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]  # as above
    app.config["BABEL_DEFAULT_LOCALE"] = "en_GB"
    shelf = DrawnShelf(str(app.config["DRAWN_FRONTS"]))
    store = Store(str(app.config["DATABASE"]))
    turnstile = Turnstile(int(app.config["EXPORTS_AT_ONCE"]))
    index = EventIndex(store)
    app.extensions["atlas"] = Atlas(store, index, turnstile, shelf, ControlKeeper(index.snapshot))
    Babel(app, locale_selector=locale)
    security.init_app(app)
    errors.init_app(app)
    for module in (pages, api, places, geocoding, control, drawn, exports):
        app.register_blueprint(module.blueprint)
    pages.init_app(app)
    return app
