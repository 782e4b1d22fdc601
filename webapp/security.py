"""Headers that keep a page to itself: a strict content security policy with a nonce for each answer."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g

from webapp.maps.style import ONLINE_LAYERS

ONLINE_TILES = tuple(sorted({"/".join(layer.tiles.split("/")[:3]) for layer in ONLINE_LAYERS}))
"""Where the optional layers come from; nothing is asked of them until a reader switches one on."""


def nonce() -> str:
    """Return this answer's nonce."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def content_security_policy(*, online_layers: bool) -> str:
    """Return the policy of this answer."""
    images = ["'self'", "data:", *(ONLINE_TILES if online_layers else ())]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce()}'",
            f"style-src 'self' 'nonce-{nonce()}'",
            f"img-src {' '.join(images)}",
            "connect-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def init_app(app: Flask) -> None:
    """Put the security headers on every answer."""

    @app.after_request
    def _headers(response: Response) -> Response:
        if response.mimetype == "text/html":
            policy = content_security_policy(online_layers=bool(app.config["ONLINE_LAYERS"]))
            response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.mimetype in {"text/html", "application/json"}:
            response.vary.add("Accept-Language")
        return response
