"""What lies there now, held against what the ledger knows."""

import os
import threading
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select, update

from pipeline import origins
from pipeline.errors import DamagedError, UsageError
from pipeline.ledger import Ledger, PieceRow, sqlite_url
from pipeline.model import Brief
from pipeline.refresh.deciding import Asked, Desk, decisions, remember
from pipeline.refresh.run import check
from pipeline.refresh.where import Here
from pipeline.settings import Settings
from pipeline.sources.visitor import _visitor
from pipeline.stages import clean, ingest
from pipeline.text.markdown import parse
from tests.sources.site import answer, serving

NOW = datetime.fromisoformat("2026-02-03T09:00:00+01:00")
TEXT = (
    "Le conseil municipal de Vannes a voté lundi la construction de douze places de crèche, a dit le maire Luc Morel.\n\n"
    "Les travaux coûteront deux millions d’euros. Le préfet Jean Bart a salué la décision du conseil de Vannes, attendue par les familles du quartier."
)
PORT = (
    "Le port de Lorient ouvrira {} en mai. La région a payé les travaux, qui ont duré trois ans et donné du travail à "
    "quarante entreprises.\n\nLes pêcheurs demandaient depuis longtemps de pouvoir décharger leurs prises plus près de la "
    "criée, surtout en hiver.\n"
)
PIECE = "---\nslug: creche\n---\n# Les crèches\n\nLuc Morel annonce douze places de crèche. [Le vote]({address})\n"


@pytest.fixture
def ledger(tmp_path):
    with closing(Ledger(sqlite_url(tmp_path / "out"))) as opened:
        yield opened


def settings(tmp_path, **more):
    return Settings(out=tmp_path / "out", grammar=False, allow_private_urls=True, **more)


def written(tmp_path, ledger, key=None, *, remembered=True, address="https://a.example/", slug="creche"):
    """A piece as a batch would leave it, as far as deciding looks."""
    from pipeline.ledger_schema import ORIGINS, PIECES

    path = tmp_path / "in" / "a.txt"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_text(TEXT, encoding="utf-8")
    article = clean.clean(ingest.read_file(path, str(path)))
    entry: dict[str, object] = {
        "slug": slug,
        "title": "Les crèches",
        "description": "Vannes vote des places de crèche.",
        "keyphrase": "places de crèche",
        "verdict": "ready_for_review",
        "writer": "m",
        "source": "a.txt",
    }
    entry |= {"not_run": [], "words": 9, "block": 0, "warn": 0, "info": 0}
    row = PieceRow(slug, key or str(path), article.sha256, "f", "x", NOW.isoformat(), NOW.isoformat(), entry)
    article_md = tmp_path / "out" / slug / "article.md"
    article_md.parent.mkdir(parents=True)
    article_md.write_text(PIECE.format(address=address), encoding="utf-8")
    about = origins.about_of(
        parse(article_md.read_text()), Brief(), ("write/2",), NOW, before=origins.About()
    )
    rows = origins.rows_of(slug, row.source, [article], about, origins.blocking_checks())
    with ledger.connect() as connection:
        connection.execute(PIECES.insert(), [asdict(row)])
        if remembered:
            connection.execute(ORIGINS.insert(), rows)
    return path


def desk_of(ledger, given, asked=Asked(), now=NOW, **more):  # noqa: B008 - frozen
    return Desk(ledger, given, asked, now, Here(ledger, given, "m"), **more)


def decided(tmp_path, ledger, asked=Asked(), **more):  # noqa: B008 - frozen
    desk = desk_of(ledger, settings(tmp_path, **more), asked)
    (decision,) = decisions(desk)
    return decision, desk


def codes(decision):
    return [r.code for r in decision.reasons]


def test_a_file_whose_size_and_time_are_as_they_were_is_not_read(tmp_path, ledger, monkeypatch):
    written(tmp_path, ledger)
    monkeypatch.setattr("pipeline.stages.ingest.read_file", lambda *_: pytest.fail("it was read"))
    assert codes(decided(tmp_path, ledger)[0]) == []


def test_a_touched_file_is_read_once_and_its_time_remembered(tmp_path, ledger):
    path = written(tmp_path, ledger)
    path.write_text(TEXT.replace("\n\n", "\n\n\n"), encoding="utf-8")
    os.utime(path, (2_000_000_000, 2_000_000_000))
    decision, desk = decided(tmp_path, ledger)
    assert (codes(decision), len(desk.noted)) == ([], 1)
    remember(desk)
    assert decided(tmp_path, ledger)[1].noted == []


def test_a_piece_of_an_older_program_is_compared_by_its_bytes_and_remembered_from_then_on(tmp_path, ledger):
    path = written(tmp_path, ledger, remembered=False)
    decision, desk = decided(tmp_path, ledger)
    assert codes(decision) == []
    remember(desk)
    path.write_text(TEXT.replace("deux millions", "trois millions"), encoding="utf-8")
    (reason,) = decided(tmp_path, ledger)[0].reasons
    assert reason.code == "source_changed"
    assert "trois millions" in reason.sentence


