"""The door of signed messages: exempt from the check of our own pages, because each message proves itself."""

from flask import Blueprint

bp = Blueprint("hooks", __name__)
