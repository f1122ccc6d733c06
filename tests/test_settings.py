import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import UsageError
from pipeline.settings import chosen_writer, load, mistyped
from pipeline.text.web_address import without_login, without_secrets
from pipeline.writers.models import table


def test_flags_win_over_the_environment_which_wins_over_the_file(tmp_path):
    file = tmp_path / "marbre.toml"
    file.write_text('words = 800\nmodel = "a"\nconcurrency = 3\n')
    settings = load({"words": 900, "model": None}, {"MARBRE_MODEL": "b", "MARBRE_WORDS": "850"}, file)
    assert (settings.words, settings.model, settings.concurrency) == (900, "b", 3)


def test_the_base_url_is_read_as_the_sdk_reads_it(tmp_path):
    file = tmp_path / "none.toml"
    file.write_text("")
    assert load({}, {"OPENAI_BASE_URL": "http://a/v1"}, file).base_url == "http://a/v1"
    assert (
        load({}, {"OPENAI_BASE_URL": "http://a/v1", "MARBRE_BASE_URL": "http://b/v1"}, file).base_url
        == "http://b/v1"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wrods = 3", "no setting called 'wrods'"),
        ("words = 0", "words = 0"),
        ("words = ", "not valid TOML"),
        ('concurrency = "many"', "concurrency = 'many'"),
        ('author = "ChatGPT"', "a machine signs nothing"),
        ('author = "Par Anne Petit"', "the name alone"),
        ('site_url = "gazette.example"', "site_url = 'gazette.example'"),
        ('permalink = "{title}"', "it must hold {slug}"),
        ('permalink = "../{slug}"', "it must hold {slug}"),
        ('permalink = "{slug}\\"><b>"', "it must hold {slug}"),
        ('site_url = "https://a.example\\\\@b.example"', "site_url"),
        ('site_url = "https://%0a"', "site_url"),
        ('permalink = "/{slug}"', "starts without a slash"),
        ('format_out = ["docx"]', "format_out = 'docx'"),
        ('base_url = "localhost:8080"', "begins with http:// or https://"),
        ('spellings = ["otan"]', "as the desk spells it"),
        ('hugo_fields = { datum = "date" }', "no field 'datum'"),
    ],
)
def test_a_setting_that_will_not_do_is_named_with_its_file(tmp_path, text, said):
    file = tmp_path / "marbre.toml"
    file.write_text(text)
    with pytest.raises(UsageError) as error:
        load({}, {}, file)
    assert said in str(error.value)
    assert "marbre.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_settings_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load({}, {}, tmp_path / "none.toml")


def test_the_writer_is_a_model_only_when_one_can_be_asked(tmp_path):
    file = tmp_path / "m.toml"
    file.write_text("")
    assert chosen_writer(load({}, {}, file), {}) == "offline"
    assert chosen_writer(load({}, {}, file), {"OPENAI_API_KEY": "k"}) == "llm"
    assert chosen_writer(load({"base_url": "http://a"}, {}, file), {}) == "llm"
    assert chosen_writer(load({"writer": "offline"}, {}, file), {"OPENAI_API_KEY": "k"}) == "offline"


@pytest.mark.parametrize(
    "text",
    [
        "budget = inf",
        "budget = nan",
        "budget = 1e300",
        "budget_day = -inf",
        "timeout = inf",
        "timeout_silence = 1e300",
        'base_url = "http://[::1"',
        'base_url = "http://:80/v1"',
        'base_url = "http://a:99999/v1"',
        'languagetool_url = "http://["',
        'out = "a\\u0000b"',
        'ledger = "sqlite:///a\\u0000b"',
        'tone = "\\u0000"',
        '[models."a\\u0000b"]',
        f"words = {'[' * 3_000}",
        f"words = {'9' * 5_000}",
        f"words = 0x{'f' * 5_000}",
    ],
)
def test_what_no_run_can_go_by_is_one_line(tmp_path, text):
    file = tmp_path / "marbre.toml"
    file.write_text(text)
    with pytest.raises(UsageError) as error:
        load({}, {}, file)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 600
    assert str(error.value).isprintable()


def test_a_mark_before_the_settings_is_none_of_them(tmp_path):
    """Editors on Windows put one there."""
    file = tmp_path / "marbre.toml"
    file.write_text("words = 800", encoding="utf-8-sig")
    assert load({}, {}, file).words == 800


@pytest.mark.parametrize("name", ["out", "ledger", "model", "tone", "base_url"])
def test_half_a_character_is_no_setting(tmp_path, name):
    for value in ("http://a\udc80", Path("http:/a\udc80")):
        with pytest.raises(UsageError, match="half a character"):
            load({name: value}, {}, empty(tmp_path))


