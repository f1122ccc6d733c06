"""Every setting, documented on its field. The only reader of `marbre.toml` and of the environment.

Flags win over the environment (`MARBRE_WORDS=900`, and `OPENAI_API_KEY`, `OPENAI_BASE_URL`), which wins
over `marbre.toml`, which wins over the defaults here.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from pipeline.bounds import Address, Amount, Seconds, is_text, texts
from pipeline.errors import UsageError
from pipeline.files import FileError, read_bounded
from pipeline.model import Site
from pipeline.text.web_address import without_secrets

FILE = "marbre.toml"
PREFIX = "MARBRE_"
_READ_ELSEWHERE = frozenset({"MARBRE_LANGUAGETOOL"})
_NEAR, _SLIPS = 0.75, 2
_LARGEST = 1_000_000
_SHOWN = 200


def _split(value: object) -> object:
    """The environment gives a list as `A, B`."""
    return tuple(v.strip() for v in value.split(",")) if isinstance(value, str) else value


def _switch_or_hosts(value: object) -> object:
    """The environment gives `true`, `false` or `host:port, host:port`."""
    if isinstance(value, str) and value.strip().lower() not in ("true", "false", "0", "1"):
        value = _split(value)
    return tuple(str(v).lower() for v in value) if isinstance(value, (list, tuple)) else value


def _pairs(value: object) -> object:
    """The environment gives names as `date_published=date, keyphrase=`; a table is taken as it is."""
    if isinstance(value, str):
        value = dict(part.partition("=")[::2] for part in value.split(",") if part.strip())
    if isinstance(value, Mapping):
        return tuple((str(k).strip(), v.strip() if isinstance(v, str) else v) for k, v in value.items())
    return value


def _known_fields(pairs: "Fields") -> "Fields":
    if unknown := [ours for ours, _ in pairs if ours not in FIELDS]:
        raise ValueError(f"there is no field {unknown[0]!r}; the fields are: {', '.join(FIELDS)}")
    return pairs


def _known_spellings(names: tuple[str, ...]) -> tuple[str, ...]:
    if names:
        from pipeline.text.house_spelling import parted

        for name in names:
            parted(name)
    return names


def _known_places(permalink: str) -> str:
    rest = re.sub(r"\{(?:slug|year|month|day)\}", "", permalink)
    if (
        "{slug}" not in permalink
        or not re.fullmatch(r"[\w./~-]*", rest)
        or ".." in rest
        or permalink[0] == "/"
    ):
        raise ValueError(
            "it must hold {slug}, may hold {year}, {month}, {day} and words, and starts without a slash"
        )
    return permalink


def a_persons_name(name: str) -> str:
    """Search engines advise against a machine's byline, and want the name alone in it."""
    if _MACHINE.search(name):
        raise ValueError("a machine signs nothing; the disclosure tells of it")
    if re.match(r"(?i)par\s|by\s", name):
        raise ValueError("the name alone, without “Par”")
    return name


def _known_zone(name: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("there is no such time zone; write it like Europe/Paris") from None
    return name


FIELDS = (
    "title", "headline", "description", "slug", "lang", "keyphrase", "keywords", "date_published",
    "date_modified", "draft", "author", "url", "image",
)  # fmt: skip
_MACHINE = re.compile(
    r"\b(?:IA|AI|A\.I\.|I\.A\.|GPT[\w.-]*|(?i:chatgpt|intelligence artificielle|artificial intelligence|marbre))(?!\w)"
)
_ADDRESS = r"^https?://[\w.-]+(?::\d+)?(?:/[\w./~%-]*)?$"
Hosts = Annotated[bool | tuple[str, ...], BeforeValidator(_switch_or_hosts)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Spellings = Annotated[tuple[str, ...], BeforeValidator(_split), AfterValidator(_known_spellings)]
Fields = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs), AfterValidator(_known_fields)]
Licences = Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs)]
Formats = Annotated[
    tuple[Literal["markdown", "hugo", "astro", "wordpress", "html"], ...], BeforeValidator(_split)
]


