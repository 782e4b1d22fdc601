"""Keep a record of what must not happen in a page: errors, broken policy, calls to other machines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Route, WebError

_LOCAL = re.compile(r"^(?:(?:https?|wss?)://127\.0\.0\.1(?::\d+)?(?:/|$)|data:|blob:|about:)")
_VIOLATION = "atlas-policy-violation"
_REPORT_VIOLATIONS = f"""
document.addEventListener("securitypolicyviolation", (event) => {{
  const {{ effectiveDirective, blockedURI, sourceFile, lineNumber }} = event;
  console.error("{_VIOLATION}", effectiveDirective, blockedURI, sourceFile, lineNumber);
}});
"""


@dataclass
class Watch:
    """The record of one browser context.

    A test that provokes an error says so beforehand: ``watch.expect(r"status of 500")`` for a console or
    page error, ``watch.expect_host("tile.openstreetmap.org")`` for a request that leaves this machine
    (which is refused all the same).
    """

    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=list)
    _hosts: set[str] = field(default_factory=set)

    def expect(self, pattern: str) -> None:
        """Allow console and page errors whose text or address matches."""
        self._expected.append(re.compile(pattern))

    def expect_host(self, host: str) -> None:
        """Allow requests to another machine; they are recorded in ``refused`` and never leave."""
        self._hosts.add(host)

    def unexpected(self) -> list[str]:
        """Return what nobody expected."""
        return [
            found for found in self.problems if not any(wanted.search(found) for wanted in self._expected)
        ]

    def attach(self, context: BrowserContext) -> None:
        """Watch every page of a context from now on."""
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", self._on_page_error)
        context.on("request", self._on_request)
        context.route(lambda url: not _LOCAL.match(url), self._refuse)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "assert"}:
            return
        address = str(message.location.get("url", ""))
        if urlsplit(address).hostname in self._hosts:
            return
        self.problems.append(f"console: {message.text}  ({address})")

    def _on_page_error(self, error: WebError) -> None:
        self.problems.append(f"page error: {error.error}")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not _LOCAL.match(request.url) and urlsplit(request.url).hostname not in self._hosts:
            self.problems.append(f"request left this machine: {request.url}")

    def _refuse(self, route: Route) -> None:
        self.refused.append(route.request.url)
        route.abort()
