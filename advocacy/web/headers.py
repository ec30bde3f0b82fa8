"""Security headers on every answer, and a nonce a page for the few scripts that need one."""

from secrets import token_urlsafe

from flask import Flask, Response, g, request

from advocacy.config import Settings

YEAR_SECONDS = 31_536_000


def nonce() -> str:
    """The nonce of this answer: new each time, the same within one page."""
    if "nonce" not in g:
        g.nonce = token_urlsafe(16)
    return str(g.nonce)


def policy(network_sites: str) -> str:
    """The Content-Security-Policy (reliability.md 4.2, row 48)."""
    own = "'self'"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'nonce-{nonce()}' 'strict-dynamic'",
            f"style-src {own}",
            f"img-src {own}",
            f"media-src {own}",
            f"font-src {own}",
            f"connect-src {own}",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            # Connecting an account is a form that ends, by redirect, at the network.
            f"form-action {own} {network_sites}".rstrip(),
            "frame-ancestors 'none'",
        ]
    )


def install(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer, errors and redirects too."""
    app.jinja_env.globals["csp_nonce"] = nonce

    sites = " ".join(
        filter(None, [settings.linkedin_oauth_base, settings.mastodon_base])
    )

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", policy(sites))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if settings.secure:
            headers.setdefault(
                "Strict-Transport-Security",
                f"max-age={YEAR_SECONDS}; includeSubDomains",
            )
        if request.endpoint != "static" or response.status_code >= 400:
            # Every page is somebody's own: it must not come back after they signed out.
            headers.setdefault("Cache-Control", "no-store")
        return response
