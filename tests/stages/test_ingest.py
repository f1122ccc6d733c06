import contextlib
import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.reading.fetch import fetch
from pipeline.stages.clean import clean
from pipeline.stages.ingest import SUFFIXES, read_bytes, read_fetched, read_file

SAMPLES = (
    "L’été a été chaud à Nîmes : « 38 °C à l’ombre », selon Météo-France. Le cœur de la ville a souffert.",
    "Le budget atteint 12 000 € cette année. Élue en 2020, la maire défend « un effort historique » pour l’école.",
    "Œuvre majeure, l’opéra « Égée » revient après dix ans d’absence – une sœur chante le rôle-titre.",
    "Ça alors ! Même à l’âge de 90 ans, Zoë a gagné la course où l’on court pieds nus. " * 12,
)
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "mac_roman",
    "iso8859_15",
    "cp850",
)
NOT_IN = {
    "iso8859_15": {"’": "'", "–": "-"},
    "cp850": {"’": "'", "–": "-", "œ": "oe", "Œ": "Oe", "€": "euros"},
}


def written(text, encoding):
    for char, other in NOT_IN.get(encoding, {}).items():
        text = text.replace(char, other)
    return text


def refused(data, media=None):
    with pytest.raises(SourceError) as caught:
        read_bytes(data, "x", media)
    assert caught.value.message.endswith(".")
    assert caught.value.remedy.endswith(".")
    return caught.value.code


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_french_is_read_in_every_encoding_it_is_written_in(sample, encoding):
    text = written(sample, encoding)
    assert read_bytes(text.encode(encoding), "x", "text/plain").text == text


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_undone_and_listed(sample, times):
    text = sample
    for _ in range(times):
        text = (
            text.encode()
            .decode("cp1252", "surrogateescape")
            .encode("utf-8", "surrogateescape")
            .decode("utf-8", "replace")
        )
    if "\ufffd" in text:
        text = sample.encode().decode("latin-1")
    source = read_bytes(text.encode(), "x", None)
    assert source.text == sample
    assert source.mended


def test_a_line_of_mojibake_among_good_ones_is_mended_alone():
    text = SAMPLES[0] + "\n" + SAMPLES[1].encode().decode("latin-1")
    assert read_bytes(text.encode(), "x", None).text == SAMPLES[0] + "\n" + SAMPLES[1]


@given(st.text(alphabet="aéèàçœ’«» \u00a0\u202f“”…–€É,.", min_size=1, max_size=60))
def test_good_utf8_stays_as_it_is(text):
    whole = "Été à la mer : " + text + " fin"
    assert read_bytes(whole.encode(), "x", "text/plain").text == whole


def test_declared_charsets_are_read_as_browsers_do():
    page = '<html><head><meta charset="iso-8859-1"></head><body>L’été à 12 €</body></html>'
    source = read_bytes(page.encode("cp1252"), "x", "text/html")
    assert "L’été à 12 €" in source.text
    assert source.encoding == "cp1252"


def test_a_declaration_that_the_bytes_contradict_is_not_believed():
    assert read_bytes(SAMPLES[0].encode("cp1252"), "x", "text/plain; charset=utf-8").text == SAMPLES[0]
    source = read_bytes(SAMPLES[0].encode(), "x", "text/plain; charset=iso-8859-1")
    assert source.text == SAMPLES[0]
    assert source.mended


def test_invisible_characters_go_and_are_listed_while_no_break_spaces_stay():
    source = read_bytes("a\u200bb\u00adc\u202ed\U000e0041 \u00a0\u202fe\u0301\r\nx\ry".encode(), "x", None)
    assert source.text == "abcd \u00a0\u202fé\nx\ny"
    assert len(source.mended) == 4


