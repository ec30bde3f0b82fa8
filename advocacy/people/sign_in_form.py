"""What was typed at the door."""

from dataclasses import dataclass, field

from flask import request, url_for

from advocacy.people.coming_back import local_path
from advocacy.people.queries import normal_email


@dataclass(frozen=True)
class SignInForm:
    """Address, password, and where the person was going."""

    email: str
    password: str = field(repr=False)
    onward: str | None

    @classmethod
    def read(cls) -> "SignInForm":
        """From the form, or from the address of a page that asked to sign in first."""
        return cls(
            email=normal_email(request.form.get("email", "")),
            password=request.form.get("password", ""),
            onward=local_path(request.values.get("next")),
        )

    @property
    def goal(self) -> str:
        """Where to go afterwards."""
        return self.onward or url_for("library.front")