_MAY_HOLD_SECRETS = frozenset({"base_url", "languagetool_url", "ledger"})


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    out: Path = Field(Path("outputs"), description="Where the pieces go, one folder each.")
    ledger: str | None = Field(
        None,
        description="Database URL of the ledger (`sqlite:///FILE`, `postgresql://USER@HOST/DATABASE`); by default an SQLite file under `out`.",
    )
    ledger_wait: float = Field(
        30.0,
        ge=0,
        le=3600,
        description="Seconds to wait for a ledger that another program has locked, or whose server went away.",
    )
    related: Path | None = Field(None, description="A folder of articles that may give background.")
    related_most: int = Field(4, ge=0, le=20, description="How many related articles one piece may use.")
    archive: Path | None = Field(
        None, description="A folder of pieces already written, whose wording is not to be used again."
    )
    words: int = Field(700, ge=1, le=20_000, description="The fewest words of a piece.")
    keyphrase: str | None = Field(None, description="The keyphrase, when it is not to be chosen.")
    keyphrases: Path | None = Field(
        None,
        description="A CSV of queries, from an SEO tool or Search Console; each article gets the best match.",
    )
    tone: str | None = Field(None, description="The tone asked of the writer.")
    instructions: str | None = Field(None, description="More wishes for the writer.")
    typography: Literal["imprimerie", "presse", "ue", "quebec"] = Field(
        "imprimerie", description="How French is set: spaces, times, quotation marks."
    )
    spellings: Spellings = Field(
        (),
        description="Names as the desk spells them: `Otan` for `OTAN`, `Zelensky` for `Zelenskyy`; `Kyiv=Kiev` sets another name's form.",
    )
    writer: Literal["auto", "llm", "offline"] = Field(
        "auto", description="`auto` is `llm` when there is a key, a base URL or a GGUF file, else `offline`."
    )
    model: str = Field(
        "gpt-6-luna", description="The model asked for: its name, or a GGUF file to run on this machine."
    )
    judge: str | None = Field(
        None,
        description="A second model that looks at doubtful sentences; it adds warnings, it removes none.",
    )
    base_url: Address | None = Field(None, description="Address of an OpenAI-compatible server.")
    concurrency: int = Field(
        8,
        ge=1,
        le=1_000,
        description="How many calls of the model are in flight at once; as many articles more are read and checked "
        "(with 1: one article after the other).",
    )
    models: dict[str, dict[str, Any]] = Field(
        {}, description="Rows of the table of models, as `[models.NAME]`; see `marbre models`."
    )
    timeout: Seconds = Field(600.0, description="Seconds one answer of the model may take in all.")
    timeout_connect: Seconds = Field(10.0, description="Seconds until the model's server takes the call.")
    timeout_first_token: Seconds = Field(
        180.0,
        description="Seconds until the first word of an answer: a long prompt or reasoning takes time.",
    )
    timeout_silence: Seconds = Field(
        60.0, description="Seconds between two parts of an answer, then the stream is taken for dead."
    )
    stream: bool = Field(
        default=True,
        description="Whether answers are read as they are written; servers that cannot still work.",
    )
    retries: int = Field(
        4,
        ge=0,
        le=20,
        description="How often a failed call is tried again; one that may be billed, twice at most.",
    )
    requests_per_minute: int | None = Field(
        None,
        ge=1,
        description="The most calls a minute to one server, over all articles and all programs on one ledger; the server's own "
        "limits are kept too.",
    )
    tokens_per_minute: int | None = Field(
        None,
        ge=1,
        description="The most tokens a minute, asked and answered, over all articles and all programs on one ledger.",
    )
    budget: Amount | None = Field(
        None, description="The most a run may cost, in the currency of the price table."
    )
    budget_day: Amount | None = Field(
        None,
        description="The most a day (UTC) may cost, over all runs on one ledger, each currency by itself.",
    )
    economy: bool = Field(
        default=False,
        description="Whether answers are asked for by the provider's Batch API: half the price, up to a day each.",
    )
    wait: bool = Field(
        default=False, description="In economy mode, whether a run waits until its batches have ended."
    )
    near_duplicates: Literal["skip", "write"] = Field(
        "skip",
        description="What becomes of a source that an earlier one of the batch, or of the ledger, printed in nearly the same words.",
    )
    repair_rounds: int = Field(2, ge=0, le=10, description="How often what fails goes back to the writer.")
    calls_per_article: int = Field(6, ge=2, le=50, description="The most calls one article may cost.")
    grammar: bool = Field(
        default=True, description="Whether LanguageTool reads the pieces; unread, no piece is ready."
    )
    grammar_blocks: Names = Field(
        (), description="Rules of LanguageTool that block wherever they speak: `D_N_E_OU_E`, …"
    )
    languagetool_url: Address | None = Field(
        None,
        description="A LanguageTool server to ask; by default one is started on this machine alone.",
    )
    format_out: Formats = Field(
        (),
        description="What else is written beside `article.md`: `hugo`, `astro`, `wordpress`, `html`; `markdown` is `article.md` itself.",
    )
    hugo_fields: Fields = Field(
        (),
        description="Other names of front matter fields for Hugo: `date_published=date, keywords=tags`; an empty name leaves the field out.",
    )
    astro_fields: Fields = Field((), description="The same for Astro.")
    site_url: str | None = Field(
        None, pattern=_ADDRESS, description="Address below which the pieces are published; sitemaps need it."
    )
    permalink: Annotated[str, AfterValidator(_known_places)] = Field(
        "{slug}/",
        description="Address of a piece below `site_url`; `{year}`, `{month}` and `{day}` may be used.",
    )
    site_name: str | None = Field(None, min_length=1, description="Name of the site.")
    publisher: str | None = Field(
        None, min_length=1, description="Who publishes, for structured data; by default the site's name."
    )
    author: Annotated[str, AfterValidator(a_persons_name)] | None = Field(
        None,
        min_length=1,
        description="Name in the byline, of a person or of the publisher; none is made up.",
    )
    logo: str | None = Field(None, pattern=_ADDRESS, description="Address of the publisher's logo.")
    images: bool = Field(
        default=False,
        description="Whether a source's image is shown, where it has an alternative text and a credit.",
    )
    links: bool = Field(
        default=True, description="Whether pieces link to one another, and to the pages of `links_from`."
    )
    links_from: Path | None = Field(
        None,
        description="Pages that a piece may link to: a sitemap.xml, or a CSV or text of addresses and titles. Read, never fetched.",
    )
    licences: Licences = Field(
        (),
        description='What allows the use of a publisher\'s copy: `[licences]` with `AFP = "contrat 2026"`.',
    )
    disclosure: Literal["auto", "always", "never"] = Field(
        "auto",
        description="The line about a model's help: `always` blocks a piece without it, `never` leaves it out once `marbre review` is recorded.",
    )
    allow_private_urls: Hosts = Field(
        default=False,
        description="Hosts in a private network that a source URL may point to, as `host:port`; `true`: any.",
    )
    tdm: Literal["respect", "record"] = Field(
        "respect",
        description="What becomes of a page whose publisher reserves text and data mining: `respect` leaves it alone, "
        "`record` is for who has a licence.",
    )
    host_pause: float = Field(
        1.0, ge=0, le=3_600, description="Seconds between two requests to one host, for whatever source."
    )

    time_zone: Annotated[str, AfterValidator(_known_zone)] | None = Field(
        None, description="The zone of a schedule's times and of its runs; by default the machine's."
    )

    @field_validator("*", mode="before")
    @classmethod
    def _can_be_written_down(cls, value: object) -> object:
        if not all(map(is_text, texts(value))):
            raise ValueError("it holds a NUL or half a character")
        return value

    @property
    def server(self) -> str:
        """The model's server as it may be printed and kept: no name, key or password that its address holds."""
        return without_secrets(self.base_url) if self.base_url else "the default server"

    @property
    def site(self) -> Site:
        """What of it concerns the published piece."""
        return Site(
            url=self.site_url.rstrip("/") if self.site_url else None,
            permalink=self.permalink,
            name=self.site_name,
            publisher=self.publisher or self.site_name,
            author=self.author,
            logo=self.logo,
            images=self.images,
            formats=tuple(dict.fromkeys(self.format_out)),
            hugo_fields=self.hugo_fields,
            astro_fields=self.astro_fields,
            disclosure=self.disclosure,
        )


