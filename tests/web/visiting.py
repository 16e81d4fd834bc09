"""A visitor with a browser that knows no script: follows links, fills in forms, keeps cookies."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp

Upload = tuple[str, bytes]
"""A file's name and content."""


@dataclass(slots=True)
class PostedForm:
    """One form of a page, as it would be sent."""

    id: str
    action: str
    enctype: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value, label."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PostedForm] = []
        self.text: list[str] = []
        self.title = ""
        self._form: PostedForm | None = None
        self._button: dict[str, str] | None = None
        self._label: list[str] = []
        self._textarea = ""
        self._select = ""
        self._in_title = False
        self._strays: list[tuple[str, tuple[str, str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "title":
            self._in_title = True
        elif tag == "form":
            self._form = PostedForm(
                at.get("id", ""),
                at["action"],
                at.get("enctype", "application/x-www-form-urlencoded"),
            )
            self.forms.append(self._form)
        elif tag == "input" and self._form is not None:
            is_off = at.get("type") in {"radio", "checkbox"} and "checked" not in at
            if not is_off and at.get("type") != "file":
                self._form.fields.append((at["name"], at.get("value", "")))
        elif tag == "textarea":
            self._textarea = at["name"]
            self._label = []
        elif tag == "select":
            self._select = at["name"]
        elif tag == "option" and "selected" in at and self._form is not None:
            self._form.fields.append((self._select, at["value"]))
        elif tag == "button":
            self._button, self._label = at, []

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "form":
            self._form = None
        elif tag == "textarea" and self._form is not None:
            # A browser leaves out the line feed that begins a text area.
            self._form.fields.append((self._textarea, "".join(self._label).removeprefix("\n")))
            self._textarea = ""
        elif tag == "button" and self._button is not None:
            label = " ".join("".join(self._label).split())
            named = (self._button.get("name", ""), self._button.get("value", ""), label)
            if "form" in self._button:
                self._strays.append((self._button["form"], named))
            elif self._form is not None:
                self._form.buttons.append(named)
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif self._button is not None or self._textarea:
            self._label.append(data)
        self.text.append(data)

    def finish(self) -> None:
        for form_id, named in self._strays:
            next(form for form in self.forms if form.id == form_id).buttons.append(named)


@dataclass(slots=True)
class SeenPage:
    """What came back."""

    status: int
    headers: aiohttp.typedefs.LooseHeaders
    html: str
    address: str
    set_cookies: list[str]
    _reader: _Reader = field(init=False)

    def __post_init__(self) -> None:
        self._reader = _Reader()
        self._reader.feed(self.html)
        self._reader.finish()

    @property
    def forms(self) -> list[PostedForm]:
        return self._reader.forms

    @property
    def title(self) -> str:
        return self._reader.title

    @property
    def text(self) -> str:
        return " ".join("".join(self._reader.text).split())

    def form_with(self, label: str) -> tuple[PostedForm, tuple[str, str, str]]:
        """The form with the button of this label, or of this value in any language."""
        for form in self.forms:
            for button in form.buttons:
                if label in (button[2].lstrip("← "), button[1]):
                    return form, button
        labels = [button[2] for form in self.forms for button in form.buttons]
        raise AssertionError(f"no button {label!r} among {labels}")

    def has_button(self, label: str) -> bool:
        return any(b[2].lstrip("← ") == label for form in self.forms for b in form.buttons)


class Visiting:
    """One browser."""

    def __init__(self, base: str, *, language: str = "en", headers: dict[str, str] | None = None):
        self._base = base
        self.session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            headers={"Accept-Language": language, **(headers or {})},
        )
        self.page: SeenPage

    async def goes(self, path: str, **headers: str) -> SeenPage:
        """Open an address of ours."""
        return await self.sends("GET", path, headers=headers)

    async def presses(
        self,
        label: str,
        *,
        page: SeenPage | None = None,
        files: Iterable[Upload] = (),
        without: Iterable[str] = (),
        **fields: str | list[str],
    ) -> SeenPage:
        """Fill in the form that has this button, and press it. Redirects are followed."""
        form, button = (page or self.page).form_with(label)
        sent = [pair for pair in form.fields if pair[0] not in {*fields, *without}]
        for name, value in fields.items():
            sent += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        if button[0]:
            sent.append(button[:2])
        if form.enctype != "multipart/form-data":
            return await self.sends("POST", form.action, data=sent)
        body = aiohttp.FormData(default_to_multipart=True)
        uploads = list(files)
        for name, value in sent[:-1] if button[0] else sent:
            body.add_field(name, value)
        for file_name, content in uploads or [("", b"")]:
            body.add_field(
                "file",
                BytesIO(content),
                filename=file_name,
                content_type="application/octet-stream",
            )
        if button[0]:
            body.add_field(button[0], button[1])
        return await self.sends("POST", form.action, data=body)

    async def sends(self, method: str, path: str, **options: object) -> SeenPage:
        """One request and the redirects within our pages after it."""
        async with self.session.request(
            method, self._base + path, allow_redirects=False, **options
        ) as answer:
            page = SeenPage(
                status=answer.status,
                headers=answer.headers,
                html=await answer.text(),
                address=path,
                set_cookies=answer.headers.getall("Set-Cookie", []),
            )
        target = answer.headers.get("Location", "")
        if answer.status == 303 and not urlsplit(target).netloc:
            followed = await self.sends("GET", target)
            followed.set_cookies = page.set_cookies + followed.set_cookies
            return followed
        self.page = page
        return page

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.value for cookie in self.session.cookie_jar}
