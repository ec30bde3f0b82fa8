"""The addresses of the library, on one screen."""

from flask import Blueprint

from advocacy.library import front_views, item_views, media_views

blueprint = Blueprint("library", __name__)

blueprint.get("/")(front_views.front)
blueprint.get("/items/<int:item_id>")(item_views.item)
blueprint.post("/items/<int:item_id>/compose")(item_views.compose)
blueprint.get("/media/<public_id>/<name>")(media_views.media)
