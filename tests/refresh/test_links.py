"""Which links lead nowhere, and how they are taken out."""

import json
import threading
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import Ledger, PieceRow, sqlite_url
from pipeline.linking.choose import Link
from pipeline.linking.place import leading_to, linked, unlinked
from pipeline.origins import About, Known
from pipeline.publish.folder import FILES
from pipeline.refresh.links import Links, dead
from pipeline.refresh.visits import by_host, host_of
from pipeline.refresh.where import Here
from pipeline.settings import Settings
from pipeline.text.markdown import parse
from tests.e2e.marbre import NOW, marbre
from tests.sources.site import PROSE, answer, serving

MOMENT = datetime.fromisoformat(NOW)
DAY_BEFORE = (MOMENT - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("state", "silent", "found", "since"),
    [
        ("there", {}, False, None),
        ("there", {"a": DAY_BEFORE}, False, None),
        ("gone", {}, True, None),
        ("silent", {}, False, NOW),
        ("silent", {"a": (MOMENT - timedelta(hours=23)).isoformat()}, False, "kept"),
        ("silent", {"a": DAY_BEFORE}, True, "kept"),
        ("unknown", {}, False, None),
        ("unknown", {"a": DAY_BEFORE}, False, "kept"),
    ],
)
def test_a_page_that_is_gone_is_dead_at_once_and_silence_after_a_day(state, silent, found, since):
    kept = {} if since is None else {"a": silent["a"] if since == "kept" else since}
    assert dead(["a"], {"a": state}, silent, MOMENT) == (("a",) if found else (), kept)


def known(tmp_path, *addresses):
    place = tmp_path / "creche"
    place.mkdir(exist_ok=True)
    (place / "article.md").write_text("# Un titre\n\n" + " ".join(f"[mot]({a})" for a in addresses) + "\n")
    about = About(silent=dict.fromkeys(addresses, DAY_BEFORE))
    return Known(PieceRow("creche", "/a.txt", "", "", "x", NOW, NOW, {}), about=about)


@pytest.mark.parametrize(("answering", "found"), [(0, 0), (1, 3)])
def test_where_no_host_answers_it_is_our_own_line_that_is_down(tmp_path, answering, found):
    addresses = [f"https://{n}.example/" for n in range(3 + answering)]
    settings = Settings(out=tmp_path)
    links = Links(settings, Here(Ledger(sqlite_url(tmp_path)), settings, "m"), MOMENT)
    links.hear({a: "silent" if n < 3 else "there" for n, a in enumerate(addresses)})
    dead_ones, now = links.of(known(tmp_path, *addresses), [])
    assert len(dead_ones) == found
    assert list(now.about.silent) == addresses if not found else addresses[:3]


def test_one_host_is_asked_for_one_thing_at_a_time_and_each_thing_once():
    lock, busy, most, asked = threading.Lock(), {"a": 0, "b": 0}, [], []

    def visit(address):
        host = host_of(address)
        with lock:
            busy[host] += 1
            most.append(busy[host])
            asked.append(address)
        with lock:
            busy[host] -= 1
        return address.upper()

    addresses = [f"http://{host}/{n}" for n in range(20) for host in "ab"]
    found = by_host(addresses * 2, host_of, visit, lambda: False)
    assert found == {a: a.upper() for a in addresses}
    assert sorted(asked) == sorted(addresses)
    assert set(most) == {1}
    assert [a for a in asked if "//a/" in a] == addresses[::2], "in the order in which they were asked for"


def test_what_was_not_begun_when_it_was_to_stop_has_no_answer():
    done: list[str] = []
    found = by_host([f"http://a/{n}" for n in range(9)], host_of, done.append, lambda: len(done) >= 3)
    assert list(found) == ["http://a/0", "http://a/1", "http://a/2"]


TEXT = "---\ntitle: Un titre\n---\n# Un titre\n\nLe pont des Forges ferme. La mairie de Nantes le dit.\n"


@given(
    st.sets(st.sampled_from(["pont", "ferme", "mairie", "Nantes"])),
    st.sets(st.sampled_from(["pont", "mairie", "Nantes"])),
)
def test_what_leads_to_an_address_is_taken_out_and_the_rest_stays(placed, gone):
    def link(word):
        target = "piece" if word == "pont" else f"https://a.example/{word}%28x%29"
        return Link(TEXT.index(word), TEXT.index(word) + len(word), target)

    def named(word):
        return "../piece/article.md" if word == "pont" else f"https://a.example/{word}%28x%29"

    gone &= placed
    text = linked(TEXT, [link(word) for word in placed])
    found = leading_to(parse(text), {named(word) for word in gone})
    assert found is not None
    assert unlinked(text, found) == linked(TEXT, [link(word) for word in placed - gone])


