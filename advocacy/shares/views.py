"""The addresses under My shares, on one screen."""

from flask import Blueprint

from advocacy.outside import network_name
from advocacy.shares import (
    action_views,
    again_views,
    list_views,
    text_views,
    time_views,
)
from advocacy.shares.desk import angle_name
from advocacy.shares.named import pieces
from advocacy.shares.page_parts import activity, host, page_of

blueprint = Blueprint("shares", __name__, url_prefix="/shares")

blueprint.get("")(list_views.mine)
blueprint.post("/<public_id>/undo")(action_views.undo)
blueprint.post("/<public_id>/stop")(action_views.stop)
blueprint.post("/<public_id>/there")(action_views.there)
blueprint.post("/<public_id>/take-back")(action_views.take_back)
blueprint.post("/<public_id>/take-off")(action_views.take_off)
blueprint.get("/<public_id>/delete")(action_views.delete_page)
blueprint.post("/<public_id>/delete")(action_views.delete)
blueprint.get("/<public_id>/text")(text_views.text)
blueprint.post("/<public_id>/told")(text_views.told)
blueprint.get("/<public_id>/address")(text_views.address_page)
blueprint.post("/<public_id>/address")(text_views.address)
blueprint.get("/<public_id>/time")(time_views.time_page)
blueprint.post("/<public_id>/time")(time_views.change_time)
blueprint.get("/<public_id>/again")(again_views.again_page)
blueprint.post("/<public_id>/again")(again_views.again)
blueprint.post("/<public_id>/leave")(again_views.leave)

blueprint.add_app_template_filter(host, "host")
blueprint.add_app_template_global(activity, "activity")
blueprint.add_app_template_global(network_name, "network_name")
blueprint.add_app_template_global(pieces, "pieces")
blueprint.add_app_template_global(page_of, "page_of")
blueprint.add_app_template_global(angle_name, "angle_name")