def test_what_is_no_text_is_refused_by_its_kind():
    assert refused(b"") == "empty"
    assert refused(b" \n\n\t") == "empty"
    assert refused(b"%PDF-1.7 ...") == "binary"
    assert refused(b"\x89PNG\r\n\x1a\n") == "binary"
    assert refused(b"abc\x00\x01\x02" * 50) == "binary"
    assert refused(bytes(range(1, 9)) * 40) == "binary"
    assert refused(b"a" * 1_000_001) == "too_large"
    assert refused(b"text", "application/pdf") == "unknown_type"
    assert (
        refused(b"no zip at all", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        == "unreadable"
    )


def test_files_are_refused_by_name_and_place(tmp_path):
    def code(path):
        with pytest.raises(SourceError) as caught:
            read_file(path, str(path))
        return caught.value.code

    (tmp_path / "a.csv").write_text("a")
    (tmp_path / "b.txt").mkdir()
    assert code(tmp_path / "none.txt") == "not_found"
    assert code(tmp_path / "a.csv") == "unknown_type"
    assert code(tmp_path / "b.txt") == "unreadable"
    assert ".docx" in SUFFIXES


def docx(*paragraphs, extra=()):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f"<w:p><w:pPr>{f'<w:pStyle w:val={style!r}/>' if style else ''}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        for style, text in paragraphs
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "Heading2")
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{space}">{styles}</w:styles>')
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        for name, content in extra:
            archive.writestr(name, content)
    return data.getvalue()


def test_a_word_document_keeps_every_paragraph():
    data = docx(("Title", "Le musée rouvre"), *(("", sample) for sample in SAMPLES[:3]))
    source = read_bytes(data, "a.docx", None)
    article = clean(source)
    assert article.title == "Le musée rouvre"
    assert [p.text for p in article.paragraphs] == list(SAMPLES[:3])


def test_a_word_document_that_unpacks_to_too_much_is_not_unpacked():
    assert refused(docx(("", "a"), extra=(("word/x.xml", b"0" * 21_000_000),))) == "too_large"


def test_a_zip_that_is_no_word_document_is_binary():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "a")
    assert refused(data.getvalue()) == "binary"


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        pages = {
            "/latin": (
                200,
                {"Content-Type": "text/html; charset=iso-8859-1"},
                "<html><p>L’été</p></html>".encode("cp1252"),
            ),
            "/once": (302, {"Location": "/latin"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/file": (302, {"Location": "file:///etc/hostname"}, b""),
            "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
            "/huge": (200, {"Content-Type": "text/plain"}, b"a " * 11_000_000),
        }
        status, headers, body = pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def read_url(url, *, timeout, allow_private):
    return read_fetched(fetch(url, timeout=timeout, allow_private=allow_private, limit=20_000_000), url)


def test_a_page_is_fetched_with_its_charset_and_through_redirects(site):
    assert "L’été" in read_url(site + "/latin", timeout=5, allow_private=True).text
    assert "L’été" in read_url(site + "/once", timeout=5, allow_private=True).text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/none", "fetch_failed"),
        ("/loop", "fetch_failed"),
        ("/file", "fetch_failed"),
        ("/pdf", "unknown_type"),
        ("/huge", "too_large"),
    ],
)
def test_a_page_that_cannot_be_an_article_is_refused(site, path, code):
    with pytest.raises(SourceError) as caught:
        read_url(site + path, timeout=10, allow_private=True)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://0/",
        "http://[::ffff:10.0.0.1]/",
    ],
)
def test_private_addresses_are_refused(url):
    with pytest.raises(SourceError) as caught:
        read_url(url, timeout=2, allow_private=False)
    assert caught.value.code == "private_address"


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "http://", "nonsense"])
def test_only_the_web_is_fetched(url):
    with pytest.raises(SourceError) as caught:
        read_url(url, timeout=2, allow_private=True)
    assert caught.value.code == "fetch_failed"


def test_a_page_of_more_tags_than_any_article_has_is_refused_before_it_is_parsed():
    with pytest.raises(SourceError) as error:
        read_bytes(b"<html><body>" + b"<br>" * 60_000, "x.html", "text/html")
    assert error.value.code == "too_large"
