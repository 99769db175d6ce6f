"""Web pages: reading order, headings, lists, tables, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import readers
from indexer.errors import UnreadablePaper
from indexer.records import STRUCK, UNSEEN, Block, Document
from indexer.withholding import exempt


def read(folder: Path, body: str, *, encoding: str = "utf-8", head: str = "") -> Document:
    path = folder / "page.html"
    path.write_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return readers.read(path)


def blocks(document: Document) -> list[tuple[str, Block]]:
    return [(page.text[block.start : block.end], block) for page in document.pages for block in page.blocks]


def texts(document: Document) -> list[str]:
    return [text for text, _ in blocks(document)]


def test_headings_paragraphs_and_lists_come_in_order(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<h1>Harbour Board</h1><div>Held on <b>4 May</b><br>at ten</div><h2>93. Pier</h2>"
        "<p><strong>RESOLVED</strong></p>"
        "<ol><li>That the pier be repaired</li><li>That it be painted</li></ol><ul><li>apologies</li></ul>",
        head="<title>Minutes – Harbour Board</title>",
    )
    assert document.format == "html"
    assert document.title == "Minutes – Harbour Board"
    assert not document.paged
    assert texts(document) == [
        "Harbour Board",
        "Held on 4 May",
        "at ten",
        "93. Pier",
        "RESOLVED",
        "1. That the pier be repaired",
        "2. That it be painted",
        "• apologies",
    ]
    assert [block.level for _, block in blocks(document)] == [1, 0, 0, 2, 0, 0, 0, 0]
    assert [block.bold for _, block in blocks(document)] == [True, False, False, True, True, False, False, False]


def test_what_a_page_runs_hides_or_navigates_with_is_left_out(tmp_path: Path) -> None:
    hostile = (
        "<script>alert(1)</script><style>p{}</style><nav>Home</nav><noscript>on</noscript><form>Search</form>"
        "<p hidden>secret</p><p style='display: none'>secret</p><!-- secret --><footer>Contact</footer>"
    )
    assert texts(read(tmp_path, f"{hostile}<p>The board met.</p>")) == ["The board met."]


def test_what_a_table_is_headed_with_is_read_and_may_mark_the_paper(tmp_path: Path) -> None:
    page = "<table><caption>{}</caption><tr><td>Ferry</td><td>£4</td></tr><tr><td>Pier</td><td>£5</td></tr></table>"
    (tmp_path / "a.html").write_text(page.format("Fares from <b>May</b>"))
    (tmp_path / "b.html").write_text(page.format("CONFIDENTIAL"))
    document = readers.read(tmp_path / "a.html")
    assert document.pages[0].text == "Fares from May\nFerry\t£4\nPier\t£5"
    assert exempt.sign(document, "a.html", {}) == ""
    assert exempt.sign(readers.read(tmp_path / "b.html"), "b.html", {}) != ""


def test_a_window_that_is_not_open_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>The pier.</p><dialog>Mrs Brown</dialog><dialog open>The ferry is late.</dialog>")
    document = readers.read(path)
    assert document.pages[0].text == "The pier.\nThe ferry is late."
    assert [fault.reason for fault in document.faults] == [UNSEEN]


def test_tables_of_data_become_rows_and_tables_of_layout_do_not(tmp_path: Path) -> None:
    data = "<table><tr><th>Item</th><th>Cost</th></tr><tr><td>Pier</td><td>£5<br>million</td></tr></table>"
    document = read(tmp_path, f"<table><tr><td><h2>Budget</h2></td><td>{data}</td></tr></table>")
    assert [(text, block.row) for text, block in blocks(document)] == [
        ("Budget", False),
        ("Item\tCost", True),
        ("Pier\t£5 million", True),
    ]


def test_the_pages_own_word_for_its_encoding_is_believed_while_it_holds(tmp_path: Path) -> None:
    latin = read(tmp_path, "<p>Café £5</p>", encoding="iso-8859-1", head='<meta charset="iso-8859-1">')
    assert texts(latin) == ["Café £5"]
    wrong = read(tmp_path, "<p>Café £5</p>", encoding="utf-8", head='<meta charset="no-such">')
    assert texts(wrong) == ["Café £5"]


def test_entities_are_text_and_external_ones_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    path = tmp_path / "page.html"
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>Fish &amp; chips &lt;5&gt; &x;</p>'
    )
    assert "top secret" not in readers.read(path).pages[0].text
    assert "Fish & chips <5>" in readers.read(path).pages[0].text


def test_deeply_nested_or_broken_pages_are_read_or_refused_but_never_crash(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<html>" + "<div>" * 20_000 + "The board met." + "</b></i>")
    try:
        said = texts(readers.read(path))
    except UnreadablePaper as error:
        said = [str(error)]
    assert len(said) == 1
    assert said[0]


def test_a_page_without_text_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match="no text in it"):
        read(tmp_path, "<script>draw()</script>")


def test_struck_words_are_not_said_however_the_page_strikes_them(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<p>A limit of <s>40 mph</s> 20 mph.</p>"
        "<p>A fee of <span style='text-decoration: line-through red'>£9</span> £7.</p>"
        "<p>Open <span class='old x'>Monday</span> to Friday.</p>"
        "<table><tr><td>Fee</td><td><del>£3</del> £2</td></tr><tr><td>Fine</td><td>£5</td></tr></table>",
        head="<style>p { margin: 0 } span.old, .gone { text-decoration: line-through }</style>",
    )
    assert texts(document) == ["A limit of 20 mph.", "A fee of £7.", "Open to Friday.", "Fee\t£2", "Fine\t£5"]
    assert [fault.reason for fault in document.faults] == ["struck-out words are left out (5)"]


def test_raised_marks_stand_apart_from_figures(tmp_path: Path) -> None:
    page = "<p>A grant of £4,200<sup><a href='#n'>4</a></sup> for 250 m<sup>2</sup> on the 3<sup>rd</sup> and 14%¹.</p>"
    assert texts(read(tmp_path, page)) == ["A grant of £4,200 ⁴ for 250 m² on the 3rd and 14% ¹."]


def test_words_that_a_class_hides_are_left_out(tmp_path: Path) -> None:
    document = read(tmp_path, "<p>Seen <b class='no'>secret</b></p>", head="<style>.no{display:none}</style>")
    assert texts(document) == ["Seen"]


def test_a_page_whose_whole_body_is_a_form_is_read(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "<form><p>The board met.</p><input name='x'></form>")) == ["The board met."]


def test_words_drawn_on_a_page_are_read_and_the_names_of_icons_are_not(tmp_path: Path) -> None:
    icon = "<svg><title>Menu</title><path d='M0 0'/></svg>"
    chart = "<svg><title>Chart</title><text>Moorings <tspan>2023</tspan></text><text>£4,200</text><text></text></svg>"
    page = f"<p>The {icon} quay.</p>{chart}<svg style='display:none'><text>secret</text></svg><p>End.</p>"
    assert texts(read(tmp_path, page)) == ["The quay.", "Moorings 2023", "£4,200", "End."]


def test_what_was_typed_into_the_fields_of_a_form_is_read_and_what_is_hidden_or_pressed_is_not(tmp_path: Path) -> None:
    fields = '<input value="Jo Roe"> and <input type="number" value="42">'
    others = '<input type="hidden" value="secret"><input type="submit" value="Send"><input hidden value="no">'
    page = f"<form><h1>Return</h1><p>Clerk: {fields} days.</p><p>{others} End.</p></form>"
    assert texts(read(tmp_path, page)) == ["Return", "Clerk: Jo Roe and 42 days.", "End."]


@pytest.mark.parametrize(
    "page",
    [
        "<h1>404 Not Found</h1><p>RESOLVED: nothing.</p>",
        "<h2>Page not found</h2><p>Go home.</p>",
        "<p>Please sign in</p><input type='password'>",
    ],
)
def test_a_servers_notice_is_no_paper(tmp_path: Path, page: str) -> None:
    with pytest.raises(UnreadablePaper, match="no paper"):
        read(tmp_path, page)


def test_cells_over_several_rows_or_columns_leave_the_places_behind_them_blank(tmp_path: Path) -> None:
    rows = (
        "<tr><th rowspan=2>Service</th><th colspan=2>2018/19</th><th>2019/20</th></tr>"
        "<tr><th>Budget</th><th>Actual</th><th>Budget</th></tr>"
        "<tr><td rowspan=2>Roads</td><td>900</td><td></td><td>910</td></tr><tr><td>12</td><td>14</td><td>16</td></tr>"
    )
    assert texts(read(tmp_path, f"<table>{rows}</table>")) == [
        "Service\t2018/19\t\t2019/20",
        "\tBudget\tActual\tBudget",
        "Roads\t900\t\t910",
        "\t12\t14\t16",
    ]


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("£4,200<sup>3</sup> a year", "£4,200 ³ a year"),  # as many pages reset it: see the rule below
        ("£4,200<span style='position:relative;top:-.5em'>3</span> a year", "£4,200 ³ a year"),
        ("32<span style='vertical-align:4px'>5</span> days", "32 ⁵ days"),
        ("£4,200<a href='#f1' role='doc-noteref'>1</a> a year", "£4,200 ¹ a year"),
        ("£9<a href='#n2'>[2]</a> a day", "£9 [²] a day"),
        ("see item <a href='#i3'>3</a> of it", "see item 3 of it"),
        ("items <span style='position:relative;top:-1px'>12</span> to 14", "items 12 to 14"),
        ("£4.2<sup>m</sup> a year", "£4.2m a year"),
    ],
)
def test_marks_of_notes_are_no_part_of_figures_however_they_are_raised(tmp_path: Path, printed: str, said: str) -> None:
    head = "<style>sup{font-size:75%;position:relative;vertical-align:baseline;top:-.5em}</style>"
    assert texts(read(tmp_path, f"<p>It costs {printed}</p>", head=head)) == [f"It costs {said}"]


def test_cells_and_rows_that_are_struck_out_or_hidden_are_blank(tmp_path: Path) -> None:
    rows = (
        '<tr><td>Path</td><td style="text-decoration:line-through">£300</td><td>£340</td></tr>'
        '<tr style="text-decoration:line-through"><td>Gate</td><td>£90</td></tr>'
        "<tr hidden><td>Owner</td><td>Quillfeather</td></tr>"
    )
    document = read(tmp_path, f"<h1>Fees</h1><table><tr><th>For</th><th>Was</th><th>Is</th></tr>{rows}</table>")
    assert document.pages[0].text == "Fees\nFor\tWas\tIs\nPath\t\t£340"
    assert [fault.reason for fault in document.faults] == [f"{STRUCK} (3)", UNSEEN]
