"""The app's own navigation is the only one, whichever address a server is first asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.makers.app_runner import running


@pytest.mark.browser
def test_the_first_address_that_a_server_is_asked_for_may_be_any_page(
    page: Page, sample_archive: Path, tmp_path: Path
) -> None:
    # A folder called pages beside the script that is run would be taken by Streamlit for a navigation of its own.
    with running(sample_archive, tmp_path) as address:
        page.goto(f"{address}/coverage")
        expect(page.get_by_role("heading", name="What is here, and what is missing")).to_be_visible()
        expect(page.get_by_role("link", name="Decisions").first).to_be_visible()
        assert page.get_by_role("link", name="frame").count() == 0
        page.goto(f"{address}/admin")  # nobody is an admin here
        expect(page.get_by_role("link", name="Decisions").first).to_be_visible()
        assert page.get_by_role("heading", name="Add papers").count() == 0
