"""What everything is measured against: Flask with nothing in it but as many routes as ours."""

from flask import Flask, redirect
from flask.typing import ResponseReturnValue

TARGET = "https://example.org/story"
ROUTES = 60  # besides those below

app = Flask("yardstick")
for _number in range(ROUTES):
    app.add_url_rule(f"/r{_number}/<int:row>", f"r{_number}", str)


@app.get("/l/<code>")
def constant_redirect(code: str) -> ResponseReturnValue:  # noqa: ARG001
    """The cheapest tracked link there could be: it looks nothing up and counts nothing."""
    return redirect(TARGET)


@app.get("/hello")
def hello() -> str:
    return "hello"


@app.get("/page/<int:size>")
def page(size: int) -> str:
    """A page of so many bytes, always the same."""
    return "x" * size
