"""How much is read, shown and kept, and how long is waited: one place for all bounds of size, number and time.

The numbers by which passages are ranked and answers chosen are in `search.settings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of size, number and time, each for the reason beside it."""

    # What is read of a request.
    question_characters: int = 10_000  # longest question, and longest request to ``/api``
    question_words: int = 2_000  # most words of a question
    address_characters: int = 2_000  # longest question in an address; nobody types a longer one
    draft_characters: int = 50_000  # longest draft pasted into a page; a longer one is better sent as a file
    draft_words: int = 200_000  # most words of a draft
    remark_characters: int = 600  # longest remark of a reader on an answer
    remarks_bytes: int = 20_000_000  # largest file of such remarks: some fifty thousand
    name_characters: int = 120  # longest name of a file that is added
    linked_spans: int = 60  # most marked spans read of an address: no passage is cut into as many
    letters_asked: int = 3  # most confirmations mailed to one address in a day: anybody may have typed it
    clients: int = 4_096  # most clients whose requests are counted; the longest silent is forgotten first
    asked_at_once: int = 20  # requests of one client that are answered before it must wait …
    asked_each_second: float = 2.0  # … and how many more each second; a question takes a second or so of one core
    earlier_questions: int = 5  # earlier questions that a question may go on from …
    referring_words: int = 1  # … most of its own content words if it needs their matter: "how much did it cost" …
    bare_words: int = 3  # … and most of all if it asks and names nothing: "who seconded it", "since when"
    text_or_file: int = 1_000  # characters from which a draft is a text and no file's name
    offset: int = 10_000_000  # farthest row of a register that is asked for
    senses: int = 5  # long forms of one acronym, or synonyms of one word, that are looked for
    cookie_days: int = 400  # the longest that browsers keep a cookie

    # What one reply holds.
    answer_words: int = 150  # most words of an answer
    row_words: int = 12  # words of them that each row of a list has at least …
    row_least: int = 5  # … where so many are left of it: less says nothing
    ending_characters: int = 30  # by which two endings are the same
    hit_words: int = 250  # most words of a passage in JSON, and of neighbours that are joined to one hit
    place_parts: int = 6  # most passages before and after a hit that are looked at for the rest of its section or table
    api_hits: int = 100  # most hits or reports of a request to ``/api``
    api_rows: int = 1_000  # most rows of a register of a request to ``/api``
    assistant_hits: int = 50  # most hits that an assistant gets at once
    assistant_rows: int = 500  # most decisions that an assistant gets at once
    feed_entries: int = 50  # most entries of a feed
    letter_items: int = 20  # most items of one search in a letter; the page Saved has the rest
    news_passages: int = 100  # passages looked at for news of a saved search …
    news: int = 20  # … and most of them that are news at once
    matches: int = 200  # most matches that are given of a saved search
    summary_sentences: int = 8  # most sentences of a model's summary
    summary_sentence_words: int = 60  # longest sentence of one
    summary_bytes: int = 256 * 1024  # largest reply of a model's server that is read
    summary_tokens: int = 500  # most tokens that a model is asked for

    # What readers may keep: anybody who can open the app may, and none is to fill the disk.
    searches: int = 100  # saved searches of one reader
    all_searches: int = 20_000  # saved searches of all readers
    collections: int = 50  # collections of one reader
    collected: int = 200  # quotations of one collection
    all_collected: int = 20_000  # quotations of all readers
    collection_name: int = 100  # characters of its name
    collection_note: int = 1_000  # characters of a note on a quotation

    # What is shown.
    hits_a_page: int = 10  # hits on a page
    rows_a_page: int = 25  # rows of a register on a page
    events_a_page: int = 50  # items of a timeline on a page
    close_in_meaning: int = 5  # decisions close in meaning that are shown below a list
    guessed_pages: int = 200  # pages of guessed text that Coverage shows; each is fetched with all its words
    sheets_beside: int = 3  # sheets over which a passage may run on and be shown whole
    sheet_scale: float = 2.0  # pixels a point of a page picture: print stays legible when it is enlarged
    sheet_quality: int = 80  # its JPEG quality: print stays sharp, in a sixth of the time that a PNG takes
    board_entries: int = 8  # entries of each list on the page of a board
    front_entries: int = 5  # entries of each list on the start page
    chart_marks: int = 6  # marks in one cell of a chart; more are counted
    suggested_names: int = 3  # names suggested for a mover or seconder
    examples: int = 3  # example questions on the start page
    example_words: tuple[int, int] = (3, 12)  # fewest words that say something, and most of all, of such a heading
    example_tries: int = 12  # questions tried as examples; each costs an answer
    people: int = 3  # people or meetings named in an answer
    boards_named: int = 4  # boards named in what was searched; more are counted
    coverage_bodies: int = 12  # bodies of which it is said what is not held
    coverage_days: int = 6  # … and days of meetings without minutes named of each
    choices_named: int = 12  # choices listed in the message on an unknown one
    contents_depth: int = 3  # levels of headings in a paper's contents
    cover_characters: int = 600  # longest question on a cover; it may be longer than a sheet
    title_characters: int = 100  # longest title in a reference: some headings are whole sentences
    excerpt_words: int = 60  # words of a passage in a list; its page has the rest
    listed_words: int = 25  # words of a decision in a list of them
    event_words: int = 40  # words of an item of a timeline in the terminal
    collected_words: int = 12  # words of a quotation in the list of a collection
    terminal_width: int = 80  # characters of a line in the terminal
    job_lines: int = 15  # last lines of a job that the page Admin shows
    mark: tuple[int, int, int] = (255, 229, 92)  # colour of words that are marked …
    mark_line: tuple[int, int, int] = (29, 79, 145)  # … and of the line under them, for eyes that see no yellow

    # What is printed, in points.
    sheet: tuple[float, float] = (595.28, 841.89)  # A4
    margin: float = 64.0
    title_size: float = 16.0  # of type
    text_size: float = 10.5
    small_size: float = 9.0
    leading: float = 1.35  # from one line to the next, of the size
    gap: float = 11.0  # between entries

    # What is kept in memory.
    kept_answers: int = 256  # answers, of one state of the archive
    kept_names: int = 64  # sets of known names, one for each choice of councils
    kept_forms: int = 2_048  # other forms of words with their vectors, a kilobyte or two each
    kept_threads: int = 100_000  # whether each leads anywhere, by its handle
    kept_papers: int = 64  # papers with their sections
    kept_pages: int = 10_000  # labels of pages
    kept_verdicts: int = 512  # of the cross-encoder, two kilobytes or so each
    kept_passages: int = 5_000  # passages, two kilobytes or so each
    untidy_objects: int = 5_000  # new ones, after which the youngest are collected; all after a hundred times as many
    word_buckets: int = 512  # words are compared by their hashes: two in one bucket only let a pair of texts through
    tokens_at_once: int = 256  # tokens that are compared together

    # How long is waited, in seconds.
    upload_seconds: float = 60.0  # for a draft to be read
    start_seconds: float = 30.0  # on top, for the process that reads it to start on a busy machine
    connect_seconds: float = 5.0  # for a language model's server to be reached
    summary_wait: int = 60  # for its reply, where the council sets no other time …
    summary_seconds: int = 600  # … up to so many
    end_seconds: int = 5  # for browsers' connections when the server is to end
    mail_seconds: int = 30  # for the mail server
    job_seconds: int = 120  # for a command that a page waits for
    look_seconds: int = 30 * 60  # whoever comes back within it is still looking: what was new to them stays so
    meters: tuple[float, ...] = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)  # by which times of questions are counted


BOUNDS: Final = Bounds()
