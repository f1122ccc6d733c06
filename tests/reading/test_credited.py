import hashlib

from pipeline.reading.credited import credited


def entry(path, **more):
    return {"file": f"seeds/{path.name}", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} | more


def test_a_credited_source_is_found_beside_the_one_given(tmp_path):
    own, other = tmp_path / "a.txt", tmp_path / "b.txt"
    own.write_text("Un.", encoding="utf-8")
    other.write_text("Deux.", encoding="utf-8")
    assert list(credited([entry(own), entry(other)], own)) == [other]


def test_another_text_of_that_name_is_not_taken_for_it(tmp_path):
    own, other = tmp_path / "a.txt", tmp_path / "b.txt"
    own.write_text("Un.", encoding="utf-8")
    other.write_text("Deux.", encoding="utf-8")
    assert list(credited([entry(other, sha256="0" * 64)], own)) == []


def test_a_piece_leads_to_no_other_folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    own, secret = folder / "a.txt", tmp_path / "secret.txt"
    own.write_text("Un.", encoding="utf-8")
    secret.write_text("Deux.", encoding="utf-8")
    for file in ("../secret.txt", str(secret), "..", "", "/", "a\0b"):
        assert list(credited([entry(secret, file=file)], own)) == []


def test_front_matter_of_any_shape_is_no_error(tmp_path):
    shapes: list[list[object]] = [[1], [None], ["a"], [{}], [{"file": [], "sha256": "x"}]]
    for told in shapes:
        assert list(credited(told, tmp_path / "a.txt")) == []
