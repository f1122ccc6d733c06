import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.queries import Query, number, parse, read

CONSOLE = "Requêtes les plus fréquentes,Clics,Impressions,CTR,Position\naide ukraine,12,3400,0.35%,8.1\n"
TOOL = 'Keyword;Position;Search Volume;KD\n"grève sncf";1;1 200;30\n'
PLANNER = "Statistiques\n1 janvier - 31 janvier\nKeyword\tCurrency\tAvg. monthly searches\nsommet otan\tEUR\t10K – 100K\n"


@pytest.mark.parametrize(
    ("data", "query"),
    [
        (CONSOLE.encode(), Query("aide ukraine", clicks=12, impressions=3400)),
        (CONSOLE.encode("utf-8-sig"), Query("aide ukraine", clicks=12, impressions=3400)),
        (CONSOLE.encode("cp1252"), Query("aide ukraine", clicks=12, impressions=3400)),
        (TOOL.encode(), Query("grève sncf", volume=1200)),
        (TOOL.replace("\n", "\r\n").encode("cp1252"), Query("grève sncf", volume=1200)),
        (PLANNER.encode("utf-16"), Query("sommet otan", volume=10_000)),
        ("Mots-clés\tVolume de recherche\nmétéo\t90\n".encode(), Query("météo", volume=90)),
        ("grève sncf\n".encode(), Query("grève sncf")),
        (b"Query,Clicks\n,3\nrain,\n", Query("rain")),
    ],
)
def test_the_table_of_any_tool_is_read(data, query):
    assert parse(data) == (query,)


def test_a_query_told_twice_keeps_its_highest_figures():
    assert parse(b"query,volume\nRain,3\nrain,30\n") == (Query("rain", volume=30),)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1\u202f200", 1200), ("1,200", 1200), ("1.200", 1200), ("12,5", 12.5), ("1.5K", 1500), ("2M", 2e6),
        ("<10", 10), ("", None), ("-", None), ("1.2.3", None), ("12 %", 12),
    ],
)  # fmt: skip
def test_figures_are_read_as_tools_write_them(cell, value):
    assert number(cell) == value


@pytest.mark.parametrize("data", [b"", b"a;b;c\n1;2;3\n", b"\x00\x01\x02", b"volume;clics\n3;4\n"])
def test_a_file_without_queries_is_refused_in_one_line(data, tmp_path):
    file = tmp_path / "q.csv"
    file.write_bytes(data)
    with pytest.raises(UsageError) as caught:
        read(file)
    assert "\n" not in str(caught.value)
    assert "q.csv" in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "none.csv")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data):
    assert all(q.text.strip() for q in parse(data))
