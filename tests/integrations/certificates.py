"""A certificate of our own making, for 127.0.0.1."""

import ssl
import subprocess
from pathlib import Path


def make_certificate(folder: Path) -> None:
    """cert.pem and key.pem."""
    words = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem "
        "-out cert.pem -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(words.split(), cwd=folder, check=True, capture_output=True)


def server_context(folder: Path) -> ssl.SSLContext:
    """What a server in a test needs to show it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
