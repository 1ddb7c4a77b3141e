"""Addresses of the server that are looked at before what answers there."""

from __future__ import annotations

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Whoever watches over servers asks each by its address, and has no account.
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
LOGIN, LOGOUT = "/login", "/logout"
# For who has not logged in yet, or no longer.
OPEN = frozenset({("GET", LOGIN), ("POST", LOGIN), ("POST", LOGOUT)})
# What the page is drawn with, the same for everybody.
STATIC = ("/assets/", "/static/", "/svelte/", "/cdn/")
