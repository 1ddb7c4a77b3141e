"""Logging in elsewhere: OpenID Connect Core 1.0, the code flow with PKCE (RFC 7636).

Authlib speaks to the provider and joserfc reads its tokens; both come with the extra ``openid``.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geungeo.ui.accounts.records import ROLES, AccountError, Role
from geungeo.ui.server.listening import is_of_this_machine

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

    from geungeo.rag.settings import Settings

_SCOPE = "openid profile email"
_METADATA = "/.well-known/openid-configuration"
_SECONDS = 10.0
# Those that are signed with a key whose public half the provider tells.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_LONGEST_NAME = 50
_SPACE = re.compile(r"\s+")


class OpenIdError(AccountError):
    """Somebody could not log in elsewhere."""


@dataclass(frozen=True)
class Begun:
    """A login that has begun: ``url`` is where the browser goes, the rest is what it has to come
    back with."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """Who has logged in elsewhere, and in which groups; ``subject`` never changes, ``name``
    may."""

    subject: str
    name: str
    role: Role
    groups: frozenset[str]


@dataclass(frozen=True)
class RoleRule:
    """Which values of a claim are which role; who has none of them is a reader."""

    claim: str
    roles: Mapping[str, Role]

    @classmethod
    def read(cls, claim: str, text: str) -> RoleRule:
        """``text`` is as ``editors=curator,it=admin``.

        Raises:
            AccountError: it is not.
        """
        roles: dict[str, Role] = {}
        for part in filter(None, (one.strip() for one in text.split(","))):
            value, _, named = part.rpartition("=")
            role = next((one for one in ROLES if one == named.strip()), None)
            if not value or role is None:
                raise AccountError(
                    f"GEUNGEO_OIDC_ROLES: {part!r} is not as group=role, with {', '.join(ROLES)}"
                )
            roles[value.strip()] = role
        return cls(claim, roles)

    def of(self, claims: Mapping[str, Any]) -> Role:
        """The role that may do most of those that the claims give."""
        found = [self.roles[one] for one in self.groups(claims) if one in self.roles]
        return max(found, key=ROLES.index, default="reader")

    def groups(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """All values of the claim, by which folders may be granted."""
        given = claims.get(self.claim, ())
        values = [given] if isinstance(given, str) else given if isinstance(given, list) else []
        return frozenset(one for one in values if isinstance(one, str) and one)


class OpenIdProvider:
    """One provider; safe to use from several threads."""

    def __init__(self, issuer: str, client: str, secret: str, rule: RoleRule) -> None:
        """``secret`` is empty for a client that has none.

        Raises:
            AccountError: the issuer is no address that may be trusted, or what speaks to it is
                not installed.
        """
        parts = urlsplit(issuer)
        is_near = parts.scheme == "http" and is_of_this_machine(parts.hostname or "")
        if not (parts.scheme == "https" or is_near) or not client:
            raise AccountError(
                "GEUNGEO_OIDC_ISSUER takes https://…, and GEUNGEO_OIDC_CLIENT_ID is needed with it"
            )
        try:
            import authlib.integrations.httpx_client
            import joserfc.jwt  # noqa: F401
        except ImportError as error:
            raise AccountError(
                "GEUNGEO_OIDC_ISSUER: what speaks to it is not installed:"
                " pip install 'geungeo[openid]'"
            ) from error
        self._client_of = authlib.integrations.httpx_client.OAuth2Client
        self._issuer = issuer.rstrip("/")
        self._client = client
        self._secret = secret
        self._rule = rule

    def begin(self, back: str) -> Begun:
        """``back`` is the address to which the provider sends the browser.

        Raises:
            OpenIdError: the provider does not answer as one.
        """
        nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        with self._speaking(back) as client:
            endpoint = self._metadata(client)["authorization_endpoint"]
            url, state = client.create_authorization_url(
                endpoint, code_verifier=verifier, nonce=nonce
            )
        return Begun(url, state, nonce, verifier)

    def finish(self, begun: Begun, back: str, state: str, code: str) -> Identity:
        """Who has logged in, with what the browser came back with.

        Raises:
            OpenIdError: it is not what was begun, or the provider says otherwise.
        """
        if not (state and code and hmac.compare_digest(state, begun.state)):
            raise OpenIdError("the browser came back with another login than it had begun")
        try:
            with self._speaking(back) as client:
                metadata = self._metadata(client)
                token = client.fetch_token(
                    metadata["token_endpoint"], code=code, code_verifier=begun.verifier
                )
                keys = client.request("GET", metadata["jwks_uri"], withhold_token=True)
            claims = self._claims(str(token["id_token"]), keys.json(), begun.nonce)
        except OpenIdError:
            raise
        # The libraries raise many kinds, all of which say that nobody has logged in.
        except Exception as error:
            raise OpenIdError(f"{self._issuer}: {type(error).__name__}: {error}") from error
        return self._identity(claims)

    def _speaking(self, back: str) -> OAuth2Client:
        return self._client_of(
            self._client, self._secret or None, scope=_SCOPE, redirect_uri=back,
            code_challenge_method="S256", timeout=_SECONDS,
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
        )  # fmt: skip

    def _metadata(self, client: OAuth2Client) -> Mapping[str, Any]:
        try:
            answer = client.request("GET", self._issuer + _METADATA, withhold_token=True)
            found = answer.raise_for_status().json()
            needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
            told = {name: str(found[name]) for name in needed}
        except Exception as error:
            raise OpenIdError(f"{self._issuer}: {type(error).__name__}: {error}") from error
        if told["issuer"].rstrip("/") != self._issuer:
            raise OpenIdError(f"{self._issuer}: it calls itself {told['issuer']}")
        return told

    def _claims(self, token: str, keys: Any, nonce: str) -> Mapping[str, Any]:
        """What a token says, once its signature, issuer, audience, time and nonce hold."""
        from joserfc import jwt
        from joserfc.jwk import KeySet

        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=[*_ALGORITHMS]).claims
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "values": [self._issuer, f"{self._issuer}/"]},
            aud={"essential": True, "value": self._client},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        audience = claims["aud"]
        many = isinstance(audience, list) and len(audience) > 1
        if (many or "azp" in claims) and claims.get("azp") != self._client:
            raise OpenIdError(f"{self._issuer}: the token is for another client")
        return claims

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        told = (claims.get(one) for one in ("preferred_username", "email", "sub"))
        name = next(_SPACE.sub(".", one.strip()) for one in map(str, filter(None, told)) if one)
        printable = "".join(letter for letter in name if letter.isprintable())
        subject = f"{self._issuer} {claims['sub']}"
        own = printable[:_LONGEST_NAME] or "somebody"
        return Identity(subject, own, self._rule.of(claims), self._rule.groups(claims))


def provider_of(settings: Settings) -> OpenIdProvider | None:
    """The provider of the settings, if they name one.

    Raises:
        AccountError: they are wrong.
    """
    if not settings.oidc_issuer:
        return None
    return OpenIdProvider(
        settings.oidc_issuer, settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        RoleRule.read(settings.oidc_role_claim, settings.oidc_roles),
    )  # fmt: skip
