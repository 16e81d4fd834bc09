"""What signing in and tokens need kept. Implemented by `storage`; methods are sync and short."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from accounts.account import Account
from accounts.api_tokens import ApiToken
from accounts.login import Login
from accounts.patience import Failures

Result = TypeVar("Result")


class AccountShelf(Protocol):
    """Accounts and their wrong tries. Names, hashes and secrets are sealed under the key ring."""

    def put(self, account: Account) -> None:
        """Add it, or replace the one with its id; the last used step stays as it is.

        An account of another id with the same `name_digest` is an error of the store.
        """

    def get(self, account_id: str) -> Account | None:
        """The account with this id."""

    def by_name(self, name_digest: str) -> Account | None:
        """The account with this name."""

    def use_step(self, account_id: str, step: int) -> bool:
        """Note the step of a code, so that it is used once.

        False, and nothing is noted, unless `step` is higher than every step used before.
        """

    def failures(self, key: str) -> Failures | None:
        """Wrong tries under this key (at most 26 letters); None when there were none."""

    def put_failures(self, key: str, failures: Failures) -> None:
        """Keep them in place of those before."""

    def clear_failures(self, key: str) -> None:
        """They are forgotten: somebody got in."""

    def forget_failures(self, before: datetime) -> None:
        """Drop all that were last counted before this moment; a daily round calls it."""


class LoginShelf(Protocol):
    """Logins by the digest of their token (64 hexadecimal digits)."""

    def put(self, login: Login) -> None:
        """Keep it as it is now, new or touched."""

    def get(self, digest: str) -> Login | None:
        """The login, lapsed ones too."""

    def drop(self, digest: str) -> None:
        """It is over; nothing happens when there is none."""

    def drop_all(self, account_id: str) -> tuple[str, ...]:
        """All logins of an account are over; gives their digests."""

    def drop_started(self, before: datetime) -> None:
        """Drop all that began before this moment; a daily round calls it."""


class ApiTokenShelf(Protocol):
    """Tokens of companies' programs. Clear are whose they are and the digest, nothing else."""

    def put(self, token: ApiToken) -> None:
        """Add it, or replace the one with its id."""

    def by_digest(self, digest: str) -> ApiToken | None:
        """The token with this digest, those that are no longer good too."""

    def digests(self) -> frozenset[str]:
        """Those of all tokens."""

    def every(self) -> tuple[ApiToken, ...]:
        """All tokens, in no telling order."""

    def drop(self, token_id: str) -> bool:
        """It is good for nothing from now on; False when there is none with this id."""


class TokenTransaction(Protocol):
    """The shelf that tokens are looked up in; `storage.transaction` has it with all others."""

    @property
    def api_tokens(self) -> ApiTokenShelf: ...


class SignInTransaction(Protocol):
    """The shelves that signing in uses; `storage.transaction` has them with all others."""

    @property
    def accounts(self) -> AccountShelf: ...
    @property
    def logins(self) -> LoginShelf: ...


class SignInStorage(Protocol):
    """Where units of work run; see `intake.ports.Storage`."""

    async def transaction(self, work: Callable[[SignInTransaction], Result]) -> Result:
        """Run `work`, return its result once it is durable."""

    async def read(self, work: Callable[[SignInTransaction], Result]) -> Result:
        """Run `work` on a snapshot; it writes nothing."""
