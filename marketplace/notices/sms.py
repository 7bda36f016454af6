"""Messages to telephones through a gateway that takes JSON over HTTP, as eSMS, SpeedSMS and others in Vietnam do.

The operator says in the settings what its gateway wants to be sent; the placeholders are filled in after the JSON was read,
so that no text can change its shape.
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

import config
from marketplace.notices import web
from marketplace.notices.rules import Letter, sms_text


@dataclass(frozen=True)
class SmsSender:
    """Sends one text; the letter's key goes along as `{key}`, so that the gateway recognises a second copy."""

    settings: config.Sms = field(repr=False)

    def send(self, letter: Letter) -> None:
        """Send one text without diacritics: with them a part holds 70 letters instead of 160. Raises GatewayTrouble."""
        values = {
            "{to}": letter.to.removeprefix("+"),
            "{to_local}": "0" + letter.to.removeprefix("+84"),
            "{text}": sms_text(letter),
            "{key}": letter.key,
            "{token}": self.settings.token,
        }
        body = json.dumps(_filled(json.loads(self.settings.body), values)).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Authorization": self._authorization()}
        answer = web.post(self.settings.url, headers, body, name="SMS")
        if not self._took_it(answer):
            raise web.GatewayTrouble(f"SMS: not taken, {self._said(answer)}")

    def _authorization(self) -> str:
        """`{basic}` stands for the token as the user name of basic authentication."""
        basic = base64.b64encode(f"{self.settings.token}:x".encode()).decode()
        return self.settings.auth.replace("{token}", self.settings.token).replace("{basic}", basic)

    def _took_it(self, answer: dict[str, Any]) -> bool:
        """`CodeResult=100`: many gateways answer 200 and say in the body that they did not take it."""
        name, _, wanted = self.settings.ok.partition("=")
        return not name or str(answer.get(name)) == wanted

    def _said(self, answer: dict[str, Any]) -> str:
        """The one field that says how it went, short enough to hold no message."""
        name = self.settings.ok.partition("=")[0]
        return f"{name}={str(answer.get(name))[:20]}"


def _filled(shape: Any, values: dict[str, str]) -> Any:
    if isinstance(shape, str):
        for name, value in values.items():
            if shape == name:
                return value
        return shape
    if isinstance(shape, list):
        return [_filled(one, values) for one in shape]
    if isinstance(shape, dict):
        return {key: _filled(one, values) for key, one in shape.items()}
    return shape