def test_background_that_a_piece_does_not_rest_on_keeps_the_name_it_was_given(tmp_path, ledger):
    from pipeline.ledger_schema import ORIGINS

    written(tmp_path, ledger)
    beside = tmp_path / "in" / "b.txt"
    beside.write_text(PORT.format("un quai"), encoding="utf-8")
    article = clean.clean(ingest.read_file(beside, "in/b.txt"))
    (_, row) = origins.rows_of("creche", "", [article, article], origins.About(), "")
    with ledger.connect() as connection:
        connection.execute(ORIGINS.insert(), [row | {"source": str(beside), "size": 1}])
    beside.write_text(PORT.format("deux quais"), encoding="utf-8")
    decision, desk = decided(tmp_path, ledger)
    assert codes(decision) == []
    remember(desk)
    now = origins.articles_of(ledger, "creche")[2]
    assert ("deux quais" in now.text, now.ref) == (True, "in/b.txt")


def test_after_a_source_was_forgotten_a_change_is_still_seen(tmp_path, ledger):
    from pipeline.spending import forget

    path = written(tmp_path, ledger)
    forget(ledger, [str(path)])
    assert codes(decided(tmp_path, ledger)[0]) == []
    path.write_text(TEXT.replace("deux", "trois"), encoding="utf-8")
    assert codes(decided(tmp_path, ledger)[0]) == ["source_changed"]


def test_a_damaged_row_is_as_one_that_was_forgotten(tmp_path, ledger):
    path = written(tmp_path, ledger)
    origins.note_all(ledger, [("creche", 1, {"said": b"damaged"})])
    path.write_text(TEXT.replace("deux", "trois"), encoding="utf-8")
    assert codes(decided(tmp_path, ledger)[0]) == ["source_changed"]


@pytest.mark.parametrize(
    "told",
    [
        7,
        [],
        {"signs": [["stale_sign", 1, "2026-01-01", "x"]]},
        {"signs": [["stale_sign", "cette année", "soon", "x"]]},
        {"signs": [[1, 2]]},
        {"prompts": [1]},
        {"matched": "x"},
        {"matched": {"a": 1}},
        {"flags": 7},
        {"looked": "soon"},
        {"tried": 7},
        {"silent": {"https://a.example/": "long ago"}},
        {"silent": [1]},
    ],
)
def test_what_no_program_of_ours_knows_of_a_piece_is_one_line(tmp_path, ledger, told):
    written(tmp_path, ledger)
    origins.note_all(ledger, [("creche", 1, {"piece": told})])
    with pytest.raises(DamagedError, match="did not write"):
        decided(tmp_path, ledger)


@pytest.mark.parametrize(
    "told", [None, 7, {"links": None}, {"links": ["x"]}, {"links": [[1, 2, 3]]}, {"verdict": "fine"}]
)
def test_nor_is_a_line_of_it_that_nobody_wrote(tmp_path, ledger, told):
    from pipeline.ledger_schema import PIECES

    written(tmp_path, ledger)
    with ledger.connect() as connection:
        (entry,) = connection.execute(select(PIECES.c.entry)).one()
        connection.execute(update(PIECES).values(entry={**entry, **told} if isinstance(told, dict) else told))
    with pytest.raises(DamagedError, match="did not write"):
        decided(tmp_path, ledger)


def test_a_source_that_breaks_its_reader_keeps_no_other_waiting(tmp_path, ledger, monkeypatch):
    written(tmp_path, ledger).write_text("Un texte.", encoding="utf-8")
    monkeypatch.setattr("pipeline.stages.clean.clean", lambda _: 1 / 0)
    assert decided(tmp_path, ledger)[0].why.startswith("its source cannot be read: ZeroDivisionError")


def newcomer(tmp_path, text, when=2_000_000_000):
    path = tmp_path / "related" / "b.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))
    return path.parent


NEWS = (
    "À Vannes, les places de crèche promises par Luc Morel ouvriront avec six mois de retard, a reconnu lundi la mairie de la ville.\n\n"
    "Le préfet Jean Bart demande un rapport. Les familles, 340 selon la mairie, attendront le mois de septembre."
)


def test_a_later_article_with_facts_on_the_same_names_and_keyphrase_is_a_reason(tmp_path, ledger):
    written(tmp_path, ledger)
    folder = newcomer(tmp_path, NEWS)
    decision, _ = decided(tmp_path, ledger, related=folder)
    assert (codes(decision), decision.new) == (["new_related"], (folder / "b.txt",))
    assert codes(decided(tmp_path, ledger)[0]) == [], "without a folder of background nobody looks"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (NEWS, 1_600_000_000),
        (TEXT, 2_000_000_000),
        (NEWS.replace("Luc Morel", "Anne Petit").replace("Vannes", "Brest"), 2_000_000_000),
        (NEWS.replace("crèche", "parking"), 2_000_000_000),
    ],
)
def test_an_older_the_same_or_another_subject_is_none(tmp_path, ledger, text, when):
    written(tmp_path, ledger)
    assert codes(decided(tmp_path, ledger, related=newcomer(tmp_path, text, when))[0]) == []


