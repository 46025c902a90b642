"""A second process's part in single sign-on: an OpenID Connect federation on loopback, and the addresses for it."""

import json
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from django.urls import include, path

import portal.urls
from accounts.urls import federation_patterns

urlpatterns = [path("account/organisatie/", include(federation_patterns)), *portal.urls.urlpatterns]


class Federation:
    """Says of everyone who comes with a code what `claims` holds."""

    def __init__(self):
        federation = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(federation.get(urlsplit(self.path).path))

            def do_POST(self):
                length = int(self.headers["Content-Length"])
                federation.asked.append(parse_qs(self.rfile.read(length).decode()))
                self.answer({"access_token": "x", "token_type": "Bearer", "id_token": federation.id_token()})

            def answer(self, data):
                body = json.dumps(data).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.claims = {}
        self.asked = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, daemon=True)

    def get(self, path):
        if path == "/userinfo":
            return self.claims
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
        }

    def id_token(self):
        """Unsigned: it comes straight from the token endpoint, where OpenID Connect lets a client skip the signature."""
        far = 4_000_000_000
        claims = {"iss": self.url, "aud": "leerpact", "exp": far, "iat": 1, **self.claims}
        parts = ({"alg": "RS256", "kid": "1"}, claims)
        return ".".join(
            [*(urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts), "c2ln"]
        )

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
