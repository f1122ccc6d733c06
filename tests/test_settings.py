import pytest

from pipeline.errors import UsageError
from pipeline.settings import chosen_writer, load


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
        ('permalink = "/{slug}"', "starts without a slash"),
        ('format_out = ["docx"]', "format_out = 'docx'"),
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
