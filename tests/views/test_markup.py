"""The words of papers are shown, never interpreted."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import BadArguments
from search.views.render import markup

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</p></div><style>body{display:none}</style>",
    "<!-- a comment -->",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "$E = mc^2$ and £5 or $10",
    ":red[a red word] :material/home: :smile:",
    "[a link](javascript:alert(1)) ![picture](http://198.51.100.1/x.png)",
    "# heading\n\n* list **bold** _thin_ `code`",
    "www.example.org http://example.org/a?b=c&d=e someone@example.org",
    "a -> b <- c -- d ... (c)",
    "1. one\n2. two",
    "| a | b |\n|---|---|",
    "cell <b>\t=1+1\t'\"`",
)


class Shown(HTMLParser):
    """Collects what a browser would show, and the elements around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.elements.add((tag, " ".join(f"{name}={value}" for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        """Collect text."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.elements.add(("comment", data))


OURS = {("p", ""), ("mark", ""), ("table", ""), ("tr", ""), ("td", ""), ("div", "class=cells")}


def shown(html: str) -> Shown:
    parser = Shown()
    parser.feed(html)
    parser.close()
    return parser


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_and_makes_no_element(text: str) -> None:
    page = shown(markup.paragraphs(text, ((0, 5), (7, 12))))
    assert "".join(page.text.split()) == "".join(text.split())
    assert page.elements <= OURS


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>&\"'`/=ab \t\n\u2028é\U0001f600", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_any_text_with_any_marks_is_shown_whole_and_makes_no_element(text: str, cuts: list[int]) -> None:
    ends = sorted(cuts)
    page = shown(markup.paragraphs(text, list(zip(ends[::2], ends[1::2], strict=False))))
    kept = "".join(line for line in text.split("\n") if line.strip() or "\t" in line)
    assert "".join(page.text.split()) == "".join(kept.split())
    assert page.elements <= OURS


def test_marks_stand_on_the_matched_words_only() -> None:
    assert markup.paragraphs("That the fund\nbe noted.", ((9, 13), (17, 22))) == (
        "<p>That the <mark>fund</mark> be <mark>noted</mark>.</p>"
    )


def test_a_bullet_that_only_a_font_of_symbols_draws_is_shown_as_one_that_every_font_has() -> None:
    assert markup.paragraphs("\uf0b7 The fund", ((2, 5),)) == "<p>• <mark>The</mark> fund</p>"


def test_a_sentence_over_a_line_end_is_one_paragraph_and_entries_and_headers_are_not() -> None:
    assert markup.paragraphs("The lights go up in the\nsecond week.\nAll agreed\na) to help.", headers=("costs",)) == (
        "<p>costs</p><p>The lights go up in the second week.</p><p>All agreed</p><p>a) to help.</p>"
    )


def test_a_mark_over_a_line_break_marks_both_lines() -> None:
    assert markup.paragraphs("One two\nThree", ((4, 13),)) == "<p>One <mark>two</mark></p><p><mark>Three</mark></p>"


def test_overlapping_marks_do_not_repeat_text() -> None:
    assert markup.marked("abcdef", ((0, 3), (2, 5))) == "<mark>abc</mark><mark>de</mark>f"


def test_table_rows_stand_in_one_table_under_their_header_with_marks_in_their_cells() -> None:
    html = markup.paragraphs("Beds\t12\nChairs\t40\nAfter.", ((5, 7),), headers=("Item\tNumber",))
    assert html == (
        '<div class="cells"><table><tr><td>Item</td><td>Number</td></tr>'
        "<tr><td>Beds</td><td><mark>12</mark></td></tr><tr><td>Chairs</td><td>40</td></tr></table></div><p>After.</p>"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_markdown_has_no_punctuation_with_meaning_left(text: str) -> None:
    line = markup.escaped(text)
    assert "\n" not in line
    bare = line.replace("\\\\", "")
    for place, character in enumerate(bare):
        if character in "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~":
            assert bare[place - 1] == "\\", (character, line)


def test_escaped_markdown_shows_the_same_characters() -> None:
    from markdown_it import MarkdownIt

    for text in HOSTILE:
        page = shown(MarkdownIt("gfm-like", {"linkify": False}).render(markup.escaped(text)))
        assert page.text.replace("\u2060", "").strip() == " ".join(text.split())
        assert page.elements <= {("p", "")}


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("There is no archive in /srv/papers/archive. Make one", "There is no archive in archive. Make one"),
        (r"Cannot read C:\papers\saved.sqlite: damaged", "Cannot read saved.sqlite: damaged"),
        (
            "The proxy https://papers.example/a/b does not answer",
            "The proxy https://papers.example/a/b does not answer",
        ),
        ("It is 1/2 or data/archive", "It is 1/2 or data/archive"),
    ],
)
def test_an_error_on_a_page_names_no_folder_of_the_server(said: str, shown: str) -> None:
    assert markup.fault(BadArguments(said)) == markup.escaped(shown)