def test_a_check_that_is_new_and_blocks_is_a_reason_and_one_that_does_not_is_noted(tmp_path, ledger):
    written(tmp_path, ledger)
    known = origins.known_of(ledger, "creche")
    assert known
    without = known.checks.replace("LEN001 ", "").replace("HEA001 ", "")
    origins.note_all(ledger, [("creche", 1, {"checks": without})])
    decision, desk = decided(tmp_path, ledger)
    assert "LEN001" in [r.sentence for r in decision.reasons if r.code == "new_blocking_check"]
    assert desk.noted == []
    origins.note_all(ledger, [("creche", 1, {"checks": known.checks.replace("SAF001 ", "")})])
    decision, desk = decided(tmp_path, ledger)
    assert (codes(decision), desk.noted) == ([], [("creche", 1, {"checks": known.checks})])


class Site(BaseHTTPRequestHandler):
    text = TEXT
    asked: list[str] = []  # noqa: RUF012 - a test's own

    def do_GET(self):
        if self.path in ("/robots.txt", "/.well-known/tdmrep.json"):
            self.send_error(404)
            return
        tag = f'"{hash(Site.text)}"'
        Site.asked.append(self.headers.get("If-None-Match") or "")
        status = 404 if self.path == "/gone" else 304 if self.headers.get("If-None-Match") == tag else 200
        body = b"" if status != 200 else Site.text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    Site.text = TEXT
    Site.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_asked_by_what_its_server_said_of_it(tmp_path, ledger, site):
    written(tmp_path, ledger, f"{site}/page")
    decision, desk = decided(tmp_path, ledger)
    assert codes(decision) == []
    remember(desk)
    decision, desk = decided(tmp_path, ledger)
    assert (codes(decision), desk.noted) == ([], [])
    assert Site.asked[1].startswith('"')
    Site.text = TEXT.replace("douze", "quinze")
    assert codes(decided(tmp_path, ledger)[0]) == ["source_changed"]


def test_dead_links_are_looked_for_only_when_asked(tmp_path, ledger, site):
    written(tmp_path, ledger, address=f"{site}/gone")
    assert codes(decided(tmp_path, ledger)[0]) == []
    decision, _ = decided(tmp_path, ledger, Asked(check_links=True))
    assert codes(decision) == ["dead_link"]
    assert decision.only_links


def test_a_link_at_which_nobody_answers_is_dead_when_nobody_did_a_day_before(tmp_path, ledger):
    written(tmp_path, ledger, address="http://127.0.0.1:9/nobody")
    asked = Asked(check_links=True)

    def looked(hours):
        when = NOW + timedelta(hours=hours)
        desk = desk_of(ledger, settings(tmp_path, host_pause=0.0), asked, when)
        (decision,) = decisions(desk)
        remember(desk)
        return codes(decision)

    _visitor.cache_clear()  # another test of this process may have asked there
    assert [looked(hours) for hours in (0, 1, 23, 24)] == [[], [], [], ["dead_link"]]
    known = origins.known_of(ledger, "creche")
    assert known
    assert list(known.about.silent) == ["http://127.0.0.1:9/nobody"]


def test_pages_of_several_hosts_are_asked_at_once_and_told_in_the_order_of_their_pieces(tmp_path, ledger):
    meeting = threading.Barrier(2, timeout=20)
    with serving() as one, serving() as other:

        def met(write):
            meeting.wait()
            write(answer(TEXT))

        one.pages["/page"] = other.pages["/page"] = met
        written(tmp_path, ledger, f"{one.url}/page", slug="a")
        written(tmp_path, ledger, f"{other.url}/page".replace("127.0.0.1", "localhost"), slug="b")
        found = list(decisions(desk_of(ledger, settings(tmp_path, host_pause=0.0))))
        assert [(d.slug, d.why) for d in found] == [("a", "nothing changed"), ("b", "nothing changed")]
        assert one.paths.count("/page") == other.paths.count("/page") == 1


def test_who_is_to_stop_asks_for_no_further_page(tmp_path, ledger):
    with serving() as site:
        site.pages["/page"] = answer(TEXT)
        written(tmp_path, ledger, f"{site.url}/page")
        desk = desk_of(ledger, settings(tmp_path), stopping=lambda: True)
        assert list(decisions(desk)) == []
        assert site.paths == []


def test_figures_of_search_console_are_matched_by_address(tmp_path, ledger):
    written(tmp_path, ledger)
    table = tmp_path / "gsc.csv"
    table.write_text("page,clicks,clicks before\nhttps://a.example/2026/creche/,50,100\n")
    assert codes(decided(tmp_path, ledger, Asked(traffic=table))[0]) == ["decay"]


def test_what_cannot_be_looked_at_is_told_before_anything_is(tmp_path):
    with pytest.raises(UsageError, match="no file"):
        check(Asked(traffic=tmp_path / "none.csv"), settings(tmp_path))
    with pytest.raises(UsageError, match="no folder"):
        check(Asked(), settings(tmp_path, related=tmp_path / "none"))