@pytest.mark.parametrize(
    "written", ["<https://a.example/>", "![pont](https://a.example/)", "[**pont**](https://a.example/)"]
)
def test_what_is_no_plain_link_is_left_to_a_writer(written):
    assert leading_to(parse(f"# Un titre\n\nLe {written} ferme.\n"), {"https://a.example/"}) is None


# --- through the program -------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path):
    """A working draft whose list of sources leads to a site; as long as that is up."""
    with serving() as site:
        site.pages["/texte"] = answer("<p>Le texte.</p>")
        (tmp_path / "in").mkdir()
        head = f"<html lang='fr'><head><title>Le budget des écoles</title><link rel='canonical' href='{site.url}/texte'></head>"
        (tmp_path / "in" / "a.html").write_text(
            f"{head}<body><article><h1>Le budget des écoles</h1>{PROSE}</article></body></html>"
        )
        marbre("batch", tmp_path / "in", "--out", tmp_path / "out", "--no-grammar", "--now", NOW)
        (place,) = [p.parent for p in (tmp_path / "out").glob("*/article.md")]
        yield site, place


def refresh(place, *more, hours=0, **env):
    now = (MOMENT + timedelta(hours=hours)).isoformat()
    words = (
        "refresh",
        "--out",
        place.parent,
        "--check-links",
        "--format",
        "json",
        "--no-grammar",
        "--now",
        now,
    )
    return marbre(*words, *more, MARBRE_ALLOW_PRIVATE_URLS="true", MARBRE_HOST_PAUSE="0", **env)


def test_a_link_of_the_source_list_that_leads_nowhere_is_taken_out_without_a_call(desk):
    site, place = desk
    address = f"{site.url}/texte"
    assert f"]({address})" in (place / "article.md").read_text()
    before = {name: (place / name).read_text() for name in FILES}
    assert refresh(place).json["pieces"][0]["why"] == "nothing changed"
    assert {name: (place / name).read_text() for name in FILES} == before
    site.pages["/texte"] = answer(status=410)
    dry = refresh(place, "--dry-run")
    assert dry.json["pieces"][0]["why"] == f"dead_link: {address} leads nowhere"
    ran = refresh(place, hours=1)
    (piece,) = ran.json["pieces"]
    assert (piece["status"], piece["calls"]["paid"]) == ("written", 0)
    assert piece["why"].endswith("the links that lead nowhere were taken out, their words stay")
    text = (place / "article.md").read_text()
    assert text == before["article.md"].replace("[«\u00a0Le budget", "«\u00a0Le budget").replace(
        f"]({address})", ""
    )
    assert f'href="{address}"' not in (place / "article.html").read_text()
    report = json.loads((place / "report.json").read_text())
    assert all(text[e["start"] : e["end"]] == e["text"] for e in report["evidence"])
    assert marbre("ledger", "check", "--out", place.parent).code == 0
    assert refresh(place, hours=2).json["totals"]["written"] == 0
    assert not (place / "history").exists(), "no word is another"


def test_a_link_to_a_piece_that_is_no_more_is_dead_too(tmp_path):
    from tests.e2e.marbre import SEEDS
    from tests.e2e.test_linked import links

    marbre("batch", SEEDS, "--out", tmp_path, "--writer", "offline", "--no-grammar", "--now", NOW)
    slug, (_, target) = next((slug, told[0]) for slug, told in links(tmp_path).items() if told)
    (tmp_path / target).rename(tmp_path / ".marbre" / "away")
    words = (
        "refresh",
        "--out",
        tmp_path,
        "--check-links",
        "--writer",
        "offline",
        "--no-grammar",
        "--format",
        "json",
        "--now",
        NOW,
    )
    told = {
        p["folder"].rsplit("/", 1)[-1]: p["why"]
        for p in marbre(*words).json["pieces"]
        if p["status"] == "written"
    }
    assert f"dead_link: ../{target}/article.md leads nowhere" in told[slug]
    assert target not in {t for found in links(tmp_path).values() for _, t in found}
