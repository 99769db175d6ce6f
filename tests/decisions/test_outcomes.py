"""The outcome of a decision by the verb that decides it."""

from __future__ import annotations

import pytest

from indexer.decisions.outcomes import outcome


@pytest.mark.parametrize(
    ("stem", "limbs", "expected"),
    [
        ("RESOLVED that the report be noted.", [], "noted"),
        ("RESOLVED that Cabinet receive and note the report.", [], "noted"),
        ("RESOLVED that Cabinet note the plan and the cost.", [], "noted"),
        ("RESOLVED that Cabinet note the plan; and agree to pay for it.", [], "resolved"),
        ("RESOLVED that the plan be noted, and that a copy be sent to the Mayor.", [], "resolved"),
        ("RESOLVED that Cabinet considered the advice and endorsed the plan.", [], "agreed"),
        ("RESOLVED that the Board ask the Trust to note its concern.", [], "resolved"),
        ("RESOLVED that Cabinet agree to:", ["Note the cost", "Adopt the plan"], "agreed"),
        ("RESOLVED that the Board:", ["notes the cost", "notes the plan"], "noted"),
        ("RESOLVED that the Board:", ["notes the cost", "thanks the officers"], "resolved"),
        ("RESOLVED that:", ["the plan be approved", "the policy be adopted"], "approved"),
        ("The policy was not approved as the model had changed.", [], "resolved"),
        ("It was agreed not to take it further.", [], "agreed"),
        ("RESOLVED that the increase be not accepted.", [], "resolved"),
        ("RESOLVED that the matter be deferred to May.", [], "deferred"),
        ("RESOLVED that consideration be referred to the Audit Committee", [], "referred"),
        ("RESOLVED to recommend to Council that the plan be approved", [], "recommended"),
        ("RECOMMENDED that Council note it", [], "recommended"),
        ("AGREED that the lights be mended", [], "agreed"),
        ("The Board AGREED to note the plan", [], "noted"),
        ("The Committee NOTED the plan", [], "noted"),
        ("APPROVED.", [], "approved"),
        ("RESOLVED that the quay be built", [], "resolved"),
        ("The Council resolved to build the quay", [], "resolved"),
        ("RESOLVED: That the pilot be supported and an evaluation be brought back.", [], "resolved"),
        ("RESOLVED that Cabinet note the plan and the actions to be taken.", [], "noted"),
        ("As Cabinet Member for Tolls, I agree to:", ["award it", "note it"], "agreed"),
        ("RESOLVED", [], "resolved"),
        ("", [], "resolved"),
    ],
)
def test_the_deciding_verb_gives_the_outcome(stem: str, limbs: list[str], expected: str) -> None:
    assert outcome(stem, limbs) == expected
