"""Addresses of the server that are looked at before what answers there."""

from __future__ import annotations

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Whoever watches over servers asks each by its address, and has no account.
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
LOGIN, LOGOUT = "/login", "/logout"
OPENID, OPENID_BACK = "/login/openid", "/login/openid/back"
# For who has not logged in yet, or no longer.
OPEN = frozenset({("GET", LOGIN), ("POST", LOGIN), ("POST", LOGOUT)}) | {
    ("GET", OPENID), ("GET", OPENID_BACK)
}  # fmt: skip
# What the page is drawn with, the same for everybody.
STATIC = ("/assets/", "/static/", "/svelte/", "/cdn/")