def load(
    flags: Mapping[str, Any], environ: Mapping[str, str] = os.environ, file: Path | None = None
) -> Settings:
    """The settings in force. `flags` holds those given on the command line (None: not given).

    Raises `UsageError` that names the setting, its value and where it came from.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, layer in (
        (str(file or FILE), _from_file(file)),
        ("the environment", _from_environment(environ)),
        ("the command line", {k: v for k, v in flags.items() if v is not None}),
    ):
        values |= layer
        origins |= dict.fromkeys(layer, origin)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise _usage_error(error, origins) from None


def _from_file(file: Path | None) -> dict[str, Any]:
    path = file or Path(FILE)
    if file is None and not path.is_file():
        return {}
    try:
        return dict(_flat(tomllib.loads(read_bounded(path, _LARGEST).decode("utf-8-sig"))))
    except FileError as error:
        raise UsageError(
            "settings", f"The settings file {path} cannot be read: {error}.", "Give another with --settings."
        ) from None
    except ValueError as error:  # TOML's and UTF-8's are some; a number of thousands of digits is another
        why = str(error).partition(";")[0]
        raise UsageError("settings", f"{path} is not valid TOML: {why}.", "Mend that line.") from None
    except RecursionError:
        raise UsageError(
            "settings", f"{path} is not valid TOML: it nests too deep.", "Mend that file."
        ) from None


def _flat(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """`[languagetool] url = …` is another way to write `languagetool_url = …`; a setting that holds a table is one itself."""
    for name, value in tables.items():
        if isinstance(value, Mapping) and not _holds_a_table(name):
            yield from ((f"{name}_{inner}", v) for inner, v in value.items())
        else:
            yield name, value


def _holds_a_table(name: str) -> bool:
    field = Settings.model_fields.get(name)
    if field is None:
        return False
    by_pairs = any(isinstance(each, BeforeValidator) and each.func is _pairs for each in field.metadata)
    return by_pairs or get_origin(field.annotation) is dict


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    names = {PREFIX + name.upper(): name for name in Settings.model_fields}
    found: dict[str, Any] = {names[k]: v for k, v in environ.items() if k in names and v != ""}
    if "base_url" not in found and environ.get("OPENAI_BASE_URL"):
        found["base_url"] = environ["OPENAI_BASE_URL"]
    return found


def mistyped(environ: Mapping[str, str] = os.environ) -> Iterator[str]:
    """A line for each variable that is nearly a setting's. Whatever else begins with the prefix is somebody else's."""
    from difflib import get_close_matches

    names = [name.upper() for name in Settings.model_fields]
    known = {PREFIX + name for name in names} | _READ_ELSEWHERE
    ours = (
        k
        for k in environ
        if k.upper().startswith(PREFIX) and k not in known and k.upper() not in _READ_ELSEWHERE
    )
    for variable in sorted(ours):
        typed = variable.upper().removeprefix(PREFIX)
        # Nearness alone would take a longer name that holds a setting's for it.
        near = [n for n in get_close_matches(typed, names, 3, _NEAR) if abs(len(n) - len(typed)) <= _SLIPS]
        if near:
            yield f"The variable {variable} is no setting and is not heeded; {PREFIX}{near[0]} is one."


def _usage_error(error: ValidationError, origins: Mapping[str, str]) -> UsageError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(Settings.model_fields))
        message = f"There is no setting called {name!r} (from {origins.get(name, FILE)})."
        return UsageError("settings", message, f"The settings are: {known}.")
    given = first["input"]
    if name in _MAY_HOLD_SECRETS and isinstance(given, str):
        given = without_secrets(given)
    why = first["msg"].removeprefix("Value error, ")
    if first["type"] == "string_pattern_mismatch":
        why = "it must be an address that begins with http:// or https://"
    message = f"{name} = {_repr(given)} (from {origins.get(name, FILE)}) will not do: {why}."
    return UsageError("settings", message, f"Set {name} to another value.")


def _repr(given: object) -> str:
    try:
        return repr(given)[:_SHOWN]
    except ValueError:  # a number of thousands of digits
        return "a number beyond all measure"


def chosen_writer(settings: Settings, environ: Mapping[str, str] = os.environ) -> Literal["llm", "offline"]:
    """What `auto` comes to."""
    if settings.writer != "auto":
        return settings.writer
    asked = settings.base_url or local_file(settings) or environ.get("OPENAI_API_KEY")
    return "llm" if asked else "offline"


def local_file(settings: Settings) -> Path | None:
    """The GGUF file that is to be the model; None when a server is named, which may call its models so."""
    is_file = settings.base_url is None and settings.model.lower().endswith(".gguf")
    return Path(settings.model) if is_file else None
