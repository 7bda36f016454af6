"""Verbs of accounts: signing in and out, codes, roles, areas, the operator's details."""

from collections.abc import Callable
from typing import Any

from marketplace.accounts.actions.cards import end_card, print_card, use_card
from marketplace.accounts.actions.codes import ask_code, count_of_day, enter_with_code, open_account_on_desk
from marketplace.accounts.actions.factor import (
    code_of_a_sample,
    new_key,
    renew_recovery,
    reset_factor,
    set_factor,
    settle_sample,
    show_factor,
)
from marketplace.accounts.actions.people import (
    create_user,
    disable_user,
    enable_user,
    end_admin,
    end_area,
    find_or_create,
    grant_area,
    make_admin,
    set_operator,
)
from marketplace.accounts.actions.pin import has_pin, may_set_anew, open_pin, pin_is_due, set_pin
from marketplace.accounts.actions.sessions import (
    end_all,
    end_session,
    flush_seen,
    open_session,
    own_session,
    set_password,
    sign_in,
    sign_out,
)
from marketplace.accounts.actions.upkeep import drop_code, forget_old
from marketplace.kit.actor import Actor

OUTBOX: dict[str, Callable[[dict[str, Any], str], None]] = {"code.drop": drop_code}
TIMERS: list[tuple[str, float, Callable[[Actor], object]]] = [("accounts.forget", 3600, forget_old)]

__all__ = [
    "OUTBOX",
    "TIMERS",
    "ask_code",
    "code_of_a_sample",
    "count_of_day",
    "create_user",
    "disable_user",
    "enable_user",
    "end_admin",
    "end_all",
    "end_area",
    "end_card",
    "end_session",
    "enter_with_code",
    "find_or_create",
    "flush_seen",
    "forget_old",
    "grant_area",
    "has_pin",
    "make_admin",
    "may_set_anew",
    "new_key",
    "open_account_on_desk",
    "open_pin",
    "open_session",
    "own_session",
    "pin_is_due",
    "print_card",
    "renew_recovery",
    "reset_factor",
    "set_factor",
    "set_operator",
    "set_password",
    "set_pin",
    "settle_sample",
    "show_factor",
    "sign_in",
    "sign_out",
    "use_card",
]