@pytest.mark.parametrize("price", ["inf", "nan", "-1", "1e300"])
def test_a_price_that_no_sum_can_hold_is_refused(price):
    row = {"price": {"input": float(price), "output": 1.0, "date": date(2026, 1, 1), "source": "x"}}
    with pytest.raises(UsageError, match=r"models\.mine\.price\.input"):
        table({"mine": row})


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://anne:s3cret@host:8080/v1", "http://host:8080/v1"),
        ("http://host/v1?api-key=s3cret", "http://host/v1"),
        ("http://host/v1#s3cret", "http://host/v1"),
        ("http://anne:p#s3cret@host/v1", "http://…"),
        ("postgresql+psycopg://anne:s3/cret@host/base", "postgresql+psycopg://host/base"),
        ("anne:s3cret@host", "host"),
        ("http://host/v1", "http://host/v1"),
    ],
)
def test_an_address_is_shown_without_what_opens_it(address, shown):
    assert without_secrets(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://anne:s3cret@host:8080/a?b=c@d#e", "http://host:8080/a?b=c@d#e"),
        ("https://anne@[::1]:80/", "https://[::1]:80/"),
        ("https://a@b@host", "https://host"),
        ("https://host/@anne", "https://host/@anne"),
        ("https://host?q=@anne", "https://host?q=@anne"),
        ("mailto:anne@host", "mailto:anne@host"),
        ("", ""),
    ],
)
def test_an_address_keeps_all_but_who_it_is_asked_as(address, shown):
    assert without_login(address) == shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "anne:s3cret@host/v1"),
        ("base_url", "http://anne:s3cret@[::1/v1?key=s3cret"),
        ("languagetool_url", "http://anne:s3cret@[/"),
    ],
)
def test_a_setting_that_will_not_do_keeps_its_password(tmp_path, name, value):
    with pytest.raises(UsageError) as error:
        load({name: value}, {}, empty(tmp_path))
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir], ids=["pipe", "folder"])
def test_a_settings_file_without_end_is_not_read(tmp_path, make):
    make(tmp_path / "odd.toml")
    with pytest.raises(UsageError, match="cannot be read"):
        load({}, {}, tmp_path / "odd.toml")
    with pytest.raises(UsageError, match="cannot be read"):
        load({}, {}, Path("/dev/zero"))


def empty(tmp_path):
    file = tmp_path / "empty.toml"
    file.write_text("")
    return file


def test_the_site_is_told_in_one_value(tmp_path):
    file = tmp_path / "marbre.toml"
    file.write_text(
        """
        author = "Iris AIT-Ali"
        images = true
        format_out = ["hugo", "hugo", "html"]
        [site]
        url = "https://gazette.example/actu/"
        name = "La Gazette"
        [hugo_fields]
        keywords = "tags"
        description = ""
        """
    )
    site = load({}, {"MARBRE_ASTRO_FIELDS": "keywords=tags, author="}, file).site
    assert (site.url, site.name, site.publisher) == (
        "https://gazette.example/actu",
        "La Gazette",
        "La Gazette",
    )
    assert site.formats == ("hugo", "html")
    assert site.hugo_fields == (("keywords", "tags"), ("description", ""))
    assert site.astro_fields == (("keywords", "tags"), ("author", ""))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("MARBRE_MODLE", "MARBRE_MODEL"),
        ("MARBRE_WORD", "MARBRE_WORDS"),
        ("MARBRE_BASEURL", "MARBRE_BASE_URL"),
        ("marbre_words", "MARBRE_WORDS"),
        ("MARBRE_TIMEOUT_SILENT", "MARBRE_TIMEOUT_SILENCE"),
    ],
)
def test_a_mistyped_variable_is_told_with_the_setting_that_was_meant_and_never_with_its_value(given, meant):
    (line,) = mistyped({given: "secret-value", "PATH": "/bin"})
    assert given in line
    assert meant in line
    assert "secret-value" not in line


@pytest.mark.parametrize(
    "name",
    [
        "MARBRE_MODEL", "MARBRE_LANGUAGETOOL", "MARBRE_LANGUAGETOOL_URL", "MARBRE_HOME_OF_USER", "MARBRE_USER",
        "MARBRE_TEST_LANGUAGETOOL_URL", "MARBRE_", "MODLE", "XMARBRE_MODLE",
    ],
)  # fmt: skip
def test_a_variable_that_is_known_or_like_no_setting_is_nobody_s_mistake(name):
    assert not list(mistyped({name: "x"}))


def test_a_command_tells_of_a_mistyped_variable_once_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setenv("MARBRE_MODLE", "other")
    source = tmp_path / "a.txt"
    source.write_text("Le pont ferme mardi. " * 20)
    ran = CliRunner().invoke(cli, ["dossier", str(source)])
    assert ran.stderr.count("MARBRE_MODLE") == 1
    assert ran.exit_code == 0
