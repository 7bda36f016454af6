"""The age question for alcoholic drinks, asked by the server so that it works without any script."""

from flask import Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from marketplace.web import frame
from marketplace.web.frame.age import AGE_COOKIE
from marketplace.web.frame.pages import local_path
from marketplace.web.storefront.views.door import bp


@bp.get("/tuoi")
def age() -> Response:
    """The question by itself; `ve` is the page to go back to."""
    response = frame.page("storefront/age.html", name="", place="", back=local_path(request.args.get("ve"), "/"))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/tuoi")
def age_answered() -> AnyResponse:
    """Remember "18 or older" until the browser is closed, in a cookie that says no more than that."""
    response = redirect(local_path(request.form.get("ve"), "/"), 303)
    response.set_cookie(
        AGE_COOKIE, "1", samesite="Lax", path="/", secure=current_app.config["PUBLIC_URL"].startswith("https://")
    )
    return response
